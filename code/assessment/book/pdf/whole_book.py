"""The PDFs of the book, whole and brief, from their chapters for print."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sphinx.util import logging

from assessment.book.pdf import pdf_words
from assessment.book.pdf.front_pages import (
    LIKELY_CONTENTS,
    Stamp,
    brief_cover,
    contents,
    cover,
    sheets,
    stamp,
    whole_page,
)
from assessment.book.pdf.joining.document_description import Description
from assessment.book.pdf.joining.put_together import Part, put_together
from assessment.book.pdf.kept_pages import KeptPages
from assessment.book.pdf.layout.look import Look, SetChapter
from assessment.book.pdf.printed_chapter import BOOK, PrintedChapter
from assessment.presentation import words
from assessment.presentation.show import WIDE

SHEET = Path(__file__).parents[1] / "assets" / "pdf.css"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Volume:
    """One PDF: ``front``: the book's front page, whose question and answers stand on the cover;
    ``chapters``: without it where nothing of it is left; ``summary``: the name of the chapter that
    stands before the contents, "" for none. A ``brief`` has its contents on the cover.
    """

    title: str
    front: PrintedChapter
    chapters: list[PrintedChapter]
    summary: str = ""
    brief: bool = False

    @property
    def before(self) -> list[PrintedChapter]:
        """The chapters before the contents."""
        return [one for one in self.chapters if one.name == self.summary and not self.brief]

    @property
    def ordered(self) -> list[PrintedChapter]:
        """The chapters as they follow each other."""
        return self.before + [one for one in self.chapters if one not in self.before]


def whole_book(title: str, chapters: list[PrintedChapter], kept: KeptPages) -> tuple[bytes, str]:
    """The PDF of a book without a summary or a brief, and the page of HTML that it shows."""
    return volumes([volume(title, chapters)], kept)[0]


def volume(title: str, chapters: list[PrintedChapter], summary: str = "") -> Volume:
    """The whole book; its front page is a chapter only where it holds more than the cover shows."""
    return Volume(title, chapters[0], [one for one in chapters if one.html], summary)


def volumes(
    asked: list[Volume], kept: KeptPages, fills: dict[str, dict[str, Any]] | None = None
) -> list[tuple[bytes, str]]:
    """The PDFs, each with the page of HTML that it shows. What is to be told is told; a link that
    leads nowhere is a warning. Chapters of all that are to be set anew are set side by side.

    ``fills``: by a chapter's name (that of the brief's behind "brief/"), what filled its pages before;
    afterwards, what does now.
    """
    fills = {} if fills is None else fills
    look, said = Look(SHEET, words.LANGUAGE, WIDE), stamp()
    for one in asked:
        _warn_of_broken_links(one)
    with _without_collection():
        every = [chapter for one in asked for chapter in one.ordered]
        # the same chapter is cut to other pages in a brief
        names = [
            f"{'brief/' * one.brief}{chapter.name}" for one in asked for chapter in one.ordered
        ]
        ready = kept.set_chapters(look, every, [fills.get(name, {}) for name in names])
        fills |= {name: one.fill for name, one in zip(names, ready, strict=True)}
        done = iter(ready)
        made = [
            _put(one, [next(done) for _chapter in one.ordered], said, kept, look) for one in asked
        ]
    kept.tidy()
    return made


def _put(
    asked: Volume, done: list[SetChapter], said: Stamp, kept: KeptPages, look: Look
) -> tuple[bytes, str]:
    for line in (line for one in done for line in one.told):
        logger.info("PDF: %s", line)
    parts = [Part(one.pdf) for one in done]
    opening, over, html = _front(asked, said, parts, kept, look)
    cut = len(asked.before)
    description = Description(
        asked.title, pdf_words.AUTHOR, said.description, words.LANGUAGE, said.address
    )
    pdf = put_together(
        [opening[0], *parts[:cut], *opening[1:], *parts[cut:]],
        over,
        BOOK,
        description,
        SHEET.parent / "fonts",
        kept.font,
    )
    shown = whole_page(asked.title, said, html, [one.html for one in done], words.LANGUAGE)
    return pdf, shown


def _front(
    asked: Volume, said: Stamp, parts: list[Part], kept: KeptPages, look: Look
) -> tuple[list[Part], Part, str]:
    """Cover and, but in a brief, contents; the sheets that are laid over all pages; cover and contents
    as HTML.
    """
    count = 0 if asked.brief else LIKELY_CONTENTS
    while True:
        page_of, chapter_of = _pages(asked, parts, count)
        pages = _front_pages(asked, said, page_of)
        *opening, over = map(Part, kept.front(look, pages, sheets(said, chapter_of)))
        if sum(map(len, opening[1:])) == count:
            return opening, over, "".join(pages)
        count = sum(map(len, opening[1:]))


def _front_pages(asked: Volume, said: Stamp, page_of: dict[str, int]) -> list[str]:
    if asked.brief:
        return [brief_cover(asked.title, said, asked.front, asked.ordered, page_of)]
    return [cover(asked.title, said, asked.front), contents(asked.ordered, page_of)]


def _pages(asked: Volume, parts: list[Part], count: int) -> tuple[dict[str, int], list[str]]:
    """The page, from 1, of each place when the contents take ``count`` pages; and for each page the
    title of its chapter. The cover is one page.
    """
    page_of, chapter_of = {asked.front.name: 1}, [""]
    cut = len(asked.before)
    for number, (part, chapter) in enumerate(zip(parts, asked.ordered, strict=True)):
        if number == cut:
            chapter_of += [""] * count
        for name, page in part.places().items():
            page_of[name] = len(chapter_of) + page + 1
        chapter_of += [chapter.title] * len(part)
    return page_of, chapter_of


def _warn_of_broken_links(asked: Volume) -> None:
    there = {name for chapter in [asked.front, *asked.chapters] for name in chapter.places}
    for chapter in asked.chapters:
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
