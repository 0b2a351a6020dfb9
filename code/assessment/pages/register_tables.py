"""The registers as pages: every fact with its source, every conflict, what changed, the glossary,
the suitability form.
"""

from __future__ import annotations

from html import escape

import pandas as pd

from assessment.evidence import (
    Fact,
    load_conflicts,
    load_facts,
    load_register,
    load_sources,
    quotation,
    resources,
)
from assessment.presentation import numbers, words

WORDS = {
    "filter_text": "Find",
    "filter_status": "Status",
    "filter_set": "Analysis set",
    "filter_all": "all",
    "count": "{n} of {all} facts shown",
    "fact": "Fact",
    "value": "Value",
    "who": "Who",
    "source": "Source",
    "status": "Status",
    "uses": "This book uses",
    "because": "Because",
    "matters": "What it changes",
    "says": "What the sources say",
    "used": "used here",
    "open": "open",
    "settled": "settled",
    "checked": "checked",
    "read_in": "read in",
    "unknown_source": "no source",
    "date": "Date",
    "what": "What changed",
    "effect": "Effect on results",
    "conclusion": "Conclusion changed?",
    "section": "Where",
    "from_to": "from {before} to {after}",
    "form": "the suitability note as a form",
    "field": "Field",
    "wording": "Wording of the note",
    "english": "In English (ours)",
    "days": "days",
    "rules": "Rules",
    "checks": "Checks of sources",
}


class Html(str):
    """HTML that a cell returns as it stands."""

    def _repr_html_(self) -> str:
        return str(self)


def anchor(fact_id: str) -> str:
    """The id of a fact's row on the sources page."""
    return "fact-" + fact_id.replace(".", "-").replace("_", "-")


def term_anchor(term: str) -> str:
    """The id of a term's entry on the glossary page."""
    return f"term-{_slug(term)}"


def filter_form() -> Html:
    """The form that filters the tables of facts; a script shows it, so without one there is no dead
    control.
    """
    facts = load_facts()

    def menu(name: str, label: str, options: dict[str, str]) -> str:
        shown = "".join(
            f'<option value="{escape(k)}">{escape(v)}</option>' for k, v in options.items()
        )
        return (
            f'<label>{escape(label)}<select name="{name}"><option'
            f' value="">{WORDS["filter_all"]}</option>{shown}</select></label>'
        )

    statuses = {s: f"{mark} {s}" for s, mark in words.STATUS_MARKS.items()}
    sets = {
        s: words.ANALYSIS_SETS[s]
        for s in dict.fromkeys(f.analysis_set for f in facts)
        if words.ANALYSIS_SETS[s]
    }
    return Html(
        '<form class="filter web-only" data-rows="table.facts"'
        f' hidden><label>{WORDS["filter_text"]}<input type="search" autocomplete="off"></label>'
        f"{menu('status', WORDS['filter_status'], statuses)}"
        f"{menu('set', WORDS['filter_set'], sets)}"
        f'<output aria-live="polite" data-text="{WORDS["count"]}"></output></form>'
    )


