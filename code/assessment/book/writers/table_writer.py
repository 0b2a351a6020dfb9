"""How a table is written into HTML, with facts in its cells."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from docutils import nodes

from assessment.book.doctree.nodes import (
    table_node,
)
from assessment.book.doctree.origin_keys import origin_mark
from assessment.book.writers.text_writer import fact
from assessment.book.writers.writing_state import is_pdf, next_name


def visit_table(self, node: table_node) -> None:
    content = node["content"]
    self.body.append(
        table_html(self, content, content["caption"], content["row_headers"], content["classes"])
    )
    raise nodes.SkipNode


def table_html(
    visitor,
    content: dict,
    caption: str = "",
    row_headers: bool = True,
    classes: Sequence[str] = (),
    label: str = "",
) -> str:
    """A table with scoped headers. It may scroll sideways, so it can be reached by keyboard."""

    def cell(value, numeric: bool, first: bool) -> str:
        tag = "th" if first and row_headers else "td"
        scope = ' scope="row"' if tag == "th" else ""
        shown = (
            fact(visitor, value["fact"], value["text"])
            if isinstance(value, dict)
            else escape(value).replace("\n", "<br>")
        )
        return f"<{tag}{scope}{' class=number' if numeric else ''}>{shown}</{tag}>"

    head = "".join(
        f'<th scope="col"{" class=number" if n else ""}>{escape(c)}</th>'
        for c, n in zip(content["columns"], content["numeric"])
    )
    body = "".join(
        "<tr>"
        + "".join(cell(v, n, i == 0) for i, (v, n) in enumerate(zip(row, content["numeric"])))
        + "</tr>"
        for row in content["rows"]
    )
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    label = escape(label or caption or next_name(visitor, "table"), quote=True)
    origin = "" if is_pdf(visitor) else origin_mark(content.get("origin"))
    return (
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{label}"><table'
        f' class="{" ".join(["data", *classes])}"{origin}>{title}'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
