"""Every fact of the book in one list, and the groups that have a page each."""

from __future__ import annotations

from collections import Counter
from html import escape

import pandas as pd

from assessment.evidence import Fact, load_facts, resources
from assessment.pages.registers.anchors import SOURCES, anchor, fact_address, fact_page, group_of
from assessment.pages.registers.register_words import Html
from assessment.presentation import numbers, words
from assessment.presentation.language import _

W = {
    "find": _("Find a fact by a word or a number"),
    "found": _("{n} of {all} facts; the first {most} are listed"),
    "group": _("Group"),
    "facts": _("Facts"),
    "checked": _("Checked since"),
    "all": _("All facts, each with a link to its row"),
}
MOST = 40  # facts that the list of those found shows


def fact_groups() -> Html:
    """The groups of facts that have a page each: how many facts, their statuses, and the oldest of their
    checks.
    """
    facts = pd.DataFrame(
        {"group": group_of(f.id), "page": fact_page(f.id), "status": f.status, "day": f.checked}
        for f in load_facts()
    )
    titles = {r["name"].removeprefix("facts-"): r["title"] for r in resources()}
    head = "".join(
        f'<th scope="col">{name}</th>'
        for name in (W["group"], W["facts"], *map(_marked, words.STATUS_MARKS), W["checked"])
    )
    rows = ""
    for group, of_it in facts.groupby("group", sort=False):
        counts = Counter(of_it["status"])
        page = of_it["page"].iloc[0]
        cells = "".join(
            f'<td class="number">{numbers.number(counts[s])}</td>' for s in words.STATUS_MARKS
        )
        rows += (
            f'<tr><th scope="row"><a href="{page}.html#{_first(str(group))}">'
            f"{escape(titles[str(group)])}</a></th>"
            f'<td class="number">{numbers.number(len(of_it))}</td>{cells}'
            f"<td>{numbers.day(of_it['day'].min())}</td></tr>"
        )
    return Html(
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{W["group"]}"><table'
        f' class="data"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _first(group: str) -> str:
    """Where a group begins on its page: at its first fact."""
    return next(anchor(f.id) for f in load_facts() if group_of(f.id) == group)


def _marked(status: str) -> str:
    return f"{words.STATUS_MARKS[status]} {words.STATUS_NAMES[status]}"


def fact_index() -> Html:
    """A field that finds any fact of the book, and all facts as links.

    The list stands in <noscript>, one piece of text where scripts run: the field looks into it, and so
    does an address of a fact on this page, as they were before the groups had pages of their own.
    """
    items = "".join(_item(f) for f in load_facts())
    said = escape(W["found"].format(n="{n}", all="{all}", most=MOST))
    return Html(
        f'<div class="web-only fact-index" data-most="{MOST}"><form hidden><label>{W["find"]}'
        '<input type="search" autocomplete="off"></label>'
        f'<output aria-live="polite" data-text="{said}"></output></form>'
        f'<ul class="facts-found"></ul><noscript><p>{W["all"]}:</p><ul>{items}</ul></noscript></div>'
        '<script src="../_static/book/fact_index.js" defer></script>'
    )


def _item(fact: Fact) -> str:
    who = f" ({escape(fact.population)})" if fact.population else ""
    # a fact with its row on this page has its place there
    place = "" if fact_page(fact.id) == SOURCES else f' id="{anchor(fact.id)}"'
    return (
        f'<li{place}><a href="{fact_address(fact.id)}">{escape(fact.label)}</a>{who}:'
        f" {escape(numbers.fact_text(fact))}</li>\n"
    )
