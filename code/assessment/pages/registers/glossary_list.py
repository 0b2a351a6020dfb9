"""Every term in plain words."""

from __future__ import annotations

from html import escape

from assessment.case.definition import load_case
from assessment.evidence import load_register
from assessment.pages.registers.anchors import term_anchor
from assessment.pages.registers.register_words import Html
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import ENGLISH, LANGUAGE, _


def glossary() -> Html:
    """Every term in plain words, alphabetically, with the term in the other language."""
    rows = frame_rows(load_register("glossary"))
    entries = "".join(
        f'<div class="term" id="{term_anchor(r.term)}">'
        f"<dt>{escape(_(r.term))}{_other(r)}</dt><dd>{escape(_(r.definition))}</dd></div>"
        for r in sorted(rows, key=lambda r: _(r.term).lower())
    )
    return Html(f'<dl class="glossary">{entries}</dl>')


def _other(row) -> str:
    """The term in the other language: the official one, or the English one on a translated page."""
    official = load_case().language.id
    language, term = (ENGLISH, row.term) if LANGUAGE == official else (official, row.original)
    return (
        f' · <span lang="{language}">{escape(term)}</span>' if term and term != _(row.term) else ""
    )
