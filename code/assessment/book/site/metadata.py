"""What machines read of the site: head tags, structured data, feed of changes, plain index,
sitemap, robots.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

from assessment.book.doctree.page_text import page_text
from assessment.book.site.change_feed import FEED
from assessment.book.site.page_addresses import page_address, page_title
from assessment.book.site.structured_data import structured
from assessment.presentation import words

MOST = 200  # letters of a description


def description(doctree) -> str:
    """The first sentences of a page, as many as fit; at least the first, cut at a word."""
    text = " ".join(page_text(doctree).split())
    kept = ""
    for sentence in text.replace("? ", "?\n").replace(". ", ".\n").split("\n"):
        if kept and len(kept) + len(sentence) > MOST:
            break
        kept = f"{kept} {sentence}".strip()
    return kept if len(kept) <= MOST else kept[:MOST].rpartition(" ")[0] + " …"


def head_tags(app, pagename: str, context: dict, doctree) -> str:
    """Tags for the head of a page. Canonical address and absolute links only where a site address
    is configured.
    """
    said, title = description(doctree), page_title(app, pagename)
    described(app)[pagename] = said
    site = app.config.html_title
    whole = site if pagename == app.config.root_doc else f"{title} · {site}"
    address = page_address(app, pagename)
    tags = [
        ("name", "description", said),
        ("property", "og:title", whole),
        ("property", "og:description", said),
        ("property", "og:type", "article"),
        ("property", "og:site_name", site),
        ("property", "og:locale", words.LANGUAGE.replace("-", "_")),
        ("name", "twitter:card", "summary"),
    ]
    tags += [("property", "og:url", address)] if address else []
    found = "".join(
        f'<meta {kind}="{name}" content="{escape(text, quote=True)}">\n'
        for kind, name, text in tags
    )
    feed = context["pathto"](FEED, resource=True)
    found += (
        f'<link rel="alternate" type="application/atom+xml" title="{escape(words.FEED["title"])}"'
        f' href="{feed}">\n'
    )
    data = json.dumps(
        structured(app, pagename, said), ensure_ascii=False, separators=(",", ":")
    ).replace("<", "\\u003c")
    # a block of data: no policy on scripts forbids it
    return found + f'<script type="application/ld+json">{data}</script>\n'


def described(app) -> dict[str, str]:
    """The description of each page written, in this run or in one before it."""
    if "assessment_descriptions" not in app.__dict__:
        kept = _kept_descriptions(app)
        known = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
        app.assessment_descriptions = known
    return app.assessment_descriptions


def keep_descriptions(app) -> None:
    """Keeps the descriptions beside the documents, for runs that write some pages only."""
    text = json.dumps(described(app), ensure_ascii=False, sort_keys=True)
    _kept_descriptions(app).write_text(text, encoding="utf-8")


def _kept_descriptions(app) -> Path:
    return Path(app.doctreedir, "descriptions.json")
