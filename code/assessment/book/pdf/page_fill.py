"""Pages without holes. A figure or table that does not fit leaves a page half empty; then it is
made a little smaller, or the text flows on around it.

Each chapter begins a page, so each is laid out on its own, with empty pictures, until its pages are
full.
"""

from __future__ import annotations

import gc
import os
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache, partial
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from sphinx.util import logging

from assessment.book.pdf.fitted_chapters import Fitted, kept_or_fitted
from assessment.book.pdf.page_changes import MOST_EMPTY, changes
from assessment.book.pdf.page_layout import LaidOutPage, PageSetter
from assessment.book.pdf.tag_reading import first, set_classes

WORTH_A_PAGE = 0.2  # a chapter's last page should hold more than this
logger = logging.getLogger(__name__)


def fill_pages(page: BeautifulSoup, sheet: Path, kept: Path) -> None:
    """Changes the chapters of ``page`` so that none leaves a page emptier than MOST_EMPTY, as far
    as that can be had; what cannot is told. ``kept``: folder of chapters fitted before.
    """
    # the long register fills its pages
    chapters = page.select("section.chapter:not(:has(.fact-list))")
    texts = [str(chapter) for chapter in chapters]
    fitted = kept_or_fitted(texts, sheet, Path(__file__), kept, partial(_fit_all, sheet))
    for chapter, (text, told) in zip(chapters, fitted, strict=True):
        chapter.replace_with(BeautifulSoup(text, "html.parser"))
        for line in told:
            logger.info("PDF: %s", line)


def _fit_all(sheet: Path, texts: list[str]) -> list[Fitted]:
    """Chapters fitted side by side."""
    if not texts:
        return []
    # Processes begin afresh, since the chart converter's
    # threads would hang in a forked one.
    with ProcessPoolExecutor(
        min(4, os.cpu_count() or 1), mp_context=get_context("spawn"), initializer=gc.disable
    ) as pool:
        return list(pool.map(_fitted, texts, repeat(sheet)))


def _fitted(text: str, sheet: Path) -> Fitted:
    """A chapter as HTML with full pages, and what is to be told of it."""
    page = BeautifulSoup(text, "html.parser")
    chapter = first(page, "section")
    sheets = _fit(chapter, _setting(sheet))
    for unit in page.select("[data-unit]"):
        del unit["data-unit"]
    return str(page), [
        f"page {number} of the chapter {chapter.get('id')} stays empty to {100 * one.empty:.0f} %"
        for number, one in enumerate(sheets[:-1], 1)
        if one.empty > MOST_EMPTY
    ]


@lru_cache(maxsize=1)
def _setting(sheet: Path) -> PageSetter:
    return PageSetter(sheet)


def _fit(chapter: Tag, setting: PageSetter) -> list[LaidOutPage]:
    for section in (chapter, *chapter.find_all("section")):
        for number, unit in enumerate(section.find_all(recursive=False)):
            if unit.name != "section":
                unit["data-unit"] = f"{section.get('id')} {number}"
    sheets = _fill(chapter, setting)
    if len(sheets) > 1 and sheets[-1].empty > 1 - WORTH_A_PAGE:  # closer lines may spare the page
        set_classes(chapter, ["chapter", "tight"])
        tried = setting.sheets(chapter)
        if len(tried) < len(sheets) and all(sheet.empty < 1.4 * MOST_EMPTY for sheet in tried[:-1]):
            return tried
        set_classes(chapter, ["chapter"])
    return sheets


def _fill(chapter: Tag, setting: PageSetter) -> list[LaidOutPage]:
    sheets, left = setting.sheets(chapter), set()

    def hole(found: list[LaidOutPage]) -> int:
        return next(
            (n for n, sheet in enumerate(found[:-1]) if sheet.empty > MOST_EMPTY and n not in left),
            len(found),
        )

    def height_of(name: str) -> float:
        return sum(
            sheet.parts[name][1] - sheet.parts[name][0] for sheet in sheets if name in sheet.parts
        )

    while (now := hole(sheets)) < len(sheets):
        for change in changes(chapter, sheets[now], sheets[now + 1], height_of):
            undo = change()
            tried = setting.sheets(chapter)
            if hole(tried) > now:
                sheets = tried
                break
            undo()
        else:
            left.add(now)
    return sheets
