"""Where a reader tells of an error: one configurable address, or a page that says how, always with
page, fact and version.
"""

from __future__ import annotations

from html import escape
from urllib.parse import quote, urlencode

from assessment.book.doctree.page_names import ABOUT_PAGE
from assessment.book.site import stamp
from assessment.presentation import words

ANCHOR = "found-an-error"


def reference(page: str, fact: str = "") -> str:
    """What a report has to quote: page, fact and version, in one line."""
    return " · ".join(
        part
        for part in (page, fact, words.STATUS_LINE["version"].lower() + " " + stamp.COMMIT)
        if part
    )


def link(builder, page: str, fact: str = "") -> str:
    """The address behind "found an error?" on a page or in a fact's card.

    With ``assessment_report_address`` in _config.yml (mailto:… or the address of an issue form that
    takes title and body) it is that address with the reference filled in; without one it is the
    page that says how to report.
    """
    address = builder.config.assessment_report_address
    if not address:
        target = "" if page == ABOUT_PAGE else builder.get_relative_uri(page, ABOUT_PAGE)
        asked = urlencode({k: v for k, v in (("page", page), ("fact", fact)) if v}, quote_via=quote)
        return f"{target}?{asked}#{ANCHOR}"
    subject = {
        "subject" if address.startswith("mailto:") else "title": (
            words.REPORT["subject"].format(what=fact or page)
        ),
        "body": reference(page, fact),
    }
    return f"{address}{'&' if '?' in address else '?'}{urlencode(subject, quote_via=quote)}"


def line(builder, page: str) -> str:
    """The line at the foot of a page."""
    return (
        '<p class="book-report"><a'
        f' href="{escape(link(builder, page), quote=True)}">{words.REPORT["ask"]}</a>'
        f" {words.REPORT['quote']} <code>{escape(reference(page))}</code></p>"
    )
