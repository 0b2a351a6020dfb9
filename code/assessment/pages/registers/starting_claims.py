"""The claims of the documents the book began from, and where each stands in it."""

from __future__ import annotations

from html import escape

from assessment.evidence import load_conflicts, load_facts, load_register, load_sources, quotation
from assessment.pages.registers.anchors import fact_address, note_anchor
from assessment.pages.registers.fact_tables import source_html
from assessment.pages.registers.register_words import WORDS, Html
from assessment.presentation import numbers
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _

OF_THE_NOTE = "egnethet."  # quotations whose ids begin so stand in the form of the note
ALL_CLAIMS = _("All {n} claims")
PAGES = {
    "background": _("background"),
    "mechanism": _("mechanism of action"),
    "plain-language": _("in plain words"),
    "regulatory-status": _("regulatory status"),
}


def starting_claims() -> Html:
    """Every claim with a link to where it stands, or why it was left out, by document, each
    document's claims folded. KeyError for a place there is not.
    """
    register = load_register("starting-claims")
    head = "".join(f'<th scope="col">{WORDS[k]}</th>' for k in ("claim", "stands"))
    parts = []
    for source, claims in register.groupby("source", sort=False):
        rows = "".join(
            f'<tr><th scope="row">{escape(row.claim)}</th><td>{_stands(row)}</td></tr>'
            for row in frame_rows(claims)
        )
        title = escape(load_sources()[str(source)].title)
        parts.append(
            f"<h3>{title}</h3><p>{source_html(str(source), None)}</p>"
            f'<details class="claims"><summary>{ALL_CLAIMS.format(n=len(claims))}</summary>'
            f'<div class="table-scroll" tabindex="0" role="region" aria-label="{title}"><table'
            f' class="data long"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></details>'
        )
    return Html("".join(parts))


def _stands(row) -> str:
    if row.kind == "left out":
        return WORDS["left_out"].format(reason=escape(row.reason))
    return "; ".join(place_link(row.kind, place) for place in row.place.split())


def place_link(kind: str, place: str) -> str:
    """A link from a page of chapters/ to a fact, event, quotation, conflict or page. KeyError when
    there is none of that name.
    """
    if kind == "fact":
        fact = load_facts()[place]
        address = fact_address(fact.id)
        said = f"{fact.label}: {numbers.fact_text(fact)}"
    elif kind == "event":
        events = load_register("events").set_index("id")
        address = "regulatory-status.html"
        said = f"{numbers.partial_date(str(events['date'][place]))}: {events['title'][place]}"
    elif kind == "conflict":
        address = f"conflicts.html#conflict-{place.replace('_', '-')}"
        said = {conflict.id: conflict.title for conflict in load_conflicts()}[place]
    elif kind == "quotation":
        own = place.startswith(OF_THE_NOTE)
        address = f"#{note_anchor(place)}" if own else "regulatory-status.html"
        row = quotation(place)
        said = f"“{row['section_en']}”"
    else:
        address, said = f"{place}.html", PAGES[place]
    return f'<a href="{address}">{escape(said)}</a>'
