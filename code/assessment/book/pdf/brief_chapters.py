"""The brief's chapters for print, kept until a page that they are picked from changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import unquote

from bs4 import BeautifulSoup
from sphinx.util import logging

from assessment.book.pdf.brief import BriefPage, NoSuchPart, brief_fragment, cited_names
from assessment.book.pdf.kept_pages import KeptPages
from assessment.book.pdf.layout.tag_reading import attribute
from assessment.book.pdf.printed_chapter import BOOK, PrintedChapter

logger = logging.getLogger(__name__)


def brief_chapters(
    pages: list[BriefPage], fragments: Mapping[str, str], kept: KeptPages, address: str
) -> list[PrintedChapter]:
    """The chapters; a page that cannot be made is a warning.

    ``address``: of the site, where links lead whose target is not in the brief; "" where it has none.
    """
    written: dict[str, str] = {}
    # the list of references comes last, since it holds what the others cite
    for page in sorted(pages, key=lambda one: one.cites):
        cited = cited_names(list(written.values())) if page.cites else set()
        try:
            written[page.page] = kept.brief_fragment(page, fragments, cited, brief_fragment)
        except NoSuchPart as fault:
            logger.warning("%s", fault)
    chapters = [
        kept.printed(page.page, written[page.page]) for page in pages if page.page in written
    ]
    return within(chapters, address)


def within(chapters: list[PrintedChapter], address: str) -> list[PrintedChapter]:
    """Chapters of which no link leads to a place that none of them has: it leads to the site, or is
    plain text.
    """
    there = {place for chapter in chapters for place in chapter.places}
    return [
        replace(
            chapter,
            html=_led(chapter.html, there, address),
            question=_led(chapter.question, there, address),
            answers=_led(chapter.answers, there, address),
            links=[link for link in chapter.links if link[0] in there],
        )
        for chapter in chapters
    ]


def _led(html: str, there: set[str], address: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    changed = False
    for link in soup.select("a[href]"):
        target = attribute(link, "href")
        name = unquote(target.removeprefix(BOOK).removeprefix("#"))
        if not target.startswith((BOOK, "#")) or name in there:
            continue
        changed = True
        if address:
            page, _, place = name.partition(".")
            link["href"] = f"{address.rstrip('/')}/{page}.html" + (f"#{place}" if place else "")
        else:
            link.unwrap()
    return str(soup) if changed else html