def facts_table(name: str) -> Html:
    """Every fact of ``data/facts/<name>.csv`` with value, population, source and status."""
    path = next(f"data/{r['path']}" for r in resources() if r["name"] == f"facts-{name}")
    rows = "".join(_fact_row(f) for f in load_facts() if f.file == path)
    head = "".join(
        f'<th scope="col">{WORDS[k]}</th>' for k in ("fact", "value", "who", "source", "status")
    )
    return Html(
        '<table class="data facts'
        f' long"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _fact_row(fact: Fact) -> str:
    note = f'<div class="fact-note">{escape(fact.note)}</div>' if fact.note else ""
    formula = (
        f'<div class="fact-note"><code>= {escape(fact.formula)}</code></div>'
        if fact.formula
        else ""
    )
    who = ", ".join(
        dict.fromkeys(
            p for p in (fact.population, fact.arm, words.ANALYSIS_SETS[fact.analysis_set]) if p
        )
    )
    status = (
        f'<span class="status-mark mark-{fact.status}"'
        f' aria-hidden="true">{words.STATUS_MARKS[fact.status]}</span> {fact.status}'
    )
    return (
        f'<tr id="{anchor(fact.id)}" data-status="{fact.status}" data-set="{fact.analysis_set}">'
        f'<th scope="row">{escape(fact.label)}'
        f'<div class="fact-id"><code>{fact.id}</code></div>{note}{formula}</th>'
        f"<td>{escape(numbers.fact_text(fact))}</td><td>{escape(who)}</td>"
        f"<td>{_source(fact.source, fact.locator)}{_read_in(fact)}</td>"
        f'<td>{status}<div class="fact-note">{numbers.day(fact.checked)}</div></td></tr>'
    )


def _source(key: str | None, locator: str | None) -> str:
    source = load_sources().get(key)
    if source is None:
        return WORDS["unknown_source"]
    name = (
        f'<a href="{escape(source.url)}">{escape(source.short)}</a>'
        if source.url
        else escape(source.short)
    )
    return name + (f", {escape(locator)}" if locator else "")


def _read_in(fact: Fact) -> str:
    return (
        f'<div class="fact-note">{WORDS["read_in"]} {_source(fact.read_in, None)}</div>'
        if fact.read_in
        else ""
    )


def conflicts(state: str) -> Html:
    """Every conflict in this state ('open' or 'settled'): what each source says, what the book
    uses, why, and what it changes.
    """
    return Html("".join(_conflict(c) for c in load_conflicts() if c.state == state))


def _conflict(conflict) -> str:
    used = f" <strong>({WORDS['used']})</strong>"
    claims = "".join(f"<li>{_claim(c)}{used if c.used else ''}</li>" for c in conflict.claims)
    return (
        '<section class="conflict"'
        f' id="conflict-{conflict.id.replace("_", "-")}"><h3>{escape(conflict.title)}</h3><p'
        f' class="conflict-kind">{escape(conflict.kind)} · '
        f"{WORDS[conflict.state]} · {WORDS['checked']}"
        f" {numbers.day(conflict.checked)}</p><ul>{claims}</ul>"
        f"<p><b>{WORDS['uses']}:</b> {escape(conflict.uses)} <b>{WORDS['because']}:</b>"
        f" {escape(conflict.reason)}</p>"
        f"<p><b>{WORDS['matters']}:</b> {escape(conflict.consequence)}</p></section>"
    )


def _claim(claim) -> str:
    if claim.fact is None:
        return f"{escape(claim.claim)} ({_source(claim.source, claim.locator)})"
    fact = load_facts()[claim.fact]
    link = f'<a href="sources.html#{anchor(fact.id)}">{escape(numbers.fact_text(fact))}</a>'
    where = words.ANALYSIS_SETS[fact.analysis_set]
    source = f" ({_source(fact.source, fact.locator)})" if fact.source else ""
    group = f" [{escape(where)}]" if where else ""
    return f"{escape(fact.label)}{group}: {link}{source}"


def changes_newest_first() -> pd.DataFrame:
    """The register of changes, newest first, with ``anchor``: where each stands on its page, the
    same however many are added later.
    """
    frame = load_register("changes")
    of_the_day = frame.groupby("date").cumcount()
    frame = frame.assign(
        anchor=[
            f"change-{day}" + (f"-{number + 1}" if number else "")
            for day, number in zip(frame["date"], of_the_day)
        ]
    )
    return frame.sort_values("date", ascending=False, kind="stable")


def changes() -> Html:
    """What changed in this book, newest first, with its effect and whether the conclusion changed."""
    head = "".join(
        f'<th scope="col">{WORDS[k]}</th>'
        for k in ("date", "section", "what", "effect", "conclusion")
    )
    rows = "".join(
        f'<tr id="{r.anchor}"><th scope="row">{numbers.partial_date(r.date)}</th>'
        f"<td>{escape(r.section)}</td><td>{escape(r.what)}{_from_to(r.before, r.after)}</td>"
        f"<td>{escape(r.effect or '–')}</td><td>{escape(r.conclusion_changed)}</td></tr>"
        for r in changes_newest_first().itertuples()
    )
    return Html(
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{WORDS["what"]}"><table'
        f' class="data"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _from_to(before: str | None, after: str | None) -> str:
    return (
        f" ({escape(WORDS['from_to'].format(before=before, after=after))})"
        if before and after
        else ""
    )


def glossary() -> Html:
    """Every term in plain words, alphabetically, with the Norwegian term."""
    frame = load_register("glossary").sort_values("term", key=lambda column: column.str.lower())
    entries = "".join(
        f'<div class="term" id="{term_anchor(r.term)}">'
        f"<dt>{escape(r.term)}{_norwegian(r.original)}</dt><dd>{escape(r.definition)}</dd></div>"
        for r in frame.itertuples()
    )
    return Html(f'<dl class="glossary">{entries}</dl>')


def source_link(key: str, text: str) -> Html:
    """A link to a document of the register. KeyError when there is none, ValueError when it has no
    address.
    """
    source = load_sources()[key]
    if not source.url:
        raise ValueError(
            f"'{key}' has no url or doi in references/references.bib; add one, or name the document"
            " in words"
        )
    return Html(
        f'<p><a href="{escape(source.url)}">{escape(text)}: {escape(source.title)}</a>'
        f" ({escape(source.author)})</p>"
    )


def upkeep() -> Html:
    """The rules by which the book counts as kept up to date, and the checks of sources, newest
    first.
    """
    rules = "".join(
        f"<li>{numbers.number(r.days)}\u00a0{WORDS['days']}: {escape(r.meaning)}</li>"
        for r in load_register("upkeep").itertuples()
    )
    checks = "".join(
        f"<li>{numbers.partial_date(r.date)}, {escape(r.scope)}: {escape(r.found)}</li>"
        for r in load_register("source-checks").sort_values("date", ascending=False).itertuples()
    )
    return Html(
        f"<p>{WORDS['rules']}:</p><ul>{rules}</ul><p>{WORDS['checks']}:</p><ul>{checks}</ul>"
    )


def _norwegian(term: str | None) -> str:
    return f' · <span lang="nb">{escape(term)}</span>' if term else ""


def _slug(text: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


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
    title = f'<p class="rubric"><span lang="nb">Egnethetsvurdering</span> · {WORDS["form"]}</p>'
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
