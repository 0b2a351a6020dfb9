"""The PDF of the whole book from its chapters for print."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sphinx.util import logging

from assessment.book.pdf import pdf_words
from assessment.book.pdf.front_pages import (
    LIKELY_CONTENTS,
    Stamp,
    front,
    sheets,
    stamp,
    whole_page,
)
from assessment.book.pdf.joining.put_together import Description, Part, put_together
from assessment.book.pdf.kept_pages import KeptPages
from assessment.book.pdf.layout.look import Look
from assessment.book.pdf.printed_chapter import BOOK, PrintedChapter
from assessment.presentation import words
from assessment.presentation.show import WIDE

SHEET = Path(__file__).parents[1] / "assets" / "pdf.css"
logger = logging.getLogger(__name__)


def whole_book(title: str, chapters: list[PrintedChapter], kept: KeptPages) -> tuple[bytes, str]:
    """The PDF, and the page of HTML that it shows. What is to be told is told; a link that leads
    nowhere is a warning.
    """
    _warn_of_broken_links(chapters)
    look, said = Look(SHEET, words.LANGUAGE, WIDE), stamp()
    with _without_collection():
        done = kept.set_chapters(look, chapters)
        for line in (line for one in done for line in one.told):
            logger.info("PDF: %s", line)
        parts = [Part(one.pdf) for one in done]
        before, over, front_html = _front(title, said, chapters, parts, kept, look)
        pdf = put_together(
            [before, *parts],
            over,
            BOOK,
            Description(title, pdf_words.AUTHOR, said.description, words.LANGUAGE),
            SHEET.parent / "fonts",
            kept.font,
        )
    kept.tidy()
    return pdf, whole_page(title, said, front_html, [one.html for one in done], words.LANGUAGE)


def _front(
    title: str,
    said: Stamp,
    chapters: list[PrintedChapter],
    parts: list[Part],
    kept: KeptPages,
    look: Look,
) -> tuple[Part, Part, str]:
    """Cover and contents; the sheets that are laid over all pages; cover and contents as HTML."""
    count = 1 + LIKELY_CONTENTS
    while True:
        page_of, chapter_of = _pages(parts, chapters, count)
        html = front(title, said, chapters, page_of)
        before, over = map(Part, kept.front(look, html, sheets(said, chapter_of)))
        if len(before) == count:
            return before, over, html
        count = len(before)


def _pages(
    parts: list[Part], chapters: list[PrintedChapter], before: int
) -> tuple[dict[str, int], list[str]]:
    """The page, from 1, of each place when ``before`` pages stand before the chapters; and for each
    page the title of its chapter.
    """
    page_of: dict[str, int] = {}
    chapter_of = [""] * before
    for part, chapter in zip(parts, chapters, strict=True):
        for name, page in part.places().items():
            page_of[name] = len(chapter_of) + page + 1
        chapter_of += [chapter.title] * len(part)
    return page_of, chapter_of


def _warn_of_broken_links(chapters: list[PrintedChapter]) -> None:
    there = {name for chapter in chapters for name in chapter.places}
    for chapter in chapters:
        for target, text in chapter.links:
            if target not in there:
                logger.warning(
                    "PDF: a link of %s points nowhere: %s (%s)", chapter.name, target, text
                )


@contextmanager
def _without_collection() -> Iterator[None]:
    """A layout is millions of objects that all live to the end; looking for those that do not takes
    a sixth of the time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
