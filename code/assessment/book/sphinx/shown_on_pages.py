"""What each page shows that other pages and the search name: its figures, and what its numbers,
figures and tables were made from. Noted when a page is read, so that nobody has to open every page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes
from sphinx.environment.collectors import EnvironmentCollector

from assessment.book.doctree.nodes import chart_node, computed_node, table_node
from assessment.book.doctree.origin_keys import ORIGINS, origin_key


@dataclass(frozen=True)
class PageShown:
    """``figures``: name, caption and id of each; ``origins``: as notebook outputs carry them."""

    figures: tuple[tuple[str, str, str], ...]
    origins: tuple[dict, ...]


class ShownCollector(EnvironmentCollector):
    """Keeps a PageShown for every page, with the environment."""

    def clear_doc(self, app, env, docname) -> None:
        shown_on(env).pop(docname, None)

    def merge_other(self, app, env, docnames, other) -> None:
        shown_on(env).update({name: shown_on(other)[name] for name in docnames})

    def process_doc(self, app, doctree) -> None:
        shown_on(app.env)[app.env.docname] = PageShown(
            tuple(_figures(doctree)), tuple(filter(None, _origins(doctree)))
        )


def shown_on(env) -> dict[str, PageShown]:
    """What each page read so far shows, by page."""
    if not hasattr(env, "assessment_shown"):
        env.assessment_shown = {}
    return env.assessment_shown


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


def _origins(doctree):
    yield from (node["origin"] for node in doctree.findall(computed_node))
    for kind in (chart_node, table_node):
        yield from (node["content"].get("origin") for node in doctree.findall(kind))
