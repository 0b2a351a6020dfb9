"""Pages without holes. A figure or table that does not fit leaves a page half empty; then it is
made a little smaller, or the text flows on around it.

Each chapter begins a page, so each is laid out on its own, with empty pictures, until its pages are
full.
"""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

import weasyprint
from bs4 import BeautifulSoup, Comment, Tag
from sphinx.util import logging
from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import FontConfiguration

from assessment.presentation import words
from assessment.presentation.show import WIDE

MOST_EMPTY = 0.22  # of a page, unless a chapter ends on it
WORTH_A_PAGE = 0.2  # a chapter's last page should hold more than this
SMALLEST = 0.87  # of a chart's full size: its smallest letters are then 7 points high
GAP = 16  # pixels between two units, about
MOST_PASSED = 6  # paragraphs that may pass a figure
logger = logging.getLogger(__name__)


class Setting:
    """The style sheet and its fonts, read once."""

    def __init__(self, sheet: Path):
        self._fonts, self._folder = FontConfiguration(), sheet.parent.as_uri() + "/"
        self._style = weasyprint.CSS(filename=str(sheet), font_config=self._fonts)

    def lay_out(self, page: str) -> weasyprint.Document:
        """Sets a page of HTML."""
        return weasyprint.HTML(string=page, base_url=self._folder, media_type="print").render(
            stylesheets=[self._style], font_config=self._fonts
        )

    def sheets(self, chapter: Tag) -> list[Sheet]:
        """The pages of a chapter alone. Pictures are left empty: their size is all that matters,
        and they take most of the time.
        """
        text = re.sub(
            r'data-width="([\d.]+)" data-height="([\d.]+)" src="[^"]+"', _blank, str(chapter)
        )
        return [
            _sheet(page._page_box)
            for page in self.lay_out(
                f'<html lang="{words.LANGUAGE}"><body><main>{text}</main></body></html>'
            ).pages
        ]


def _blank(found: re.Match) -> str:
    return (
        f"src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='{found[1]}'"
        f" height='{found[2]}'/>\""
    )


@dataclass
class Sheet:
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


def _sheet(page) -> Sheet:
    sheet = Sheet(page.height, 0.0, {}, {})
    end, lowest = page.content_box_y() + page.height, page.content_box_y()
    for child in page.children:
        if isinstance(child, boxes.FootnoteAreaBox):
            end = min(end, child.position_y) if child.height else end
        elif not isinstance(child, boxes.MarginBox):
            lowest = max(lowest, _read(child, sheet, None))
    sheet.free = max(0.0, end - lowest)
    return sheet


def _read(box, sheet: Sheet, unit: str | None) -> float:
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


def fit(page: BeautifulSoup, sheet: Path) -> None:
    """Changes the chapters of ``page`` so that none leaves a page emptier than MOST_EMPTY, as far
    as that can be had; what cannot is told.
    """
    # the long register fills its pages
    chapters = page.select("section.chapter:not(:has(.fact-list))")
    # Chapters are laid out side by side; processes begin afresh, since the chart converter's
    # threads would hang in a forked one.
    with ProcessPoolExecutor(
        min(4, os.cpu_count() or 1), mp_context=get_context("spawn"), initializer=gc.disable
    ) as pool:
        for chapter, (fitted, told) in zip(
            chapters, pool.map(_fitted, map(str, chapters), repeat(sheet))
        ):
            chapter.replace_with(BeautifulSoup(fitted, "html.parser"))
            for line in told:
                logger.info("PDF: %s", line)


def _fitted(text: str, sheet: Path) -> tuple[str, list[str]]:
    """A chapter as HTML with full pages, and what is to be told of it."""
    page = BeautifulSoup(text, "html.parser")
    chapter = page.find("section")
    sheets = _fit(chapter, _setting(sheet))
    for unit in page.select("[data-unit]"):
        del unit["data-unit"]
    return str(page), [
        f"page {number} of the chapter {chapter.get('id')} stays empty to {100 * one.empty:.0f} %"
        for number, one in enumerate(sheets[:-1], 1)
        if one.empty > MOST_EMPTY
    ]


@lru_cache(maxsize=1)
def _setting(sheet: Path) -> Setting:
    return Setting(sheet)


def _fit(chapter: Tag, setting: Setting) -> list[Sheet]:
    for section in (chapter, *chapter.find_all("section")):
        for number, unit in enumerate(section.find_all(recursive=False)):
            if unit.name != "section":
                unit["data-unit"] = f"{section.get('id')} {number}"
    sheets = _fill(chapter, setting)
    if len(sheets) > 1 and sheets[-1].empty > 1 - WORTH_A_PAGE:  # closer lines may spare the page
        chapter["class"] = ["chapter", "tight"]
        tried = setting.sheets(chapter)
        if len(tried) < len(sheets) and all(sheet.empty < 1.4 * MOST_EMPTY for sheet in tried[:-1]):
            return tried
        chapter["class"] = ["chapter"]
    return sheets


