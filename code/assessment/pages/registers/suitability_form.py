"""The suitability note as a form, field by field."""

from __future__ import annotations

from html import escape

from assessment.evidence import (
    load_register,
    quotation,
)
from assessment.pages.registers.register_words import WORDS, Html


def form(short: bool = False) -> Html:
    """The suitability note as a form, field by field, in its own order: Norwegian wording and our
    English.

    ``short`` gives one line per field for the front page: the English alone for the fields a reader
    asks for first.
    """
    rows = [
        q
        for q in (
            quotation(i) for i in load_register("quotations")["id"] if i.startswith("egnethet.")
        )
        if q["id"] not in _LEFT_OUT
    ]
    return Html(_short_form(rows) if short else _long_form(rows))


_LEFT_OUT = ("egnethet.indication.heading", "egnethet.pico.footnote", "egnethet.not_updated")


_PICO = {
    "egnethet.pico.p": "P",
    "egnethet.pico.i": "I",
    "egnethet.pico.c": "C",
    "egnethet.pico.o": "O",
}


def _field(q: dict) -> str:
    letter = f" {_PICO[q['id']]}" if q["id"] in _PICO else ""
    return f'<span lang="nb">{escape(q["section"])}{letter}</span>'


def _short_form(rows: list[dict]) -> str:
    left_out = ("egnethet.background", "egnethet.mechanism")
    lines = "".join(
        f"<div><dt>{_field(q)}<span"
        f' class="en">{escape(q["section_en"])}</span></dt><dd>{escape(q["english"])}</dd></div>'
        for q in rows
        if not q["id"].startswith(left_out)
    )
    name = "Egnethetsvurdering"  # not translated: the note's own name
    title = f'<p class="rubric"><span lang="nb">{name}</span> · {WORDS["form"]}</p>'
    # in print the whole form follows anyway
    return f'<div class="web-only">{title}<dl class="form">{lines}</dl></div>'


def _long_form(rows: list[dict]) -> str:
    head = "".join(f'<th scope="col">{WORDS[k]}</th>' for k in ("field", "wording", "english"))
    body, before = "", None
    for q in rows:
        same = q["section"] == before and q["id"] not in _PICO
        name = "" if same else f'{_field(q)}<div class="fact-note">{escape(q["section_en"])}</div>'
        note = f'<div class="fact-note">{escape(q["note"])}</div>' if q["note"] else ""
        body += (
            f'<tr><th scope="row">{name or _hidden(q["section"])}</th><td'
            f' lang="nb">{escape(q["original"])}</td><td>{escape(q["english"])}{note}</td></tr>'
        )
        before = q["section"]
    return (
        '<div class="table-scroll" tabindex="0" role="region"'
        f' aria-label="{WORDS["wording"]}"><table class="data'
        f' long"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _hidden(text: str) -> str:
    return f'<span class="visually-hidden">{escape(text)}</span>'
