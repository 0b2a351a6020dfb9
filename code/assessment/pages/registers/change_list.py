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
    # the register grows downwards, within a day too
    return frame.iloc[::-1].sort_values("date", ascending=False, kind="stable")


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
        for r in frame_rows(changes_newest_first())
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


def upkeep() -> Html:
    """The rules by which the book counts as kept up to date, and the checks of sources, newest
    first.
    """
    rules = "".join(
        f"<li>{numbers.number(r.days)}\u00a0{WORDS['days']}: {escape(r.meaning)}</li>"
        for r in frame_rows(load_register("upkeep"))
    )
    checks = "".join(
        f"<li>{numbers.partial_date(r.date)}, {escape(r.scope)}: {escape(r.found)}</li>"
        for r in frame_rows(load_register("source-checks").sort_values("date", ascending=False))
    )
    return Html(
        f"<p>{WORDS['rules']}:</p><ul>{rules}</ul><p>{WORDS['checks']}:</p><ul>{checks}</ul>"
    )