def _fill(chapter: Tag, setting: Setting) -> list[Sheet]:
    sheets, left = setting.sheets(chapter), set()

    def hole(found: list[Sheet]) -> int:
        return next(
            (n for n, sheet in enumerate(found[:-1]) if sheet.empty > MOST_EMPTY and n not in left),
            len(found),
        )

    def height_of(name: str) -> float:
        return sum(
            sheet.parts[name][1] - sheet.parts[name][0] for sheet in sheets if name in sheet.parts
        )

    while (now := hole(sheets)) < len(sheets):
        for change in _changes(chapter, sheets[now], sheets[now + 1], height_of):
            undo = change()
            tried = setting.sheets(chapter)
            if hole(tried) > now:
                sheets = tried
                break
            undo()
        else:
            left.add(now)
    return sheets


def _is_heading(unit: Tag) -> bool:
    return re.fullmatch("h[1-6]", unit.name) is not None


def _has_chart(unit: Tag) -> bool:
    return unit.select_one(".drawing") is not None


def _changes(
    chapter: Tag, here: Sheet, after: Sheet, height_of: Callable[[str], float]
) -> Iterator[Callable]:
    """What could fill the page ``here``, mildest first. Each is a function that makes the change
    and returns one that takes it back.
    """
    units = {unit["data-unit"]: unit for unit in chapter.select("[data-unit]")}
    names = list(units)
    begun = [name for name in names if name in after.parts and name not in here.parts]
    cause = next((name for name in begun if not _is_heading(units[name])), None)
    if cause is None:
        return
    if not _has_chart(units[cause]):
        if units[cause].name not in ("p", "ul", "ol"):  # those break anyway
            yield _breakable(units[cause])
        return
    missing = after.parts[cause][1] - min(top for top, _ in after.parts.values()) + GAP - here.free
    for group in ([cause], [name for name in here.parts if name in here.drawn] + [cause]):
        drawn = sum(here.drawn.get(name, 0.0) + after.drawn.get(name, 0.0) for name in group)
        yield from _smaller([units[name] for name in group], 1 - missing / drawn)
    place = names.index(cause)
    run = [cause]
    for name in names[place + 1 :]:
        if not _has_chart(units[name]):
            break
        run.append(name)
    yield from _moves(units, names, place, run, here, missing, height_of)


def _moves(
    units: dict[str, Tag],
    names: list[str],
    place: int,
    run: list[str],
    here: Sheet,
    missing: float,
    height_of: Callable,
) -> Iterator[Callable]:
    """Text that follows the figures passes them; else text before them does, from the same section
    first.
    """
    figures, enough = [units[name] for name in run], here.free - MOST_EMPTY * here.height
    filled = 0.0
    for name in names[place + len(run) :][:MOST_PASSED]:
        if _has_chart(units[name]) or filled > here.free:
            break
        filled += height_of(name) + GAP
        following = names[names.index(name) + 1 :][:1]
        if filled > enough and _apart(units[name], *(units[n] for n in following)):
            yield _moved(figures, units[name], Tag.insert_after)
    filled = 0.0
    for name in names[max(0, place - MOST_PASSED) : place][::-1]:
        if name not in here.parts and _is_heading(units[name]):  # that of the figure
            continue
        if _has_chart(units[name]) or name not in here.parts:
            break
        filled += height_of(name) + GAP
        if (filled > missing or name == next(iter(here.parts))) and _apart(
            units[names[names.index(name) - 1]], units[name]
        ):
            yield _moved(figures, units[name], Tag.insert_before)


def _apart(before: Tag, after: Tag | None = None) -> bool:
    """May a figure stand between the two? Not below a heading, nor where the one leads over to the
    other.
    """
    led_over = (
        before.get_text().rstrip().endswith(":")
        or after is not None
        and after.select_one("table") is not None
        and after.select_one("caption") is None
    )
    return not (_is_heading(before) or led_over)


def _smaller(units: list[Tag], share: float) -> Iterator[Callable]:
    pictures = [
        (picture, float(picture["data-scale"]), picture["style"])
        for unit in units
        for picture in unit.select(".drawing")
    ]
    if not SMALLEST <= min(scale for _, scale, _ in pictures) * share < 1:
        return

    def change() -> Callable:
        for picture, scale, _ in pictures:
            picture["data-scale"], picture["style"] = (
                f"{scale * share:.3f}",
                f"width: {scale * share * float(picture['data-width']) / WIDE:.1%}",
            )
        return undo

    def undo() -> None:
        for picture, scale, style in pictures:
            picture["data-scale"], picture["style"] = f"{scale:.3f}", style

    yield change


def _moved(units: list[Tag], place: Tag, insert: Callable) -> Callable:
    def change() -> Callable:
        marks = [Comment("moved") for _ in units]
        for unit, mark in zip(units, marks):
            unit.replace_with(mark)
        insert(place, *units)
        return lambda: [mark.replace_with(unit.extract()) for unit, mark in zip(units, marks)]

    return change


def _breakable(unit: Tag) -> Callable:
    def change() -> Callable:
        unit["class"] = [*unit.get("class", []), "may-break"]
        return lambda: unit["class"].remove("may-break")

    return change
