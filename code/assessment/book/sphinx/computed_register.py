"""The register of computed numbers: every function whose results are shown, what it read, and where
it is shown."""

from __future__ import annotations

import importlib
import inspect
from dataclasses import dataclass, field
from html import escape

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from assessment.book.doctree.nodes import computed_register_node
from assessment.book.doctree.page_names import DATA_PAGE, SOURCES_PAGE
from assessment.book.doctree.page_shown import shown_on
from assessment.book.writers.computed_cards import count_inputs
from assessment.evidence import load_facts, resources
from assessment.pages.registers.anchors import fact_address, made_anchor
from assessment.presentation import words

LISTED_ONCE = 5  # facts and tables; so many are listed for the first function that read them


class ComputedRegister(SphinxDirective):
    """``{computed-register}``: every function whose results are shown, with what it read and where
    it is shown.
    """

    def run(self):
        return [computed_register_node("")]


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
    for page, shown in sorted(shown_on(env).items()):
        for origin in shown.origins:
            entry = found.setdefault(origin["function"], Entry())
            entry.facts.update(dict.fromkeys(origin["facts"]))
            entry.tables.update(dict.fromkeys(origin["tables"]))
            entry.pages[page] = None
    return dict(sorted(found.items()))


def visit_register(self, node: computed_register_node) -> None:
    self.body.append('<div class="made-register web-only">')
    first: dict[frozenset[str], str] = {}  # what was read, and the first function that read it
    for function, entry in register(self.builder.env).items():
        read = frozenset([*entry.facts, *entry.tables])
        before = first.setdefault(read, function)
        same = before if before and before != function and len(read) >= LISTED_ONCE else None
        self.body.append(_entry_html(self.builder, function, entry, same))
    self.body.append("</div>")
    raise nodes.SkipNode


def _entry_html(builder, function: str, entry: Entry, same: str | None) -> str:
    """An entry; ``same``: the function above that read the same, so that it is not listed again."""
    facts, w = load_facts(), words.COMPUTED
    titles = {r["name"]: r["title"] for r in resources()}
    pages = ", ".join(
        f'<a href="{builder.get_relative_uri(SOURCES_PAGE, p)}">{escape(builder.env.titles[p].astext())}</a>'
        for p in entry.pages
    )
    # without its value, which stands in the row that the link leads to
    items = "".join(
        f"<li>{words.STATUS_MARKS[facts[i].status]} <a"
        f' href="{fact_address(i)}">{escape(facts[i].label)}</a></li>'
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
        f" {escape(count_inputs(origin))}</summary><noscript><ul>{items}</ul></noscript></details>"
        if items
        else f"<p>{w['from']}: {w['nothing']}</p>"
    )
    if same:
        said = w["same"].format(
            inputs=escape(count_inputs(origin)),
            function=f'<a href="#{made_anchor(same)}"><code>{escape(same)}</code></a>',
        )
        listed = f"<p>{w['from']}: {said}</p>"
    name = f"<code>{escape(function)}</code>" if function else w["here"]
    return (
        f'<section class="made" id="{made_anchor(function)}">'
        f"<h3>{name}</h3><p>{escape(function_purpose(function))}"
        f" {w['shown']}: {pages}.</p>{listed}</section>"
    )


def function_purpose(function: str) -> str:
    """The first sentence of a function's docstring; "" when it has none."""
    module, _, name = function.rpartition(".")
    if not module:
        return ""
    text = inspect.getdoc(getattr(importlib.import_module(module), name, None)) or ""
    return text.split("\n\n")[0].replace("\n", " ")
