"""The suitability note as a form, field by field."""

from __future__ import annotations

import re
from html import escape

from assessment.evidence import (
    load_register,
    quotation,
)
from assessment.pages.registers.anchors import note_anchor
from assessment.pages.registers.register_words import WORDS, Html


def form() -> Html:
    """The suitability note as a form, field by field, in its own order: Norwegian wording and our
    English.

    The note is whole: headings, footnotes and the closing note too.
    """
    rows = [quotation(i) for i in load_register("quotations")["id"] if i.startswith("egnethet.")]
    return Html(_long_form(rows))


_ADDRESS = re.compile(r"https?://[^\s<]+")


# A field of several rows: no line below its name until the last of them.
GOES_ON = ' class="goes-on"'
_PICO = {
    "egnethet.pico.p": "P",
    "egnethet.pico.i": "I",
    "egnethet.pico.c": "C",
    "egnethet.pico.o": "O",
}


def _field(q: dict) -> str:
    letter = f" {_PICO[q['id']]}" if q["id"] in _PICO else ""
    return f'<span lang="nb">{escape(q["section"])}{letter}</span>'


def _long_form(rows: list[dict]) -> str:
    head = "".join(f'<th scope="col">{WORDS[k]}</th>' for k in ("field", "wording", "english"))
    body, before = "", None
    for q, following in zip(rows, [*rows[1:], None]):
        same = _continues(q, before)
        goes_on = following is not None and _continues(following, q["section"])
        name = "" if same else f'{_field(q)}<div class="fact-note">{escape(q["section_en"])}</div>'
        note = f'<div class="fact-note">{_linked(q["note"])}</div>' if q["note"] else ""
        body += (
            f'<tr id="{note_anchor(q["id"])}"{GOES_ON if goes_on else ""}>'
            f'<th scope="row">{name or _hidden(q["section"])}</th>'
            f'<td lang="nb"{_label("wording")}>{_linked(q["original"])}</td>'
            f"<td{_label('english')}>{escape(q['english'])}{note}</td></tr>"
        )
        before = q["section"]
    return (
        '<div class="table-scroll" tabindex="0" role="region"'
        f' aria-label="{WORDS["wording"]}"><table class="data'
        f' cards long note-form"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _label(column: str) -> str:
    """The name of a column, which a phone shows in front of its cell."""
    return f' data-label="{escape(WORDS[column], quote=True)}"'


def _continues(q: dict, section_before: str | None) -> bool:
    """Does a row stand under the name of the field above it?"""
    return q["section"] == section_before and q["id"] not in _PICO


def _linked(text: str) -> str:
    """Text as HTML, its addresses as links."""
    return _ADDRESS.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', escape(text))


def _hidden(text: str) -> str:
    return f'<span class="visually-hidden">{escape(text)}</span>'
