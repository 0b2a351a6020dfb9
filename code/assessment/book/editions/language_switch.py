"""The switch between languages in the header of every page, put into pages that are built.

It is written when an edition has been put beside the English site: a site without the edition has no
link to it. A page that is not translated leads to the front page of the edition.
"""

from __future__ import annotations

import posixpath
import re
from html import escape
from pathlib import Path

from assessment.presentation.language import ENGLISH, MARKS

HEADER = re.compile(r'<div class="article-header-buttons">')
SWITCH = re.compile(r'\n?<a class="language-switch".*?</a>', re.DOTALL)
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="[^"]*"[^>]*>\n?')


def with_switch(html: str, address: str, language: str, name: str, same: bool = True) -> str:
    """A page with a link in its header to ``address``, in ``language``, under that language's own
    ``name``; for machines in the head too, where it is the ``same`` page.
    """
    tag = MARKS[language].tag
    html = ALTERNATE.sub("", SWITCH.sub("", html))
    to = escape(address, quote=True)
    link = (
        f'\n<a class="language-switch" href="{to}" lang="{tag}" hreflang="{tag}">{escape(name)}</a>'
    )
    html = HEADER.sub(lambda found: found[0] + link, html, count=1)
    alternate = f'<link rel="alternate" hreflang="{tag}" href="{to}">\n' if same else ""
    return html.replace("</head>", f"{alternate}</head>", 1)


def link_pages(site: Path, language: str, name: str, pages: list[str]) -> list[str]:
    """Links the English pages of ``site`` with those of the edition in ``site/<language>``.

    ``pages`` are the translated ones, as paths below the site. Returns the English pages whose own
    translation they lead to now.
    """
    edition = site / language
    linked = []
    for english in sorted(site.rglob("*.html")):
        page = english.relative_to(site).as_posix()
        if english.is_relative_to(edition) or page.startswith(("_static/", "v/")):
            continue
        same = page in pages and (edition / page).exists()
        here = posixpath.dirname(page) or "."
        to = posixpath.relpath(f"{language}/{page if same else 'index.html'}", here)
        _rewrite(english, to, language, name, same)
        if same:
            linked.append(page)
    for file in sorted(edition.rglob("*.html")):
        page = file.relative_to(edition).as_posix()
        if not page.startswith("_static/") and (site / page).exists():
            here = posixpath.join(language, posixpath.dirname(page))
            _rewrite(file, posixpath.relpath(page, here), ENGLISH, "English", True)
    return linked


def _rewrite(file: Path, address: str, language: str, name: str, same: bool) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(with_switch(text, address, language, name, same), encoding="utf-8")
