"""Every conflict between sources: all in one table, and each with what every source says."""

from __future__ import annotations

from html import escape

from assessment.case.definition import load_case
from assessment.evidence import load_conflicts, load_facts
from assessment.evidence.registers import Claim, Conflict
from assessment.pages.registers.anchors import conflict_anchor, fact_address
from assessment.pages.registers.fact_tables import source_html
from assessment.pages.registers.register_words import WORDS, Html
from assessment.presentation import numbers, words
from assessment.presentation.language import _

OPEN, SETS, SETTLED = "open", "analysis sets", "settled"  # not translated: keys
GROUPS = {
    OPEN: _("open question"),
    SETS: _("analysis sets differ"),
    SETTLED: _("settled"),
}
EFFECTS = {
    "yes": _("yes"),
    "not known": _("cannot be told"),  # not translated: key
    "small": _("a little"),
    "no": _("no"),
}
W = {
    "topic": _("Topic"),
    "range": _("What is said"),
    "used": _("Used here"),
    "effect": _("Does it change a result?"),
    "group": _("Kind"),
    "statements": _("{n} statements"),
    "said": _("What it is, and in which set of patients"),
    "number": _("Value or wording"),
    "where": _("Source"),
    "not_found": _("could not be found or read"),
    "in_words": _("In words"),
    "no_effect": _("Those that change no result: {n}"),
    "all": _("All disagreements between sources, by their effect on the results"),
}
UNKNOWN = "unknown"  # not translated: a status
VALUES_TOLD = 3  # values in the overview; with more, their number is told


def group(conflict: Conflict) -> str:
    """OPEN while the book waits for a better source, else SETS where sources count other patients or
    another moment, else SETTLED.
    """
    if conflict.state == "open":
        return OPEN
    return SETS if conflict.kind == "analysis set" else SETTLED


def _by_effect() -> list[Conflict]:
    order, groups = list(EFFECTS), list(GROUPS)
    return sorted(
        load_conflicts(), key=lambda c: (order.index(c.effect), groups.index(group(c)), c.title)
    )


def conflicts_overview() -> Html:
    """One line for each conflict, those that change a result first; nothing where there is none."""
    if not load_conflicts():
        return Html("")
    rows = [
        f'<tr><th scope="row"><a href="#{conflict_anchor(c.id)}">{escape(c.title)}</a></th>'
        + _cell("range", _range(c))
        + _cell("used", escape(c.uses))
        + _cell("effect", EFFECTS[c.effect])
        + _cell("group", GROUPS[group(c)])
        + "</tr>"
        for c in _by_effect()
    ]
    none = sum(c.effect == "no" for c in load_conflicts())
    first, rest = rows[: len(rows) - none], rows[len(rows) - none :]
    folded = W["no_effect"].format(n=numbers.number(none))
    return Html(
        _overview(first)
        + (f"<details><summary>{folded}</summary>{_overview(rest)}</details>" if rest else "")
    )


def _overview(rows: list[str]) -> str:
    return _table(
        ("topic", "range", "used", "effect", "group"), "".join(rows), W["all"], "overview"
    )


def _cell(name: str, html: str) -> str:
    return f'<td data-label="{escape(W[name], quote=True)}">{html}</td>'


def _table(columns: tuple[str, ...], rows: str, name: str, kind: str) -> str:
    head = "".join(f'<th scope="col">{W[column]}</th>' for column in columns)
    return (
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{escape(name)}"><table'
        f' class="data cards conflict-{kind}"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>'
        "</table></div>"
    )


def _range(conflict: Conflict) -> str:
    """The values that facts carry, where there are few; else how many statements there are."""
    facts = load_facts()
    carried = [facts[c.fact] for c in conflict.claims if c.fact]
    values = dict.fromkeys(numbers.fact_text(f) for f in carried if f.status != UNKNOWN)
    if 1 < len(values) <= VALUES_TOLD and all(len(value) < 40 for value in values):
        return escape("; ".join(values))
    return W["statements"].format(n=numbers.number(len(conflict.claims)))


def conflicts(which: str) -> Html:
    """The conflicts of a group, those that change a result first: what each source says, what the book
    uses, why, and what it changes. ValueError for a group there is not.
    """
    if which not in GROUPS:
        raise ValueError(f"group of conflicts: found '{which}'. Allowed: {', '.join(GROUPS)}")
    return Html("".join(_conflict(c) for c in _by_effect() if group(c) == which))


def _conflict(conflict: Conflict) -> str:
    rows = "".join(_claim(claim) for claim in conflict.claims)
    return (
        f'<section class="conflict" id="{conflict_anchor(conflict.id)}"><h3>{escape(conflict.title)}</h3><p'
        f' class="conflict-kind">{escape(conflict.kind)} · {W["effect"]} {EFFECTS[conflict.effect]} · '
        f"{WORDS['checked']} {numbers.day(conflict.checked)}</p>"
        f"{_table(('said', 'number', 'where'), rows, conflict.title, 'claims')}"
        f"<p><b>{WORDS['uses']}:</b> {escape(conflict.uses)} {escape(conflict.reason)}</p>"
        f"<p><b>{WORDS['matters']}:</b> {escape(conflict.consequence)}</p></section>"
    )


def _claim(claim: Claim) -> str:
    used = f" <strong>({WORDS['used']})</strong>" if claim.used else ""
    if claim.fact is None:
        said, number = W["in_words"], _worded(claim)
        source, locator = claim.source, claim.locator
    else:
        fact = load_facts()[claim.fact]
        where = words.ANALYSIS_SETS[fact.analysis_set]
        said = escape(fact.label) + (f" ({escape(where)})" if where else "")
        told = W["not_found"] if fact.status == UNKNOWN else numbers.fact_text(fact)
        number = f'<a href="{fact_address(fact.id)}">{escape(told)}</a>'
        source, locator = fact.source, fact.locator
    where = source_html(source, locator) if source else "–"
    cells = _cell("number", number + used) + _cell("where", where)
    return f'<tr><th scope="row">{said}</th>{cells}</tr>'


def _worded(claim: Claim) -> str:
    text = escape(claim.claim or "")
    if not claim.english:
        return text
    return f'<span lang="{load_case().language.id}">«{text}»</span><br>{escape(claim.english)}'
