"""Links between a page and the same page in another language, put into pages that are built.

They are written when an edition has been put beside the English site, and only between pages that
both exist: a site without the edition has no link to it.
"""

from __future__ import annotations

import posixpath
import re
from html import escape
from pathlib import Path

from assessment.presentation.language import ENGLISH, MARKS

STATUS_LINE = re.compile(r'<div class="book-status".*?(?=</div>)', re.DOTALL)
SWITCH = re.compile(r'<span class="status-language">.*?</span>', re.DOTALL)
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="[^"]*"[^>]*>\n?')


def with_switch(html: str, address: str, language: str, name: str) -> str:
    """A page with a link to ``address``, where it stands in ``language`` under that language's own
    ``name``; for readers in the status line, for machines in the head.
    """
    tag = MARKS[language].tag
    html = ALTERNATE.sub("", SWITCH.sub("", html))
    link = (
        f'<span class="status-language"><a href="{escape(address, quote=True)}" lang="{tag}"'
        f' hreflang="{tag}">{escape(name)}</a></span>'
    )
    alternate = f'<link rel="alternate" hreflang="{tag}" href="{escape(address, quote=True)}">\n'
    html = STATUS_LINE.sub(lambda found: found[0] + link, html, count=1)
    return html.replace("</head>", f"{alternate}</head>", 1)


def link_pages(site: Path, language: str, name: str, pages: list[str]) -> list[str]:
    """Links English pages of ``site`` with their translations in ``site/<language>``.

    ``pages`` are those worth leading to: the translated ones, as paths below the site. Every page
    of the edition leads back. Returns the English pages that carry a link now.
    """
    linked = []
    for file in sorted((site / language).rglob("*.html")):
        page = file.relative_to(site / language).as_posix()
        english = site / page
        if "_static" in file.parts or not english.exists():
            continue
        here = posixpath.dirname(page) or "."
        back = posixpath.relpath(page, posixpath.join(language, here))
        _rewrite(file, back, ENGLISH, "English")
        if page in pages:
            _rewrite(english, posixpath.relpath(f"{language}/{page}", here), language, name)
            linked.append(page)
    return linked


def _rewrite(file: Path, address: str, language: str, name: str) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(with_switch(text, address, language, name), encoding="utf-8")
