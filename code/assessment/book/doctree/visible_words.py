"""How many words readers see on each page of the built site, and how many they may see."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

# Pages in which something is looked up, besides those whose name begins with sources-. They have no limit.
ARCHIVE = (
    "sources",
    "conflicts",
    "validation",
    "reporting-checklists",
    "references",
    "data",
    "trial-curves",
    "comparisons-detail",
    "economics-model",
    "economics-inputs",
    "economics-scenarios",
)
MOST_IN_ALL = 30_000  # words of all pages outside the archive
MOST_ON_A_PAGE = 2_500  # words of one of them
UNSEEN = re.compile(r"<(noscript|script|style|svg|template)\b.*?</\1>", re.DOTALL)
INLINE = {"a", "b", "code", "em", "i", "span", "strong", "sub", "sup", "time"}
EMPTY = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class _Seen(HTMLParser):
    """Collects the text of a page's article that is seen before anything is opened: what is folded
    away counts by its summary alone.
    """

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self._open: list[tuple[str, bool]] = []  # each element, and whether its text is seen

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in EMPTY:
            return
        given, above = dict(attrs), self._open[-1] if self._open else ("", False)
        seen = above[1] or tag == "article" or (tag == "summary" and above[0] == "details")
        more = tag == "tr" and "more" in (given.get("class") or "").split()  # shown when asked for
        hidden = more or "hidden" in given or (tag == "details" and "open" not in given)
        self._open.append((tag, seen and not hidden))
        if tag not in INLINE:
            self.text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        while self._open and tag in (name for name, _seen in self._open):
            if self._open.pop()[0] == tag:
                break
        if tag not in INLINE:
            self.text.append(" ")

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][1]:
            self.text.append(data)


def seen_words(html: str) -> int:
    """Words, that is all between two spaces that has a letter, in the article of a page before anything is
    opened: sentences, tables, captions, and the lines above and below the text; not words
    inside figures, cards and parts that are folded away.
    """
    parser = _Seen()
    parser.feed(UNSEEN.sub(" ", html))
    return sum(any(c.isalpha() for c in word) for word in "".join(parser.text).split())


def in_archive(page: str) -> bool:
    """Whether a page (chapters/sources, or its file) is one in which something is looked up."""
    name = Path(page).stem
    return name in ARCHIVE or name.startswith("sources-")


def words_by_page(site: Path, pages: list[str]) -> dict[str, int]:
    """The words seen on each of these pages (paths below ``site``), in their order; pages that have
    not been built are left out.
    """
    return {
        page: seen_words((site / page).read_text(encoding="utf-8"))
        for page in pages
        if (site / page).exists()
    }
