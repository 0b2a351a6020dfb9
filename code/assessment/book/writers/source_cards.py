"""The source card of a fact: who, which analysis set, source with locator, status, date checked,
disagreement.
"""

from __future__ import annotations

import re
from html import escape

from assessment.evidence import Fact, Source, conflicts_by_fact, load_facts, load_sources
from assessment.pages.registers.anchors import conflict_anchor, fact_address
from assessment.presentation import numbers, words


def marks(fact: Fact) -> str:
    """The status mark of a fact, with ≠ where sources disagree; words for screen readers in the
    title.
    """
    disputed = fact.id in conflicts_by_fact()
    title = words.STATUS_MEANINGS[fact.status] + (
        f"; {words.CARD['disagreement'].lower()}" if disputed else ""
    )
    return (
        f'<sup class="status-mark mark-{fact.status}" title="{escape(title)}"'
        f' aria-hidden="true">{words.STATUS_MARKS[fact.status]}{"≠" if disputed else ""}</sup>'
    )


def lines(fact: Fact, conflicts_page: str) -> list[tuple[str, str]]:
    """The card's lines as (label, HTML), in reading order; empty ones left out. Documents and
    disagreements lead to themselves.
    """
    sources = load_sources()
    found = [
        ("population", escape(fact.population)),
        ("analysis_set", escape(words.ANALYSIS_SETS[fact.analysis_set])),
        (
            "status",
            (
                f"{words.STATUS_MARKS[fact.status]} {escape(words.STATUS_NAMES[fact.status])}:"
                f" {escape(words.STATUS_MEANINGS[fact.status])}"
            ),
        ),
        ("source", _named(sources.get(fact.source or ""), fact.locator)),
        ("read_in", _read_in(fact)),
        ("formula", escape(_formula(fact))),
        ("note", escape(fact.note or "")),
        (
            "disagreement",
            "; ".join(
                _link(f"{conflicts_page}#{conflict_anchor(c.id)}", c.title)
                for c in conflicts_by_fact().get(fact.id, ())
            ),
        ),
        ("checked", numbers.day(fact.checked)),
        ("id", fact.id),
    ]
    return [(words.CARD[key], html) for key, html in found if html]


def _read_in(fact: Fact) -> str:
    """Where it was read when not at its source, or that the source names none of its own."""
    if fact.read_in and fact.read_in == fact.source:
        return escape(words.NO_PRIMARY)
    return _named(load_sources().get(fact.read_in or ""), None)


def _named(source: Source | None, locator: str | None) -> str:
    """A document, which opens where it has an address, and the place in it."""
    if source is None:
        return ""
    name = f"{source.short}: {source.title.rstrip('.')}"
    shown = _link(source.url, name) if source.url else escape(name)
    return ", ".join(part for part in (shown, escape(locator or "")) if part)


def _link(address: str, text: str) -> str:
    # not one more stop on the way through the page by keyboard: Enter leads to the row, which has it
    return f'<a href="{escape(address, quote=True)}" tabindex="-1">{escape(text)}</a>'


def _formula(fact: Fact) -> str:
    """The formula with the labels of the facts it uses."""
    if not fact.formula:
        return ""
    text, facts = fact.formula, load_facts()
    for other in sorted((f for f in facts if f.id in fact.formula), key=lambda f: -len(f.id)):
        text = text.replace(other.id, f"[{other.label}]")
    return text.replace("*", "×")


def fact_html(
    fact: Fact, text: str, sources_page: str, conflicts_page: str, card_id: str, report: str
) -> str:
    """A fact on the site: a link to its row on the sources page, with the card beside it for hover,
    focus and tap. ``report``: where to tell of an error.
    """
    rows = "".join(
        f'<span class="fact-line"><span class="fact-key">{escape(k)}</span> {html}</span>'
        for k, html in lines(fact, conflicts_page)
    )
    link = fact_address(fact.id, sources_page)
    return (
        f'<span class="fact" data-fact="{fact.id}"><a class="fact-link" href="{link}"'
        f' aria-describedby="{card_id}">{unbroken(text)}</a>{marks(fact)}'
        + card(
            card_id,
            f'<span class="fact-title">{escape(fact.label)}</span>{rows}<a class="fact-row"'
            f' href="{link}" tabindex="-1">{escape(words.CARD["row"])}</a> <a class="fact-report"'
            f' href="{escape(report, quote=True)}" tabindex="-1">{escape(words.REPORT["ask"])}</a>',
        )
        + "</span>"
    )


def unbroken(text: str) -> str:
    """Text as HTML; an interval in brackets stays on one line, so that a narrow column breaks before it."""
    return re.sub(r"\([^()\s]+–[^()\s]+\)", r'<span class="interval">\g<0></span>', escape(text))


def card(card_id: str, inside: str) -> str:
    """The card beside a number or term. A browser with scripts keeps what stands in <noscript> as
    one piece of text, and book.js opens it when it is asked for.
    """
    return (
        f'<noscript><span class="fact-card" id="{card_id}"'
        f' role="tooltip">{inside}</span></noscript>'
    )
