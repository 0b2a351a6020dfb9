"""Places of a page that the build fills: the cite box, the tables of data, the reading ease of the
page itself.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from assessment.book.site import citation, data_archive
from assessment.book.sphinx.html_writers import page_of
from assessment.book.sphinx.nodes import (
    chart_node,
    computed_node,
    fact_node,
    filled_node,
    made_node,
    table_node,
)
from assessment.book.sphinx.reading_ease import ReadingEase, reading_ease
from assessment.presentation import numbers, words

MOST_WORDS = 600  # of a page that carries {reading-ease}
logger = logging.getLogger(__name__)


class Filled(SphinxDirective):
    """``{cite-box}``, ``{data-tables}``, ``{reading-ease}``: HTML made when the page is written."""

    def run(self):
        return [filled_node("", what=self.name)]


def page_text(doctree) -> str:
    """What a reader reads of a page, one paragraph or list item after another, with numbers as
    shown; without headings, tables and citations.
    """
    said = []
    for block in doctree.findall(nodes.paragraph):
        if any("source-line" in above.get("classes", ()) for above in _above(block)):
            continue
        said.append(_said(block))
    return "\n".join(text if text[-1] in ".?!:" else text + "." for text in said if text)


def _above(node):
    while (node := node.parent) is not None:
        yield node


def _said(node) -> str:
    if isinstance(node, nodes.Text):
        return node.astext()
    if isinstance(node, (fact_node, computed_node)):
        return node.children[0].astext()
    if isinstance(node, (chart_node, table_node, made_node, filled_node, nodes.raw)):
        return ""
    return (
        " ".join("".join(_said(child) for child in node.children).split())
        if isinstance(node, nodes.paragraph)
        else "".join(_said(child) for child in node.children)
    )


def measure(app, doctree, docname) -> None:
    """Measures a page that carries {reading-ease}; too long a page is a warning, which the strict
    build turns into a failure.
    """
    for place in doctree.findall(filled_node):
        if place["what"] == "reading-ease":
            # in print all pages hang in one tree, but each page's nodes know their own
            page = [place, *_above(place)][-1]
            place["ease"] = ease = reading_ease(page_text(page))
            if ease.words > MOST_WORDS:
                logger.warning(
                    "this page may have %s words and has %s: shorten it",
                    MOST_WORDS,
                    ease.words,
                    location=docname,
                )


def ease_line(ease: ReadingEase) -> str:
    """The measures as a sentence."""
    return words.READING_EASE.format(
        words=numbers.number(ease.words),
        lix=numbers.number(ease.lix),
        flesch=numbers.number(ease.flesch),
    )


def visit_filled(self, node: filled_node) -> None:
    if node["what"] == "cite-box":
        self.body.append(citation.box(self.builder, page_of(self)))
    elif node["what"] == "data-tables":
        self.body.append(data_archive.tables(self.builder, page_of(self)))
    else:
        self.body.append(f'<p class="reading-ease">{ease_line(node["ease"])}</p>')
    raise nodes.SkipNode
