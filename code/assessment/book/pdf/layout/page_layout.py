"""Chapters set as pages, and where each unit of text stands on them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import weasyprint
from bs4 import Tag
from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import FontConfiguration


class PageSetter:
    """The style sheet and its fonts, read once; and every picture, read once."""

    def __init__(self, sheet: Path, language: str):
        self._fonts, self._folder = FontConfiguration(), sheet.parent.as_uri() + "/"
        self._style = weasyprint.CSS(filename=str(sheet), font_config=self._fonts)
        self._language = language
        self._pictures: dict = {}

    def lay_out(self, body: str) -> weasyprint.Document:
        """Sets the body of a page of HTML."""
        page = f'<html lang="{self._language}"><body>{body}</body></html>'
        return weasyprint.HTML(string=page, base_url=self._folder, media_type="print").render(
            stylesheets=[self._style], font_config=self._fonts, cache=self._pictures
        )

    def chapter(self, chapter: Tag) -> LaidOutChapter:
        """Sets a chapter alone."""
        return LaidOutChapter(self.lay_out(f"<main>{chapter}</main>"))


@dataclass
class LaidOutChapter:
    """A chapter that was laid out: what can be written as PDF, and what stands on its pages."""

    document: weasyprint.Document

    @cached_property
    def pages(self) -> list[LaidOutPage]:
        return [_sheet(page._page_box) for page in self.document.pages]

    def __len__(self) -> int:
        return len(self.document.pages)


@dataclass
class LaidOutPage:
    """A page that was laid out: its ``height`` between the margins and what is left ``free`` at its
    end, in CSS pixels; ``parts``: where each unit stands on it (top, bottom); ``drawn``: the height
    of its charts.
    """

    height: float
    free: float
    parts: dict[str, tuple[float, float]]
    drawn: dict[str, float]

    @property
    def empty(self) -> float:
        return self.free / self.height


def _sheet(page) -> LaidOutPage:
    sheet = LaidOutPage(page.height, 0.0, {}, {})
    end, lowest = page.content_box_y() + page.height, page.content_box_y()
    for child in page.children:
        if isinstance(child, boxes.FootnoteAreaBox):
            end = min(end, child.position_y) if child.height else end
        elif not isinstance(child, boxes.MarginBox):
            lowest = max(lowest, _read(child, sheet, None))
    sheet.free = max(0.0, end - lowest)
    return sheet


def _read(box, sheet: LaidOutPage, unit: str | None) -> float:
    """Notes in ``sheet`` where the units within a box stand; returns where its content ends."""
    box = getattr(box, "_box", box)
    unit = box.element.get("data-unit", unit) if box.element is not None else unit
    if not isinstance(box, (boxes.LineBox, boxes.ReplacedBox, boxes.TableCellBox)):
        return max(
            (_read(child, sheet, unit) for child in getattr(box, "children", ())), default=0.0
        )
    top, bottom = (
        box.position_y,
        box.position_y + (box.height if isinstance(box, boxes.LineBox) else box.border_height()),
    )
    if unit is not None:
        old = sheet.parts.get(unit, (top, bottom))
        sheet.parts[unit] = (min(old[0], top), max(old[1], bottom))
        if box.element.get("class") == "drawing":
            sheet.drawn[unit] = sheet.drawn.get(unit, 0.0) + bottom - top
    return bottom
