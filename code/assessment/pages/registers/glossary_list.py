"""Every term in plain words."""

from __future__ import annotations

from html import escape

from assessment.case.definition import load_case
from assessment.evidence import load_register
from assessment.pages.registers.anchors import term_anchor
from assessment.pages.registers.register_words import Html
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import ENGLISH, LANGUAGE, said_in_data

OFFICIAL = LANGUAGE == load_case().language.id  # whether this edition is in the official language


def glossary() -> Html:
    """Every term in plain words, alphabetically, with the term in the other language."""
    rows = frame_rows(load_register("glossary"))
    entries = "".join(
        f'<div class="term" id="{term_anchor(r.term)}">'
        f"<dt>{escape(own_term(r))}{_other(r)}</dt><dd>{escape(said_in_data(r.definition))}</dd></div>"
        for r in sorted(rows, key=lambda r: own_term(r).lower())
    )
    return Html(f'<dl class="glossary">{entries}</dl>')


def own_term(row) -> str:
    """The term as this edition calls it: the official one where that is its language."""
    return row.original if OFFICIAL and row.original else row.term


def _other(row) -> str:
    """The term in the other language, where it is another word."""
    language, term = (ENGLISH, row.term) if OFFICIAL else (load_case().language.id, row.original)
    if not term or term == own_term(row):
        return ""
    return f' · <span lang="{language}">{escape(term)}</span>'
