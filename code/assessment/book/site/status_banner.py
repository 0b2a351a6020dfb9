"""How current the book is: version, dates, open questions. One computation for the banner of
every page and for the PDF.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from assessment.book.doctree.page_names import CHANGES_PAGE, CONFLICTS_PAGE
from assessment.book.site import stamp
from assessment.book.site.version import PDF_ON_SITE, version
from assessment.evidence import load_conflicts, load_register
from assessment.presentation import numbers, words
from assessment.presentation.language import ENGLISH, LANGUAGE


@dataclass(frozen=True)
class Status:
    """``checked``: last day all sources were looked at for news; ``due``: when they must be again;
    ``stale``: from when the book is not living any more; ``open_conflicts``: questions on which
    sources contradict one another and the book waits for a better one. A difference that is
    explained is no question.
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
    checks = load_register("source-checks")
    checked = date.fromisoformat(max(checks.loc[checks["scope"] == "all sources", "date"]))
    due = checked + timedelta(days=int(rules["check_interval"]))
    now = version()
    return Status(
        now.commit,
        now.day,
        checked,
        due,
        due + timedelta(days=int(rules["grace"])),
        sum(c.state == "open" for c in load_conflicts()),
    )


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


def _time(day: date) -> str:
    return f'<time datetime="{day.isoformat()}">{numbers.day(day)}</time>'


def html(app, pagename: str) -> str:
    """The banner of a page. A script compares its dates with today's and says in words and shape
    when a check is late; without one the dates stand there.
    """
    of, w = status(), words.STATUS_LINE
    conflicts, changes, top = (
        app.builder.get_relative_uri(pagename, target)
        for target in (CONFLICTS_PAGE, CHANGES_PAGE, app.config.root_doc)
    )
    # An edition in another language lies below the English site, and the PDF is that site's.
    up, spoken = ("", "") if LANGUAGE == ENGLISH else ("../", f' hreflang="{ENGLISH}"')
    pdf = top.rpartition("index.html")[0] + up + PDF_ON_SITE
    late = " ".join(f'data-{name}="{escape(w[name], quote=True)}"' for name in ("late", "stopped"))
    return (
        f'<div class="book-status" data-due="{of.due.isoformat()}"'
        f' data-stale="{of.stale.isoformat()}" {late}><span class="status-version">{w["version"]}'
        f' <a href="{changes}">{stamp.COMMIT}</a>{stamp.DAY}</span>'
        f'<span class="status-check"><span class="status-shape"'
        f' aria-hidden="true">●</span> {w["checked"]} {_time(of.checked)}, {w["due"]}'
        f' {_time(of.due)}<strong class="status-late"></strong></span><span><a'
        f' href="{conflicts}">{w["conflicts"].format(n=of.open_conflicts)}</a></span><span><a'
        f' href="{pdf}"{spoken}>{w["pdf"]}</a></span></div>'
    )
