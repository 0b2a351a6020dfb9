"""What each page shows that other pages, the search and the page's status name: its figures, what its
numbers, figures and tables were made from, and the facts it rests on. Noted when a page is read, so that
nobody has to open every page.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from docutils import nodes
from sphinx.environment.collectors import EnvironmentCollector

from assessment.book.doctree.nodes import chart_node, computed_node, fact_node, table_node
from assessment.book.doctree.origin_keys import ORIGINS, origin_key
from assessment.book.doctree.page_shown import PageShown, shown_on
from assessment.evidence import load_facts
from assessment.pages.registers.anchors import anchor

# A row of a register of facts, or a link to one: registers are written as HTML.
ROW = re.compile(r'(?:<tr id="|#)(fact-[\w-]+)"')


class ShownCollector(EnvironmentCollector):
    """Keeps a PageShown for every page, with the environment."""

    def clear_doc(self, app, env, docname) -> None:
        shown_on(env).pop(docname, None)

    def merge_other(self, app, env, docnames, other) -> None:
        shown_on(env).update({name: shown_on(other)[name] for name in docnames})

    def process_doc(self, app, doctree) -> None:
        origins = tuple(filter(None, _origins(doctree)))
        shown_on(app.env)[app.env.docname] = PageShown(
            tuple(_figures(doctree)), origins, tuple(sorted(set(_facts(doctree, origins))))
        )


def write_origins(app, exception) -> None:
    """Handler of Sphinx's ``build-finished``: what every origin on some page stands for, by its key."""
    if exception is not None or app.builder.name != "html":
        return
    shown = shown_on(app.env).values()
    by_key = {origin_key(origin): origin for page in shown for origin in page.origins}
    text = json.dumps(by_key, sort_keys=True, ensure_ascii=False)
    Path(app.outdir, ORIGINS).write_text(text, encoding="utf-8")


def _figures(doctree):
    for figure in doctree.findall(nodes.figure):
        caption = next(iter(figure.findall(nodes.caption)), None)
        if caption is not None and figure["ids"]:
            name = figure["names"][0] if figure["names"] else figure["ids"][0]
            yield name, " ".join(caption.astext().split()), figure["ids"][0]


def _facts(doctree, origins):
    yield from (node["fact"] for node in doctree.findall(fact_node))
    for origin in origins:
        yield from origin["facts"]
    for kind in (chart_node, table_node):
        for node in doctree.findall(kind):
            table = node["content"].get("table") or node["content"]
            cells = (cell for row in table.get("rows", ()) for cell in row)
            yield from (cell["fact"] for cell in cells if isinstance(cell, dict))
    listed = {row for raw in doctree.findall(nodes.raw) for row in ROW.findall(raw.astext())}
    if listed:
        yield from (fact.id for fact in load_facts() if anchor(fact.id) in listed)


def _origins(doctree):
    yield from (node["origin"] for node in doctree.findall(computed_node))
    for kind in (chart_node, table_node):
        yield from (node["content"].get("origin") for node in doctree.findall(kind))
