"""Reporting checklists, item by item: what is asked, whether the book answers it, and where."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from assessment.evidence import load_register
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.registers.register_words import Html
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.glue_keys import qualified
from assessment.presentation.language import _

ANSWERS = {
    "reported": _("reported"),
    "in part": _("in part"),  # not translated: key
    "not reported": _("not reported"),  # not translated: key
    "not applicable": _("not applicable"),  # not translated: key
    "not readable": _("not readable"),  # not translated: key
}
# The keys of the texts about each checklist.
KEYS = {
    "CHEERS 2022": "cheers",
    "DMP submission": "dmp",  # not translated: as in the register
    "TECH-VER": "techver",
}
PAGES = {
    "about": _("About this book"),
    "accessibility": _("Accessibility"),
    "background": _("Background"),
    "comparisons": _("Comparisons"),
    "comparisons-detail": _("Comparisons in detail"),
    "data": _("Data"),
    "economics": _("Economics"),
    "economics-inputs": _("Inputs of the model"),
    "economics-model": _("The model"),
    "economics-scenarios": _("Scenarios and uncertainty"),
    "index": _("Front page"),
    "pico": _("PICO"),
    "references": _("References"),
    "regulatory-status": _("Regulatory status"),
    "sources": _("Sources"),
    "sources-economics": _("Facts of the economic model"),
    "trial-curves": _("How the trial's curves were made"),
    "trial-evidence": _("Trial evidence"),
    "validation": _("Validation"),
    "what-changed": _("What changed"),
    "workbook": _("The Excel workbook"),
}
COLUMNS = (_("Item"), _("What is asked"), _("Answer"), _("Where, and how or why not"))


def items(checklist: str | None = None) -> pd.DataFrame:
    """The items of a checklist, or of all, in their order."""
    frame = load_register("reporting-items")
    return frame if checklist is None else frame[frame["checklist"] == checklist]


def counts(checklist: str) -> dict[str, int]:
    """How many items of a checklist have each answer."""
    found = items(checklist)["answer"].value_counts()
    return {answer: int(found.get(answer, 0)) for answer in ANSWERS}


def items_table(checklist: str) -> Html:
    """Every item of a checklist with its answer, and links to where the book has it."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in COLUMNS)
    body, part = "", ""
    for item in frame_rows(items(checklist)):
        if item.part != part:
            part = item.part
            body += (
                f'<tr><th scope="rowgroup" colspan="{len(COLUMNS)}">'
                f"{escape(part[:1].upper() + part[1:])}</th></tr>"
            )
        body += _row(item)
    return Html(
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{escape(checklist)}">'
        f'<table class="data long"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _row(item: Any) -> str:
    links = "; ".join(_link(place) for place in (item.where or "").split())
    said = [escape(text) for text in (item.how, _tests(item.tests)) if text]
    where = ". ".join(part for part in (links, " ".join(said)) if part)
    return (
        f'<tr id="{item.id.replace(".", "-")}"><th scope="row">{item.number}</th>'
        f"<td>{escape(item.item)}</td><td>{escape(ANSWERS[item.answer])}</td><td>{where}</td></tr>"
    )


def _tests(names: str | None) -> str:
    return _("Tests {names}.").format(names=names.replace(" ", ", ")) if names else ""


def _link(place: str) -> str:
    """A link to a place of the book, named by its page and the words of its address."""
    page, _hash, anchor = place.partition("#")
    file = "../index.html" if page == "index" else f"{page}.html"
    name = f"{PAGES[page]}: {anchor.replace('-', ' ')}" if anchor else PAGES[page]
    return f'<a href="{file}{f"#{anchor}" if anchor else ""}">{escape(name)}</a>'


@computed
def texts() -> dict[str, str]:
    """How many items of each checklist are answered, by key."""
    glued: dict[str, str] = {}
    for checklist, short in KEYS.items():
        found = counts(checklist)
        shown = {
            "checklist_items": str(sum(found.values())),
            "checklist_reported": str(found["reported"]),
            "checklist_in_part": str(found["in part"]),
            "checklist_not_reported": str(found["not reported"]),
            "checklist_not_readable": str(found["not readable"]),
        }
        glued |= qualified(shown, short)
    return glued
