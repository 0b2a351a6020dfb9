"""What changed, and how the book is kept up to date."""

from __future__ import annotations

from html import escape

import pandas as pd

from assessment.evidence import (
    load_register,
)
from assessment.pages.registers.register_words import WORDS, Html
from assessment.presentation import numbers
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _

SHOWN = 8  # changes that stand open
W = {
    "all": _("Older changes, {n} in all"),
    "before": _("Before"),
    "after": _("After"),
    "effect": _("What it did"),
    "new": _("new"),
    "yes": _("the conclusion changed"),
    "no": _("same conclusion"),
    "computed": _("{said} (computed)"),
    "judged": _("{said} (judged by hand)"),
    "not assessed": _("effect on the conclusion not assessed"),  # not translated: key
}


def changes_newest_first() -> pd.DataFrame:
    """The register of changes, newest first, with ``anchor``: where each stands on its page, and
    ``number``: its place in the register from 1; both the same however many are added later.
    """
    frame = load_register("changes")
    of_the_day = frame.groupby("date").cumcount()
    frame = frame.assign(
        number=range(1, len(frame) + 1),
        anchor=[
            f"change-{day}" + (f"-{number + 1}" if number else "")
            for day, number in zip(frame["date"], of_the_day)
        ],
    )
    # the register grows downwards, within a day too
    return frame.iloc[::-1].sort_values("date", ascending=False, kind="stable")


def changes() -> Html:
    """What changed in this book, newest first, with its effect and whether the conclusion changed, as
    ``make attribution`` computed it or as a person judged; the newest stand open, the rest folded. A
    script marks those that a reader has not seen.
    """
    told = load_register("attributed-changes")["told_in"].dropna()
    computed = {int(number) for number in told}
    rows = [_change(row, computed) for row in frame_rows(changes_newest_first())]
    older = "".join(rows[SHOWN:])
    folded = f"<details><summary>{W['all'].format(n=numbers.number(len(rows)))}</summary>{older}</details>"
    return Html(f'<div class="change-list">{"".join(rows[:SHOWN])}{folded if older else ""}</div>')


def _change(row, computed: set[int]) -> str:
    said = W[row.conclusion_changed]
    if row.conclusion_changed != "not assessed":
        said = W["computed" if row.number in computed else "judged"].format(said=said)
    moved = "".join(
        f"<div><dt>{W[name]}</dt><dd>{escape(text)}</dd></div>"
        for name, text in (("before", row.before), ("after", row.after), ("effect", row.effect))
        if text
    )
    day = f'<time datetime="{row.date}">{numbers.partial_date(row.date)}</time>'
    return (
        f'<section class="change" id="{row.anchor}" data-number="{row.number}"><p'
        f' class="change-head" data-new="{W["new"]}">{day} · {escape(row.section)} ·'
        f" {said}</p>"
        f"<p>{escape(row.what)}</p>{f'<dl>{moved}</dl>' if moved else ''}</section>"
    )


def upkeep() -> Html:
    """The rules by which the book counts as kept up to date, and the checks of sources by a person,
    newest first; those by the watch are told source by source (``watched``).
    """
    rules = "".join(
        f"<li>{numbers.number(r.days)}\u00a0{WORDS['days']}: {escape(r.meaning)}</li>"
        for r in frame_rows(load_register("upkeep"))
    )
    checks = "".join(
        f"<li>{numbers.partial_date(r.date)}, {escape(r.scope)}: {escape(r.found)}</li>"
        for r in frame_rows(load_register("source-checks").sort_values("date", ascending=False))
        if r.scope in ("all sources", "some sources")
    )
    return Html(
        f"<p>{WORDS['rules']}:</p><ul>{rules}</ul><p>{WORDS['checks']}:</p><ul>{checks}</ul>"
    )
