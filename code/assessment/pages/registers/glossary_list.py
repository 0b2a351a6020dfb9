"""Every term in plain words."""

from __future__ import annotations

from html import escape

from assessment.evidence import (
    load_register,
)
from assessment.pages.registers.anchors import term_anchor
from assessment.pages.registers.register_words import Html
from assessment.presentation.frame_rows import frame_rows


def glossary() -> Html:
    """Every term in plain words, alphabetically, with the Norwegian term."""
    frame = load_register("glossary").sort_values("term", key=lambda column: column.str.lower())
    entries = "".join(
        f'<div class="term" id="{term_anchor(r.term)}">'
        f"<dt>{escape(r.term)}{_norwegian(r.original)}</dt><dd>{escape(r.definition)}</dd></div>"
        for r in frame_rows(frame)
    )
    return Html(f'<dl class="glossary">{entries}</dl>')


def _norwegian(term: str | None) -> str:
    return f' · <span lang="nb">{escape(term)}</span>' if term else ""
