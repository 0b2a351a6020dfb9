"""The source card of a fact: who, which analysis set, source with locator, status, date checked,
disagreement.
"""

from __future__ import annotations

from html import escape

from assessment.evidence import Fact, Source, conflicts_by_fact, load_facts, load_sources
from assessment.pages.registers.anchors import fact_address
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


def lines(fact: Fact) -> list[tuple[str, str]]:
    """The card's lines as (label, text), in reading order; empty ones left out."""
    sources = load_sources()
    found = [
        ("population", fact.population),
        ("analysis_set", words.ANALYSIS_SETS[fact.analysis_set]),
        (
            "status",
            (
                f"{words.STATUS_MARKS[fact.status]} {words.STATUS_NAMES[fact.status]}:"
                f" {words.STATUS_MEANINGS[fact.status]}"
            ),
        ),
        ("source", _named(sources.get(fact.source or ""), fact.locator)),
        ("read_in", _read_in(fact)),
        ("formula", _formula(fact)),
        ("note", fact.note or ""),
        ("disagreement", "; ".join(c.title for c in conflicts_by_fact().get(fact.id, ()))),
        ("checked", numbers.day(fact.checked)),
        ("id", fact.id),
    ]
    return [(words.CARD[key], text) for key, text in found if text]


def _read_in(fact: Fact) -> str:
    """Where it was read when not at its source, or that the source names none of its own."""
    if fact.read_in and fact.read_in == fact.source:
        return words.NO_PRIMARY
    return _named(load_sources().get(fact.read_in or ""), None)


def _named(source: Source | None, locator: str | None) -> str:
    if source is None:
        return ""
    return ". ".join(
        part for part in (f"{source.short}: {source.title.rstrip('.')}", locator) if part
    )


def _formula(fact: Fact) -> str:
    """The formula with the labels of the facts it uses."""
    if not fact.formula:
        return ""
    text, facts = fact.formula, load_facts()
    for other in sorted((f for f in facts if f.id in fact.formula), key=lambda f: -len(f.id)):
        text = text.replace(other.id, f"[{other.label}]")
    return text.replace("*", "×")


def fact_html(fact: Fact, text: str, sources_page: str, card_id: str, report: str) -> str:
    """A fact on the site: a link to its row on the sources page, with the card beside it for hover,
    focus and tap. ``report``: where to tell of an error.
    """
    rows = "".join(
        f'<span class="fact-line"><span class="fact-key">{escape(k)}</span> {escape(v)}</span>'
        for k, v in lines(fact)
    )
    link = fact_address(fact.id, sources_page)
    return (
        f'<span class="fact" data-fact="{fact.id}"><a class="fact-link" href="{link}"'
        f' aria-describedby="{card_id}">{escape(text)}</a>{marks(fact)}'
        + card(
            card_id,
            f'<span class="fact-title">{escape(fact.label)}</span>{rows}<a class="fact-row"'
            f' href="{link}" tabindex="-1">{escape(words.CARD["row"])}</a> <a class="fact-report"'
            f' href="{escape(report, quote=True)}" tabindex="-1">{escape(words.REPORT["ask"])}</a>',
        )
        + "</span>"
    )


def card(card_id: str, inside: str) -> str:
    """The card beside a number or term. A browser with scripts keeps what stands in <noscript> as
    one piece of text, and book.js opens it when it is asked for.
    """
    return (
        f'<noscript><span class="fact-card" id="{card_id}"'
        f' role="tooltip">{inside}</span></noscript>'
    )
