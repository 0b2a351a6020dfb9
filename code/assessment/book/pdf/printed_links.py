"""Links in print: a reader of paper sees where they lead."""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4 import BeautifulSoup, NavigableString, Tag

from assessment.book.pdf.layout.tag_reading import attribute

SHORT = 60  # letters of an address that stands behind its link; a longer one goes to the foot
# Here addresses are written out, or the documents are listed elsewhere.
LISTED = (".citation", ".fact-list", ".facts", "table", "figure", "pre", ".footnote-body")


def show_addresses(soup: BeautifulSoup, chapter: Tag) -> None:
    """Behind each link that leads out of the book stands its address, a long one as a footnote."""
    for link in chapter.select('a[href^="http"]'):
        address = re.sub(r"^https?://(www\.)?", "", attribute(link, "href")).rstrip("/")
        if address in link.get_text() or any(link.find_parents(_is(one)) for one in LISTED):
            continue
        if len(address) <= SHORT:
            link.insert_after(NavigableString(f" ({address})"))
        else:
            foot = soup.new_tag("span", attrs={"class": "footnote-body"})
            foot.string = address
            link.insert_after(foot)


def _is(which: str) -> Callable[[Tag], bool]:
    if which.startswith("."):
        return lambda tag: which[1:] in attribute(tag, "class").split()
    return lambda tag: tag.name == which
