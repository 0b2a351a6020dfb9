"""Computed numbers answer back: the function that made them, the facts and tables it read, and
their register.
"""

from __future__ import annotations

import importlib
import inspect
from dataclasses import dataclass, field
from html import escape

from docutils import nodes
from myst_nb.core.variables import RetrievalError
from myst_nb.ext.glue.roles import PasteTextRole
from myst_nb.ext.glue.utils import retrieve_glue_data
from sphinx.util.docutils import SphinxDirective

from assessment.book.sphinx.html_writers import is_pdf, next_name, page_of
from assessment.book.sphinx.nodes import (
    chart_node,
    computed_node,
    computed_register_node,
    made_node,
    table_node,
)
from assessment.book.sphinx.source_cards import card
from assessment.evidence import load_facts, resources
from assessment.pages.registers.anchors import anchor
from assessment.presentation import numbers, words
from assessment.presentation.show import COMPUTED_MIME

SENTENCE = 60  # letters from which a text is a sentence: its mark alone is the link then
SHOWN = 5  # facts named in a card; all of them stand in the register
MARK = (
    f'<sup class="status-mark mark-derived" title="{words.STATUS_MEANINGS["derived"]}"'
    f' aria-hidden="true">{words.STATUS_MARKS["derived"]}</sup>'
)
SOURCES_PAGE, DATA_PAGE = "chapters/sources", "chapters/data"


class ComputedRole(PasteTextRole):
    """``{glue:text}`name` `` as MyST-NB has it, with the origin that show.glue_all put beside the
    text.
    """

    def run(self):
        found, messages = super().run()
        try:
            origin = retrieve_glue_data(self.document, self.text.split(":")[0]).data.get(
                COMPUTED_MIME
            )
        except RetrievalError:  # the parent has told of it
            return found, messages
        if origin is None or len(found) != 1 or not isinstance(found[0], nodes.inline):
            return found, messages
        text = found[0].astext()
        rests = origin["facts"] or origin["tables"]
        if not text or not (rests or origin["function"] and len(text) <= SENTENCE):
            # words that rest on nothing answer nothing
            return [nodes.Text(text)] if text else [], messages
        return [computed_node("", nodes.Text(text), origin=origin, name=self.text)], messages


class ComputedRegister(SphinxDirective):
    """``{computed-register}``: every function whose results are shown, with what it read and where
    it is shown.
    """

    def run(self):
        return [computed_register_node("")]


def made_anchor(function: str) -> str:
    """The id of a function's entry in the register."""
    return "made-" + function.replace(".", "-").replace("_", "-")


def short(function: str) -> str:
    """A function's name without what all of them share."""
    return function.removeprefix("assessment.").removeprefix("presentation.")


def counted(origin: dict) -> str:
    """What a result came from, in one phrase: so many facts, how many of them assumptions, which
    tables.
    """
    facts, w = load_facts(), words.COMPUTED
    assumed = sum(facts[i].status == "assumption" for i in origin["facts"])
    said = w["facts"][0 if len(origin["facts"]) == 1 else 1].format(n=len(origin["facts"]))
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
    link = (
        f"{sources_page}#{made_anchor(origin['function'])}"
        if origin["function"]
        else f"{sources_page}#made-here"
    )
    named = "".join(
        f'<li>{words.STATUS_MARKS[facts[i].status]} <a href="{sources_page}#{anchor(i)}"'
        f' tabindex="-1">{escape(facts[i].label)}</a></li>'
        for i in origin["facts"][:SHOWN]
    )
    more = len(origin["facts"]) - SHOWN
    named += f"<li>{w['more'].format(n=more)}</li>" if more > 0 else ""
    lines = [
        (
            w["by"],
            (
                f"<code>{escape(short(origin['function']))}</code>"
                if origin["function"]
                else w["here"]
            ),
        ),
        (w["from"], escape(counted(origin))),
    ]
    rows = "".join(
        f'<span class="fact-line"><span class="fact-key">{key}</span> {value}</span>'
        for key, value in lines
    )
    shown = (
        f'<a class="fact-link" href="{link}" aria-describedby="{card_id}">{escape(text)}</a>{MARK}'
    )
    if len(text) > SENTENCE:
        shown = (
            f'{escape(text)} <a class="fact-link" href="{link}"'
            f' aria-describedby="{card_id}">{MARK}<span'
            f' class="visually-hidden">{w["row"]}</span></a>'
        )
    return (
        f'<span class="fact computed" data-function="{escape(origin["function"])}">{shown}'
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
        f'<a href="{sources_page}#{made_anchor(origin["function"])}">'
        f"<code>{escape(short(origin['function']))}</code></a>"
    )
    return (
        '<p class="made-from'
        f' web-only">{w["made"].format(function=name, what=escape(counted(origin)))}</p>'
    )


