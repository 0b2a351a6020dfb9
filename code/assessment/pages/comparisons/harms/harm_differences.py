"""Harms as risk differences, and how many must be treated for one more to be harmed."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from assessment.case.trial.harms import Harm, harms
from assessment.case.trial.trial import COHORTS, load_trial
from assessment.evidence import Fact
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.comparisons.harms.harm_words import (
    GROUPS,
    HARMS,
    NEITHER_ARM,
    NO_CONTROL,
    SMALL_NUMBERS,
)
from assessment.presentation import colour_grammar, numbers
from assessment.presentation.glue_keys import of_cohort
from assessment.presentation.language import _
from assessment.presentation.show import Figure, Ref, Table, ref


def _name(h: Harm) -> str:
    return f"{HARMS[h.harm]}, {GROUPS[h.group]}"


def _result(h: Harm) -> str:
    """How many more of 100 patients had the event, with interval; why not, where there is none."""
    d = h.difference
    if d is None:
        known = h.treated is not None and h.treated.status != "unknown"
        return NO_CONTROL if known else NEITHER_ARM
    interval = numbers.interval(100 * d.low, 100 * d.high, 0)
    return f"{numbers.number(100 * d.difference)} ({interval})"


def _needed(h: Harm) -> str:
    """The number needed to harm, with interval; nothing where no difference is known."""
    d = h.difference
    if d is None or d.number_needed is None:
        return ""
    interval = numbers.interval(d.number_low, d.number_high, 1)
    return f"{numbers.number(d.number_needed, 1)} ({interval})"


def _counts(h: Harm) -> list[str]:
    """'83 of 134' for each arm; nothing where no counts are known."""
    return [_("{events} of {n}").format(events=c.events, n=c.n) for c in h.counts or ()]


def _rate(fact: Fact | None) -> Ref | str:
    return ref(fact) if fact else "–"


def _drawn_rows(shown: Sequence[Harm]) -> list[dict]:
    """A row per harm with a difference; differences in patients of 100."""
    return [
        {
            "name": _name(h),
            "order": order,
            "difference": 100 * h.difference.difference,
            "low": 100 * h.difference.low,
            "high": 100 * h.difference.high,
            "text": _result(h),
            "needed": _needed(h),
        }
        for order, h in enumerate(h for h in shown if h.difference)
        if h.difference
    ]


def _dots(rows: list[dict], width: int) -> alt.TopLevelMixin:
    """Dots with intervals; names and results beside the plot, or above each line where there is
    little room.
    """
    wide = width > 500
    plot = width - 8
    left, right = (270, plot - 110) if wide else (4, plot - 4)
    up = 0 if wide else -14
    scale = alt.Scale(domain=[0, 70], range=[left, right], nice=False)
    axis = alt.Axis(
        values=[0, 20, 40, 60],
        grid=wide,
        titleAnchor="start",
        titleAlign="left",
        titleX=left,
    )

    def x(field: str) -> alt.X:
        title = _("More patients with the event, of 100")
        return alt.X(field, scale=scale, title=title, axis=axis)

    base = alt.Chart(pd.DataFrame(rows)).encode(y=alt.Y("order:O", axis=None))
    tooltip = [
        alt.Tooltip("name:N", title=_("Harm")),
        alt.Tooltip("text:N", title=_("More of 100")),
        alt.Tooltip("needed:N", title=_("Number needed to harm")),
    ]
    intervals = base.mark_rule(strokeWidth=2, color=colour_grammar.MAIN).encode(
        x=x("low:Q"), x2="high:Q"
    )
    dots = base.mark_point(filled=True, size=80, opacity=1, color=colour_grammar.MAIN).encode(
        x=x("difference:Q"), tooltip=tooltip
    )
    names = base.mark_text(align="left", dy=up).encode(x=alt.value(0), text="name:N")
    results = base.mark_text(align="right", dy=up, fontWeight=600).encode(
        x=alt.value(plot), text="text:N"
    )
    return alt.layer(intervals, dots, names, results).properties(
        width=plot, height=alt.Step(28 if wide else 42)
    )


def differences() -> Figure:
    """Risk differences of harms that have a rate in both arms; the table holds the others too."""
    shown = harms(load_trial("publication"))
    rows = _drawn_rows(shown)
    table = pd.DataFrame(
        [
            {
                _("Harm"): _name(h),
                _("Cabozantinib"): _rate(h.treated),
                _("Placebo"): _rate(h.control),
                _("Counts, rebuilt"): "; ".join(_counts(h)),
                _("Difference of 100"): _result(h) if h.difference else "",
                _("Number needed to harm"): _needed(h),
            }
            for h in shown
        ]
    )
    results = "; ".join(f"{_name(h)}: {_result(h)}" for h in shown if h.difference)
    return Figure(
        lambda width: _dots(rows, width),
        _(
            "Dots with intervals of how many more of a hundred patients had an event with"
            " cabozantinib. {results}. No other harm has a published rate on placebo."
        ).format(results=results),
        table,
        "risk-differences",
        ("chan2025", "strosberg2025gi"),
        note=_(
            "Severe: grade three or worse. Counts are rebuilt from printed percentages; intervals by"
            " Newcombe’s method. The"
            " gastrointestinal row is a part of epNET and counts grades three and four. Harms with"
            " a rate on cabozantinib alone are in the table."
        ),
    )


def needed_table() -> Table:
    """Rates, difference and number needed to harm, where both arms are published."""
    rows = [
        {
            _("Group"): GROUPS[h.group],
            _("Cabozantinib"): _rate(h.treated),
            _("Placebo"): _rate(h.control),
            _("More of 100"): _result(h),
            _("Number needed to harm"): _needed(h),
        }
        for h in harms(load_trial("publication"))
        if h.difference
    ]
    caption = _("Severe adverse events, cabozantinib less placebo")
    return Table(pd.DataFrame(rows), caption=caption)


@computed
def texts() -> dict[str, str]:
    """Severe adverse events of each cohort in numbers, and how many patients are not counted."""
    by_name = {(h.harm, h.group): h for h in harms(load_trial("publication"))}
    said: dict[str, str] = {}
    for cohort in COHORTS:
        h = by_name["severe", cohort]
        of_this_cohort = {
            "cmp_harm": _result(h),
            "cmp_needed_to_harm": _needed(h),
            "cmp_counts": _(" and ").join(_counts(h)),
        }
        said |= of_cohort(cohort, of_this_cohort)
    return said | {"cmp_lost_patients": _not_counted()}


def _not_counted() -> str:
    """How many of the cohorts' patients no count includes: a word up to six, then a number."""
    lost = sum(
        int(c.randomised.number) - c.n
        for h in harms(load_trial("publication"))
        if h.group in COHORTS and h.counts
        for c in h.counts
    )
    return SMALL_NUMBERS[lost] if lost < len(SMALL_NUMBERS) else numbers.number(lost)
