"""A chapter set as pages of a PDF of its own, tagged, with full pages. It reads nothing of the book
but the chapter, so that processes side by side can do it.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from multiprocessing import get_context
from types import ModuleType
from typing import Any

from bs4 import BeautifulSoup

from assessment.book.pdf.layout.fill_record import as_record, from_record
from assessment.book.pdf.layout.look import Look, SetChapter
from assessment.book.pdf.layout.page_changes import MOST_EMPTY
from assessment.book.pdf.layout.page_fill import fill_pages
from assessment.book.pdf.layout.page_layout import PageSetter
from assessment.book.pdf.layout.page_writing import written
from assessment.book.pdf.layout.tag_reading import first


def set_chapters(
    look: Look, chapters: list[tuple[str, str, Mapping[str, Any]]]
) -> list[SetChapter]:
    """Chapters (name, HTML, what filled their pages before) set side by side; one alone is set here."""
    if len(chapters) < 2:
        return [set_chapter(look, *one) for one in chapters]
    # the longest first, so that no process waits for it in the end
    order = sorted(range(len(chapters)), key=lambda n: -len(chapters[n][1]))
    # Processes begin afresh, since the chart converter's threads would hang in a forked one.
    with (
        _without_main(),
        ProcessPoolExecutor(
            min(4, os.cpu_count() or 1), mp_context=get_context("spawn"), initializer=gc.disable
        ) as pool,
    ):
        waiting = {n: pool.submit(set_chapter, look, *chapters[n]) for n in order}
        return [waiting[n].result() for n in range(len(chapters))]


@contextmanager
def _without_main() -> Iterator[None]:
    """While it holds, new processes do not import the program that runs: they need none of it."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def set_chapter(
    look: Look, name: str, html: str, known: Mapping[str, Any] | None = None
) -> SetChapter:
    """Sets a chapter; ``name`` is unique in the book. ``known``: what filled its pages before, as
    ``fill_record`` writes it.
    """
    page = BeautifulSoup(html, "html.parser")
    chapter, setting = first(page, "section"), _setting(look)
    if chapter.select_one(".fact-list"):  # the long register fills its pages
        return SetChapter(html, [], written(setting.chapter(chapter).document, name, look.sheet))
    set_now, done = fill_pages(chapter, setting, look.full_width, from_record(known or {}))
    told = [
        f"page {number} of the chapter {name} stays empty to {100 * one.empty:.0f} %"
        for number, one in enumerate(set_now.pages[:-1], 1)
        if one.empty > MOST_EMPTY
    ]
    pdf = written(set_now.document, name, look.sheet)
    return SetChapter(str(page), told, pdf, as_record(done))


def set_front(look: Look, pages: list[str], sheets: str) -> list[bytes]:
    """Sets what stands before and between the chapters, each a PDF, and, as the last, sheets to be laid
    over pages, which no screen reader meets.
    """
    setting = _setting(look)
    made = [
        written(setting.lay_out(html), f"front-{number}", look.sheet)
        for number, html in enumerate(pages)
    ]
    return [*made, written(setting.lay_out(sheets), "sheets", look.sheet, tagged=False)]


@lru_cache(maxsize=1)
def _setting(look: Look) -> PageSetter:
    return PageSetter(look.sheet, look.language)
