"""Every conflict between sources."""

from __future__ import annotations

from html import escape

from assessment.evidence import (
    load_conflicts,
    load_facts,
)
from assessment.pages.registers.anchors import anchor, conflict_anchor
from assessment.pages.registers.fact_tables import source_html
from assessment.pages.registers.register_words import WORDS, Html
from assessment.presentation import numbers, words


def conflicts(state: str) -> Html:
    """Every conflict in this state ('open' or 'settled'): what each source says, what the book
    uses, why, and what it changes.
    """
    return Html("".join(_conflict(c) for c in load_conflicts() if c.state == state))


def _conflict(conflict) -> str:
    used = f" <strong>({WORDS['used']})</strong>"
    claims = "".join(f"<li>{_claim(c)}{used if c.used else ''}</li>" for c in conflict.claims)
    return (
        '<section class="conflict"'
        f' id="{conflict_anchor(conflict.id)}"><h3>{escape(conflict.title)}</h3><p'
        f' class="conflict-kind">{escape(conflict.kind)} · '
        f"{WORDS[conflict.state]} · {WORDS['checked']}"
        f" {numbers.day(conflict.checked)}</p><ul>{claims}</ul>"
        f"<p><b>{WORDS['uses']}:</b> {escape(conflict.uses)} <b>{WORDS['because']}:</b>"
        f" {escape(conflict.reason)}</p>"
        f"<p><b>{WORDS['matters']}:</b> {escape(conflict.consequence)}</p></section>"
    )


def _claim(claim) -> str:
    if claim.fact is None:
        return f"{escape(claim.claim)} ({source_html(claim.source, claim.locator)})"
    fact = load_facts()[claim.fact]
    link = f'<a href="sources.html#{anchor(fact.id)}">{escape(numbers.fact_text(fact))}</a>'
    where = words.ANALYSIS_SETS[fact.analysis_set]
    source = f" ({source_html(fact.source, fact.locator)})" if fact.source else ""
    group = f" [{escape(where)}]" if where else ""
    return f"{escape(fact.label)}{group}: {link}{source}"
