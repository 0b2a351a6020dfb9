"""What a reader reads of a page: its paragraphs and lists, with numbers as shown."""

from __future__ import annotations

from docutils import nodes

from assessment.book.doctree.nodes import (
    chart_node,
    computed_node,
    fact_node,
    made_node,
    placeholder_node,
    table_node,
)


def page_text(doctree) -> str:
    """What a reader reads of a page, one paragraph or list item after another, with numbers as
    shown; without headings, tables and citations.
    """
    said = []
    for block in doctree.findall(nodes.paragraph):
        if any("source-line" in above.get("classes", ()) for above in above(block)):
            continue
        said.append(_said(block))
    return "\n".join(text if text[-1] in ".?!:" else text + "." for text in said if text)


def above(node):
    while (node := node.parent) is not None:
        yield node


def _said(node) -> str:
    if isinstance(node, nodes.Text):
        return node.astext()
    if isinstance(node, (fact_node, computed_node)):
        return node.children[0].astext()
    if isinstance(node, (chart_node, table_node, made_node, placeholder_node, nodes.raw)):
        return ""
    return (
        " ".join("".join(_said(child) for child in node.children).split())
        if isinstance(node, nodes.paragraph)
        else "".join(_said(child) for child in node.children)
    )
