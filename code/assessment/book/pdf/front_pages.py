"""What stands before the chapters, cover and contents, and the sheets with page numbers and stamp that
are laid over all pages: everything that a new version or a moved page changes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from assessment.book.pdf import pdf_words
from assessment.book.pdf.printed_chapter import BOOK, PrintedChapter
from assessment.book.site.page_addresses import site_address
from assessment.book.site.status_banner import status
from assessment.evidence import ROOT
from assessment.presentation import numbers, words

LIKELY_CONTENTS = 2  # pages; where they are more or fewer, they are laid out once more


@dataclass(frozen=True)
class Stamp:
    """What the book says of its version: ``version``, ``checked`` and two lines of the cover;
    ``address``: where the living version is, "" where it has none.
    """

    version: str
    checked: str
    due: str
    conflicts: str
    address: str = ""

    @property
    def running(self) -> str:
        """Stands at the head of every page."""
        return f"{self.version} · {self.checked}"

    @property
    def description(self) -> str:
        return f"{self.version}. {self.checked}. {self.living}."

    @property
    def living(self) -> str:
        """Where the living version is, in words."""
        if not self.address:
            return pdf_words.NO_ADDRESS
        return pdf_words.LIVING.format(address=self.address)


def stamp() -> Stamp:
    """The stamp of this version."""
    of, w = status(), words.STATUS_LINE
    return Stamp(
        f"{w['version']} {of.commit}" + (f", {numbers.day(of.day)}" if of.day else ""),
        f"{w['checked']} {numbers.day(of.checked)}",
        f"{w['due']} {numbers.day(of.due)}",
        w["conflicts"].format(n=of.open_conflicts),
        site_address(ROOT),
    )


def sheets(said: Stamp, chapter_of: list[str]) -> str:
    """Sheets to be laid over the pages, as HTML; ``chapter_of``: the title of each page's chapter."""
    running = escape(said.running)
    return "".join(
        f'<div class="sheet"><p class="chapter-title">{escape(chapter)}</p><p'
        f' class="version">{running}</p><p class="number">{number}</p></div>'
        for number, chapter in enumerate(chapter_of, 1)
    )


def cover(title: str, said: Stamp, front_page: PrintedChapter) -> str:
    """Title, dates and the answers of the front page, which move from there to the cover."""
    return _cover(title, said, front_page, pdf_words.KICKER, "")


def brief_cover(
    title: str,
    said: Stamp,
    front_page: PrintedChapter,
    chapters: list[PrintedChapter],
    page_of: dict[str, int],
) -> str:
    """The cover of the brief, with its contents: the chapters alone."""
    listed = _lines(chapters, page_of, ("h1",))
    below = (
        f'<nav class="brief-contents" aria-label="{pdf_words.CONTENTS}"><ul>{listed}</ul></nav>'
        f'<p class="of-whole">{pdf_words.OF_WHOLE}</p>'
    )
    return _cover(title, said, front_page, pdf_words.BRIEF_KICKER, below)


def _cover(title: str, said: Stamp, front_page: PrintedChapter, kicker: str, below: str) -> str:
    lines = (said.version, f"{said.checked}, {said.due}", said.conflicts)
    marks = " · ".join(
        f"<b>{mark}</b> {escape(words.STATUS_MEANINGS[name])}"
        for name, mark in words.STATUS_MARKS.items()
    )
    living = escape(said.living)
    if said.address:
        at = escape(said.address, quote=True)
        living = living.replace(escape(said.address), f'<a href="{at}">{escape(said.address)}</a>')
    items = "".join(f"<li>{line}</li>" for line in (*map(escape, lines), living))
    # of a front page that is no chapter, the cover is what links lead to
    place = "" if front_page.html else f' id="{escape(front_page.name)}"'
    return (
        f'<section class="cover"{place}><p class="kicker">{kicker}</p><p'
        f' class="title">{escape(title)}</p><p class="subtitle">{pdf_words.SUBTITLE}</p><p'
        f' class="question">{front_page.question}</p><ul'
        f' class="stamp">{items}</ul><div'
        f' class="answers">{front_page.answers}</div>{below}<p'
        f' class="marks">{words.LEGEND["marks"]}:'
        f" {marks} · <b>≠</b> {words.LEGEND['disagree']}.</p><p"
        f' class="disclaimer">{pdf_words.DISCLAIMER}</p></section>'
    )


def contents(chapters: list[PrintedChapter], page_of: dict[str, int]) -> str:
    """Contents with page numbers, from the chapters' first two levels of headings."""
    levels = ("h1", "h2")
    last = [one for one in chapters if one.appendix]
    lines = _lines([one for one in chapters if not one.appendix], page_of, levels)
    if last:
        lines += f'<li class="group">{pdf_words.APPENDICES}</li>{_lines(last, page_of, levels)}'
    return (
        f'<nav class="contents" aria-label="{pdf_words.CONTENTS}"><p'
        f' class="contents-title">{pdf_words.CONTENTS}</p><ul>{lines}</ul></nav>'
    )


def _lines(chapters: list[PrintedChapter], page_of: dict[str, int], levels: tuple[str, ...]) -> str:
    return "".join(
        f'<li class="{level}"><a data-page="{page_of.get(place, "")}"'
        f' href="{BOOK}{escape(place)}">{f"{chapter.appendix} " if level == "h1" else ""}{text}</a></li>'
        for chapter in chapters
        for level, place, text in chapter.headings
        if level in levels
    )


def whole_page(title: str, said: Stamp, front_html: str, chapters: list[str], language: str) -> str:
    """The whole book as one page of HTML, as it was set; links lead within it."""
    inside = re.sub(rf'href="{BOOK}', 'href="#', front_html + f"<main>{''.join(chapters)}</main>")
    return (
        f'<html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title><meta'
        f' name="author" content="{pdf_words.AUTHOR}"><meta name="description"'
        f' content="{escape(said.description)}"></head><body><p'
        f' class="running-version">{escape(said.running)}</p>{inside}</body></html>'
    )
