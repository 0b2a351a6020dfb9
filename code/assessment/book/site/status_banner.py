"""How current the book is, and each page of it: version, dates, open questions. One computation for
the banner of every page and for the PDF.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from html import escape

from assessment.book.doctree.page_names import CHANGES_PAGE, CONFLICTS_PAGE
from assessment.book.doctree.page_shown import shown_on
from assessment.book.site import stamp
from assessment.book.site.page_addresses import english_site
from assessment.book.site.version import PDF_ON_SITE, version
from assessment.evidence import load_conflicts, load_facts, load_register
from assessment.living.upkeep import source_days
from assessment.presentation import numbers, words
from assessment.presentation.language import ENGLISH, LANGUAGE


@dataclass(frozen=True)
class Status:
    """``checked``: the day since which all sources, or those of a page's facts, have been looked at for
    news; ``due``: when they must be again, the earliest day of any watched source that may change them
    counting; ``stale``: from when the book is not living any more;
    ``open_conflicts``: questions on which sources contradict one another and the book waits for a
    better one. A difference that is explained is no question.
    """

    commit: str
    day: date | None
    checked: date
    due: date
    stale: date
    open_conflicts: int


def status() -> Status:
    """The status of this version, from data alone: no clock is read, so the same version always
    says the same.
    """
    rules = load_register("upkeep").set_index("rule")["days"]
    checked = source_days.by_hand()
    due = min([_by_hand_due(checked), *(source.due for source in source_days.source_days())])
    now = version()
    return Status(
        now.commit,
        now.day,
        checked,
        due,
        due + timedelta(days=int(rules["grace"])),
        sum(c.state == "open" for c in load_conflicts()),
    )


def page_status(facts: Collection[str]) -> Status:
    """The status of a page that rests on these facts: the oldest of their checks counts, where a look
    at all sources has not come after it, and the open questions that one of them is part of.
    """
    book, known = status(), load_facts()
    if not facts:
        return replace(book, open_conflicts=0)
    checked = min(max(known[fact].checked, book.checked) for fact in facts)
    watched = [s.due for s in source_days.source_days() if s.may_change(facts)]
    due = min([_by_hand_due(checked), *watched])
    disputed = sum(
        c.state == "open" and any(claim.fact in facts for claim in c.claims)
        for c in load_conflicts()
    )
    return replace(
        book,
        checked=checked,
        due=due,
        stale=due + (book.stale - book.due),
        open_conflicts=disputed,
    )


def _by_hand_due(checked: date) -> date:
    rules = load_register("upkeep").set_index("rule")["days"]
    return checked + timedelta(days=int(rules["check_interval"]))


def printed_line(of: Status) -> str:
    """The status as one line of plain text, for print."""
    w = words.STATUS_LINE
    day = f", {numbers.day(of.day)}" if of.day else ""
    return " · ".join(
        (
            f"{w['version']} {of.commit}{day}",
            f"{w['checked']} {numbers.day(of.checked)}",
            f"{w['due']} {numbers.day(of.due)}",
            w["conflicts"].format(n=of.open_conflicts),
        )
    )


def text_line(pagename: str) -> str:
    """At a page's foot: when its text last changed; the stamp puts the day in, or takes the line away."""
    return (
        f'<p class="book-text">{words.STATUS_LINE["text"]} {stamp.TEXT.format(page=pagename)}</p>'
    )


def _time(day: date) -> str:
    return f'<time datetime="{day.isoformat()}">{numbers.day(day)}</time>'


def html(app, pagename: str) -> str:
    """The banner of a page. A script compares its dates with today's and says in words and shape
    when a check is late; without one the dates stand there.
    """
    shown = shown_on(app.env).get(pagename)
    facts = frozenset(shown.facts if shown else ())
    of, w = page_status(facts), words.STATUS_LINE
    conflicts, changes, top = (
        app.builder.get_relative_uri(pagename, target)
        for target in (CONFLICTS_PAGE, CHANGES_PAGE, app.config.root_doc)
    )
    spoken = "" if LANGUAGE == ENGLISH else f' hreflang="{ENGLISH}"'
    pdf = english_site(app.builder, pagename) + PDF_ON_SITE
    said = w["page_checked"] if facts else w["checked"]
    counted = w["page_conflicts"].format(n=of.open_conflicts, all=status().open_conflicts)
    late = " ".join(
        f'data-{name}="{escape(w[name], quote=True)}"' for name in ("late", "stopped", "new")
    )
    return (
        f'<div class="book-status" data-due="{of.due.isoformat()}"'
        f' data-stale="{of.stale.isoformat()}" data-changes="{len(load_register("changes"))}"'
        f' data-list="{changes}" {late}><span class="status-version">{w["version"]}'
        f' <a href="{changes}">{stamp.COMMIT}</a>{stamp.DAY}</span>'
        f'<span class="status-check"><span class="status-shape"'
        f' aria-hidden="true">●</span> {said} {_time(of.checked)}, {w["due"]}'
        f' {_time(of.due)}<strong class="status-late"></strong></span><span><a'
        f' href="{conflicts}">{counted}</a></span><span><a'
        f' href="{pdf}"{spoken}>{w["pdf"]}</a></span></div>'
    )
