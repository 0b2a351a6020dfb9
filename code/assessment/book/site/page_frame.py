"""What stands around the text of every page: status line, meaning of the marks, where to tell of an
error."""

from __future__ import annotations

import re

from assessment.book.site import (
    error_reports,
    metadata,
    status_banner,
)
from assessment.case.definition import load_case
from assessment.presentation import words
from assessment.presentation.language import ENGLISH, LANGUAGE, LOCALE

# What Sphinx and its extensions write that readers of screens stumble over, or that is not HTML: a
# retired role in a list of items, a name that is not the word shown, a paragraph inside a summary.
MENDED = (
    ('role="doc-biblioentry"', 'role="listitem"'),
    ('<summary aria-label="Toggle hidden content">', "<summary>"),
    (" · ", "\u00a0· "),  # no line begins with a dot
)
# A name for each state of a folded cell, which are one name here, in paragraphs, which a summary may
# not hold.
FOLDED_NAME = re.compile(
    r'(<summary)[^>]*>\s*<p class="collapsed[^>]*>([^<]*)</p>\s*<p class="expanded[^>]*>[^<]*</p>\s*'
    r"(</summary>)"
)
# The finding stands above the picture; docutils writes captions last.
CAPTION_LAST = re.compile(
    r'(<figure class="[^>]*>\n?)((?:(?!</?figure\b|<figcaption).)*)(<figcaption>.*?</figcaption>)\s*'
    r"(?=</figure>)",
    re.DOTALL,
)
FOLDED = re.compile(r'<details class="(?:how |admonition hide )')


def frame_page(app, pagename, templatename, context, doctree) -> None:
    if app.builder.name == "html" and doctree is not None:
        body = context["body"]
        body = FOLDED_NAME.sub(r"\1>\2\3", body)
        for said, better in MENDED:
            body = body.replace(said, better)
        body = CAPTION_LAST.sub(r"\1\3\2", body)
        context["body"] = (
            status_banner.html(app, pagename)
            + _how_switch(body)
            + _untranslated_line(pagename)
            + body
            + status_banner.text_line(pagename)
            + _legend()
            + error_reports.line(app.builder, pagename)
        )
        context["metatags"] = context.get("metatags", "") + metadata.head_tags(
            app, pagename, context, doctree
        )
    scripts = context.get("script_files", [])  # formulas are MathML
    scripts[:] = [
        s
        for s in scripts
        if "mathjax"
        not in f"{getattr(s, 'filename', '')} {getattr(s, 'attributes', {}).get('body', '')}".lower()
    ]


def _how_switch(body: str) -> str:
    """The one switch of a page that shows and hides code, functions and counts of inputs."""
    if not FOLDED.search(body):
        return ""
    return (
        '<p class="how-switch pst-js-only"><button type="button" aria-pressed="false">'
        f"{words.HOW_COMPUTED['all']}</button></p>"
    )


def _untranslated_line(pagename: str) -> str:
    """In another language than English: that a page is still in English; else nothing."""
    if LANGUAGE == ENGLISH or (LOCALE / LANGUAGE / "LC_MESSAGES" / f"{pagename}.po").exists():
        return ""
    return f'<p class="book-untranslated">{words.UNTRANSLATED_PAGE}</p>'


def _legend() -> str:
    """What the small marks behind numbers mean, at the foot of every page."""
    case = load_case()
    shown = " · ".join(
        f"<b>{mark}</b> {words.STATUS_MEANINGS[name]}" for name, mark in words.STATUS_MARKS.items()
    )
    said = words.LEGEND
    agency = f'<span lang="{case.language.id}">{case.agency.label}</span>'
    return (
        f'<p class="book-legend" data-close="{words.CARD["close"]}">{said["marks"]}: {shown}'
        f" · <b>≠</b> {said['disagree']}. {said['how']} {said['not_official'].format(agency=agency)}</p>"
    )