@dataclass
class Entry:
    """One function of the register: what it read, and the pages that show its texts, figures and
    tables.
    """

    facts: dict[str, None] = field(default_factory=dict)
    tables: dict[str, None] = field(default_factory=dict)
    pages: dict[str, None] = field(default_factory=dict)


def register(env) -> dict[str, Entry]:
    """Every function with a result on some page, from the documents as they were read."""
    found: dict[str, Entry] = {}
    for page in sorted(env.found_docs):
        doctree = env.get_doctree(page)
        origins = [n["origin"] for n in doctree.findall(computed_node)] + [
            n["content"].get("origin")
            for kind in (chart_node, table_node)
            for n in doctree.findall(kind)
        ]
        for origin in filter(None, origins):
            entry = found.setdefault(origin["function"], Entry())
            entry.facts.update(dict.fromkeys(origin["facts"]))
            entry.tables.update(dict.fromkeys(origin["tables"]))
            entry.pages[page] = None
    return dict(sorted(found.items()))


def visit_register(self, node: computed_register_node) -> None:
    self.body.append('<div class="made-register web-only">')
    for function, entry in register(self.builder.env).items():
        self.body.append(_entry_html(self.builder, function, entry))
    self.body.append("</div>")
    raise nodes.SkipNode


def _entry_html(builder, function: str, entry: Entry) -> str:
    facts, w = load_facts(), words.COMPUTED
    titles = {r["name"]: r["title"] for r in resources()}
    pages = ", ".join(
        f'<a href="{builder.get_relative_uri(SOURCES_PAGE, p)}">{escape(builder.env.titles[p].astext())}</a>'
        for p in entry.pages
    )
    items = "".join(
        f"<li>{words.STATUS_MARKS[facts[i].status]} <a"
        f' href="#{anchor(i)}">{escape(facts[i].label)}</a>:'
        f" {escape(numbers.fact_text(facts[i]))}</li>"
        for i in entry.facts
    )
    items += "".join(
        f'<li><a href="{builder.get_relative_uri(SOURCES_PAGE, DATA_PAGE)}#table-{name}">'
        f"{escape(titles[name])}</a></li>"
        for name in entry.tables
    )
    origin = {"facts": list(entry.facts), "tables": list(entry.tables)}
    listed = (
        f"<details><summary>{w['from']}:"
        f" {escape(counted(origin))}</summary><noscript><ul>{items}</ul></noscript></details>"
        if items
        else f"<p>{w['from']}: {w['nothing']}</p>"
    )
    name = f"<code>{escape(function)}</code>" if function else w["here"]
    return (
        f'<section class="made" id="{made_anchor(function) if function else "made-here"}">'
        f"<h3>{name}</h3><p>{escape(purpose(function))}"
        f" {w['shown']}: {pages}.</p>{listed}</section>"
    )


def purpose(function: str) -> str:
    """The first sentence of a function's docstring; "" when it has none."""
    module, _, name = function.rpartition(".")
    if not module:
        return ""
    text = inspect.getdoc(getattr(importlib.import_module(module), name, None)) or ""
    return text.split("\n\n")[0].replace("\n", " ")


def visit_computed(self, node: computed_node) -> None:
    text = node.children[0].astext()
    if is_pdf(self):
        self.body.append(f'<span class="fact computed">{escape(text)}{MARK}</span>')
    else:
        self.body.append(
            card_html(
                node["origin"],
                text,
                self.builder.get_relative_uri(page_of(self), SOURCES_PAGE),
                next_name(self, "card"),
            )
        )
    raise nodes.SkipNode


def visit_made(self, node: made_node) -> None:
    self.body.append(
        made_html(node["origin"], self.builder.get_relative_uri(page_of(self), SOURCES_PAGE))
    )
    raise nodes.SkipNode
