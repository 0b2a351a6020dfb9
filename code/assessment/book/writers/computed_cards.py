"""Computed numbers answer back: the function that made them, and the facts and tables it read."""

from __future__ import annotations

from html import escape

from docutils import nodes

from assessment.book.doctree.nodes import (
    computed_node,
    made_node,
)
from assessment.book.doctree.origin_keys import origin_mark
from assessment.book.doctree.page_names import SOURCES_PAGE
from assessment.book.writers.moving_numbers import moving
from assessment.book.writers.source_cards import card, unbroken
from assessment.book.writers.writing_state import is_pdf, next_name, page_of
from assessment.evidence import load_facts, resources
from assessment.pages.registers.anchors import fact_address, made_address
from assessment.presentation import words

SENTENCE = 60  # letters from which a text is a sentence: its mark alone is the link then
SHOWN = 5  # facts named in a card; all of them stand in the register
MARK = (
    f'<sup class="status-mark mark-derived" title="{words.STATUS_MEANINGS["derived"]}"'
    f' aria-hidden="true">{words.STATUS_MARKS["derived"]}</sup>'
)


def short_name(function: str) -> str:
    """A function's name without what all of them share."""
    return function.removeprefix("assessment.").removeprefix("pages.")


def count_inputs(origin: dict) -> str:
    """What a result came from, in one phrase: so many facts, how many of them assumptions, which
    tables.
    """
    facts, w = load_facts(), words.COMPUTED
    assumed = sum(facts[i].status == "assumption" for i in origin["facts"])
    said = words.facts_counted(len(origin["facts"]))
    said += f" ({w['assumed'].format(n=assumed)})" if assumed else ""
    return (
        w["and"].join(part for part in (said if origin["facts"] else "", _tables(origin)) if part)
        or w["nothing"]
    )


def _tables(origin: dict) -> str:
    titles = {r["name"]: r["title"] for r in resources()}
    return ", ".join(titles[name] for name in origin["tables"])


def card_html(origin: dict, text: str, sources_page: str, card_id: str) -> str:
    """A computed number on the site: a link to its function in the register, with a card beside it."""
    facts, w = load_facts(), words.COMPUTED
    link = made_address(origin["function"], sources_page)
    named = "".join(
        f'<li>{words.STATUS_MARKS[facts[i].status]} <a href="{fact_address(i, sources_page)}"'
        f' tabindex="-1">{escape(facts[i].label)}</a></li>'
        for i in origin["facts"][:SHOWN]
    )
    more = len(origin["facts"]) - SHOWN
    named += f"<li>{w['more'].format(n=more)}</li>" if more > 0 else ""
    lines = [
        (
            w["by"],
            (
                f"<code>{escape(short_name(origin['function']))}</code>"
                if origin["function"]
                else w["here"]
            ),
        ),
        (w["from"], escape(count_inputs(origin))),
    ]
    rows = "".join(
        f'<span class="fact-line"><span class="fact-key">{key}</span> {value}</span>'
        for key, value in lines
    )
    shown = f'<a class="fact-link" href="{link}" aria-describedby="{card_id}">{unbroken(text)}</a>{MARK}'
    if len(text) > SENTENCE:
        shown = (
            f'{escape(text)} <a class="fact-link" href="{link}"'
            f' aria-describedby="{card_id}">{MARK}<span'
            f' class="visually-hidden">{w["row"]}</span></a>'
        )
    return (
        f'<span class="fact computed" data-function="{escape(origin["function"])}"'
        f"{origin_mark(origin)}>{shown}"
        + card(
            card_id,
            f'<span class="fact-title">{w["title"]}</span>{rows}<span class="fact-inputs"'
            f' role="list">{_as_spans(named)}</span><a class="fact-row" href="{link}"'
            f' tabindex="-1">{w["row"]}</a>',
        )
        + "</span>"
    )


def _as_spans(items: str) -> str:
    """List items as spans: a card stands in a paragraph, where no list may."""
    return items.replace("<li>", '<span role="listitem">').replace("</li>", "</span>")


def made_html(origin: dict, sources_page: str) -> str:
    """The line below a figure or table that says what made it and from how much."""
    w = words.COMPUTED
    name = (
        f'<a href="{made_address(origin["function"], sources_page)}">'
        f"<code>{escape(short_name(origin['function']))}</code></a>"
    )
    return (
        f'<details class="how web-only"><summary>{words.HOW_COMPUTED["one"]}</summary><p'
        ' class="made-from">'
        f"{w['made'].format(function=name, what=escape(count_inputs(origin)))}</p></details>"
    )


def visit_computed(self, node: computed_node) -> None:
    text = node.children[0].astext()
    if is_pdf(self):
        self.body.append(f'<span class="fact computed">{escape(text)}{MARK}</span>')
    else:
        html = card_html(
            node["origin"],
            text,
            self.builder.get_relative_uri(page_of(self), SOURCES_PAGE),
            next_name(self, "card"),
        )
        self.body.append(moving(self, node["name"], html))
    raise nodes.SkipNode


def visit_made(self, node: made_node) -> None:
    self.body.append(
        made_html(node["origin"], self.builder.get_relative_uri(page_of(self), SOURCES_PAGE))
    )
    raise nodes.SkipNode
