"""``python -m assessment.book.publishing.inside_links``: does every link from page to page of the built
site lead to a file that is there, and every anchor to a place on it?
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[4]
LINKS = {"a": "href", "link": "href", "script": "src", "img": "src", "source": "src"}


@dataclass
class _Page(HTMLParser):
    """The anchors and links of a page; those kept in <noscript> for later count too."""

    anchors: set[str] = field(default_factory=set)
    links: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self):
        super().__init__()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.anchors |= {given[name] for name in ("id", "name") if given.get(name)}
        if address := given.get(LINKS.get(tag, "")):
            self.links.append((self.getpos()[0], address))


@cache
def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def broken_links(site: Path) -> list[str]:
    """A line for each link that leads nowhere: page, line, address, what is missing."""
    _read.cache_clear()
    found = []
    for path in sorted(site.rglob("*.html")):
        if {"_static", "v"} & set(path.relative_to(site).parts):
            continue
        for line, address in _read(path).links:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = path.parent / unquote(parts.path) if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            where = f"{path.relative_to(site)}, line {line}: {address}"
            if not target.exists():
                found.append(f"{where}: no such file")
                continue
            on_page = parts.fragment and target.suffix == ".html"
            if on_page and unquote(parts.fragment) not in _read(target.resolve()).anchors:
                found.append(f"{where}: no such place on the page")
    return found


def main() -> None:
    site = ROOT / "_build" / "html"
    if not (site / "index.html").exists():
        sys.exit(f"{site} holds no site: make book first.")
    found = broken_links(site)
    sys.exit("\n".join(found) if found else None)


if __name__ == "__main__":
    main()
