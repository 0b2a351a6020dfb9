"""Turns the outputs of cells (charts and tables) into nodes of the document; named as entry points
in pyproject.toml.
"""

from __future__ import annotations

from docutils import nodes

from assessment.book.doctree.nodes import (
    PackedContent,
    chart_node,
    made_node,
    quotation_node,
    table_node,
)
from assessment.evidence import load_facts
from assessment.presentation import words
from assessment.presentation.show import CHART_MIME, LAB_MIME, QUOTATION_MIME, TABLE_MIME


class ChartOutput:
    """Charts: one execution serves the site and the PDF; each builder draws its own form."""

    mime_priority_overrides = [("*", CHART_MIME, 1)]

    @staticmethod
    def handle_mime(renderer, data, inline):
        if data.mime_type == LAB_MIME:  # the same chart for JupyterLab only
            return []
        if data.mime_type != CHART_MIME:
            return None
        content = data.content
        return [
            chart_node(
                "",
                *_source_line(
                    renderer, _sources(content["table"], content["sources"]), content["note"]
                ),
                content=PackedContent(content),
            ),
            *_made(content),
        ]


class TableOutput:
    """Tables, with facts in cells linked to their sources."""

    mime_priority_overrides = [("*", TABLE_MIME, 1)]

    @staticmethod
    def handle_mime(renderer, data, inline):
        if data.mime_type != TABLE_MIME:
            return None
        return [
            table_node("", content=PackedContent(data.content)),
            *_source_line(renderer, _sources(data.content, []), ""),
            *_made(data.content),
        ]


class QuotationOutput:
    """Official wordings with their English, and the source below."""

    mime_priority_overrides = [("*", QUOTATION_MIME, 1)]

    @staticmethod
    def handle_mime(renderer, data, inline):
        if data.mime_type != QUOTATION_MIME:
            return None
        return [
            quotation_node("", content=data.content),
            *_source_line(renderer, [data.content["source"]], "", data.content["locator"] or ""),
        ]


def _made(content: dict) -> list[nodes.Node]:
    """The line that names the function and counts its facts; nothing when the output does not say."""
    origin = content.get("origin") or {}
    return (
        [made_node("", origin=origin)]
        if origin.get("function") and (origin["facts"] or origin["tables"])
        else []
    )


def _sources(content: dict, given: list[str]) -> list[str]:
    """Bibliography keys of a figure or table: those given, and those of every fact in its cells."""
    facts = load_facts()
    keys = dict.fromkeys(given)
    for row in content["rows"]:
        for cell in row:
            if isinstance(cell, dict) and (source := facts[cell["fact"]].source):
                keys.setdefault(source)
    return list(keys)


def _source_line(renderer, keys: list[str], note: str, where: str = "") -> list[nodes.Node]:
    """A paragraph 'Source: [1] [2]' with real citations, with the place ``where`` in them, and one
    with the note; nothing when there is neither.
    """
    cited = " ".join(f"{{cite:p}}`{key}`" for key in keys) + (f", {where}" if where else "")
    text = f"{words.SOURCE_LINE}: {cited}\n\n{note}" if keys else note
    if not text:
        return []
    box = nodes.container(classes=["source-line"])
    with renderer.renderer.current_node_context(box):
        renderer.renderer.nested_render_text(text.strip(), 0)
    for number, paragraph in enumerate(box.findall(nodes.paragraph)):
        if number or not keys:
            paragraph["classes"].append("remark")
        paragraph["translatable"] = False  # its words come from the code, which has translated them
    return [box]
