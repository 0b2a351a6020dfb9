"""How facts, quotations and words in another language are written into HTML."""

from __future__ import annotations

from html import escape

from docutils import nodes

from assessment.book.doctree.nodes import (
    fact_node,
    language_node,
    quotation_node,
)
from assessment.book.doctree.page_names import CONFLICTS_PAGE, SOURCES_PAGE
from assessment.book.site import error_reports
from assessment.book.writers import source_cards
from assessment.book.writers.writing_state import is_pdf, next_name, page_of
from assessment.evidence import load_facts
from assessment.presentation.language import ENGLISH, LANGUAGE

# Registers are written in English; within an edition in another language they say so.
ENGLISH_HERE = "" if LANGUAGE == ENGLISH else f' lang="{ENGLISH}"'


def fact(visitor, fact_id: str, text: str) -> str:
    if is_pdf(visitor):
        return (
            f'<span class="fact">{escape(text)}{source_cards.marks(load_facts()[fact_id])}</span>'
        )
    page = page_of(visitor)
    return source_cards.fact_html(
        load_facts()[fact_id],
        text,
        visitor.builder.get_relative_uri(page, SOURCES_PAGE),
        visitor.builder.get_relative_uri(page, CONFLICTS_PAGE),
        next_name(visitor, "card"),
        error_reports.link(visitor.builder, page, fact_id),
    )


def visit_fact(self, node: fact_node) -> None:
    self.body.append(fact(self, node["fact"], node.children[0].astext()))
    if is_pdf(self):
        for citation in node.children[1:]:
            citation.walkabout(self)
    raise nodes.SkipNode


def visit_quotation(self, node: quotation_node) -> None:
    content = node["content"]
    parts = [f'<p lang="{content["language"]}">«{escape(content["original"])}»</p>']
    if content["english"]:
        parts.append(f"<p{ENGLISH_HERE}>{escape(content['english'])}</p>")
        parts.append(
            f'<p class="who">{escape(content["who_original"])}</p><p'
            f' class="who">{escape(content["who_english"])}</p>'
        )
    if content["note"]:
        parts.append(f'<p class="correction"{ENGLISH_HERE}>{escape(content["note"])}</p>')
    single = "" if content["english"] else " single"
    self.body.append(f'<div class="quotation{single}">{"".join(parts)}</div>')
    raise nodes.SkipNode


def visit_language(self, node: language_node) -> None:
    self.body.append(f'<span lang="{node["lang"]}">')


def depart_language(self, node: language_node) -> None:
    self.body.append("</span>")


def visit_fact_text(self, node: fact_node) -> None:
    self.add_text(node.children[0].astext())
    raise nodes.SkipNode
