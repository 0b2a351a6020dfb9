"""Every fact as a table that can be filtered."""

from __future__ import annotations

from html import escape

from assessment.evidence import (
    Fact,
    load_facts,
    load_sources,
    resources,
)
from assessment.pages.registers.anchors import anchor, group_of
from assessment.pages.registers.register_words import WORDS, Html
from assessment.presentation import numbers, words

LONG_ID = 26  # letters of an id that its column holds in a line, about


def filter_form(*groups: str) -> Html:
    """The form that filters the tables of facts on its page, those of ``groups`` or all; a script
    shows it, so without one there is no dead control.
    """
    facts = [f for f in load_facts() if not groups or group_of(f.id) in groups]

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
        f'<span class="nowrap"><span class="status-mark mark-{fact.status}"'
        f' aria-hidden="true">{words.STATUS_MARKS[fact.status]}</span> {fact.status}</span>'
    )
    return (
        f'<tr id="{anchor(fact.id)}" data-status="{fact.status}" data-set="{fact.analysis_set}">'
        f'<th scope="row">{escape(fact.label)}'
        f'<div class="fact-id"><code>{_breakable(fact.id)}</code></div>{note}{formula}</th>'
        f"<td>{escape(numbers.fact_text(fact))}</td><td>{escape(who)}</td>"
        f"<td>{source_html(fact.source, fact.locator)}{_read_in(fact)}</td>"
        f'<td>{status}<div class="fact-note">{numbers.day(fact.checked)}</div></td></tr>'
    )


def _breakable(name: str) -> str:
    """An id that may be longer than its column is broken where its words end."""
    return name.replace(".", ".<wbr>") if len(name) > LONG_ID else name


def source_html(key: str | None, locator: str | None) -> str:
    """A link to a document of the register with the place in it, or that there is none."""
    source = None if key is None else load_sources().get(key)
    if source is None:
        return WORDS["unknown_source"]
    name = (
        f'<a href="{escape(source.url)}">{escape(source.short)}</a>'
        if source.url
        else escape(source.short)
    )
    return name + (f", {escape(locator)}" if locator else "")


def _read_in(fact: Fact) -> str:
    if not fact.read_in:
        return ""
    if fact.read_in == fact.source:
        return f'<div class="fact-note">{WORDS["no_primary"]}</div>'
    return f'<div class="fact-note">{WORDS["read_in"]} {source_html(fact.read_in, None)}</div>'


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
