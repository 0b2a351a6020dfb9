"""Harms as risk differences, and how many must be treated for one more to be harmed."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.trial.harms import Harm, harms
from assessment.case.trial.trial import COHORTS, load_trial
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.comparisons.certainty_words import WORDS
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, Table, ref


def _name(h: Harm) -> str:
    return f"{WORDS['harms'][h.harm]}, {WORDS['groups'][h.group]}"


def _result(h: Harm) -> str:
    d = h.difference
    if d is None:
        return (
            WORDS["blank"]
            if h.treated is not None and h.treated.status != "unknown"
            else WORDS["blank_both"]
        )
    return (
        f"{numbers.number(100 * d.difference)} ({numbers.interval(100 * d.low, 100 * d.high, 0)})"
    )


def _needed(h: Harm) -> str:
    d = h.difference
    return (
        ""
        if d is None
        else (
            f"{numbers.number(d.number_needed, 1)}"
            f" ({numbers.interval(d.number_low, d.number_high, 1)})"
        )
    )


def differences() -> Figure:
    """Risk differences of harms; what lacks a rate on placebo stays blank and says so."""
    found = harms(load_trial("publication"))
    rows = [
        {
            "name": _name(h),
            "order": i,
            "difference": None if h.difference is None else 100 * h.difference.difference,
            "low": None if h.difference is None else 100 * h.difference.low,
            "high": None if h.difference is None else 100 * h.difference.high,
            "text": _result(h),
            "needed": _needed(h),
        }
        for i, h in enumerate(sorted(found, key=lambda h: h.difference is None))
    ]

    def draw(width: int):
        wide = width > 500
        plain = width - 8
        left, right = (270, plain - 160) if wide else (4, plain - 4)
        scale = alt.Scale(domain=[0, 70], range=[left, right], nice=False)

        def x(f):
            return alt.X(
                f,
                scale=scale,
                title=WORDS["axis"],
                axis=alt.Axis(
                    values=[0, 20, 40, 60], titleAnchor="start", titleAlign="left", titleX=left
                ),
            )

        base, up = (
            alt.Chart(pd.DataFrame(rows)).encode(y=alt.Y("order:O", axis=None)),
            (0 if wide else -14),
        )
        seen, blank = (
            base.transform_filter("isValid(datum.difference)"),
            base.transform_filter("!isValid(datum.difference)"),
        )
        return alt.layer(
            seen.mark_rule(strokeWidth=2, color=theme.BLUE).encode(x=x("low:Q"), x2="high:Q"),
            seen.mark_point(filled=True, size=80, opacity=1, color=theme.BLUE).encode(
                x=x("difference:Q"),
                tooltip=[
                    alt.Tooltip("name:N", title="Harm"),
                    alt.Tooltip("text:N", title="More of 100"),
                    alt.Tooltip("needed:N", title="Number needed to harm"),
                ],
            ),
            base.mark_text(align="left", dy=up).encode(x=alt.value(0), text="name:N"),
            seen.mark_text(align="right", dy=up, fontWeight=600).encode(
                x=alt.value(plain), text="text:N"
            ),
            blank.mark_text(
                align="right" if wide else "left",
                dy=up if wide else 5,
                fontStyle="italic",
                color=theme.MUTED,
            ).encode(x=alt.value(plain if wide else 0), text="text:N"),
        ).properties(width=plain, height=alt.Step(26 if wide else 42))

    table = pd.DataFrame(
        [
            {
                "Harm": _name(h),
                "Cabozantinib": ref(h.treated) if h.treated else "–",
                "Placebo": ref(h.control) if h.control else "–",
                "Counts, rebuilt": _counts(h),
                "Difference of 100": _result(h) if h.difference else "",
                "Number needed to harm": _needed(h),
            }
            for h in found
        ]
    )
    said = "; ".join(f"{_name(h)}: {_result(h)}" for h in found if h.difference)
    return Figure(
        draw,
        "Dots with intervals of how many more of a hundred patients had an event with"
        f" cabozantinib. {said}. All other rows are blank because no rate on placebo was"
        " published.",
        table,
        "risk-differences",
        ("chan2025", "strosberg2025gi"),
        note=(
            "Counts are rebuilt from printed percentages; intervals by Newcombe’s method. The"
            " gastrointestinal row is a part of epNET and counts grades three and four."
        ),
    )


def _counts(h: Harm) -> str:
    return "" if h.counts is None else "; ".join(f"{c.events} of {c.n}" for c in h.counts)


def needed_table() -> Table:
    """Rates, rebuilt counts, difference and number needed to harm, where both arms are published."""
    rows = [
        {
            "Group": WORDS["groups"][h.group],
            "Cabozantinib": ref(h.treated),
            "Placebo": ref(h.control),
            "Counts, rebuilt": _counts(h),
            "More of 100": _result(h),
            "Number needed to harm": _needed(h),
        }
        for h in harms(load_trial("publication"))
        if h.difference
    ]
    return Table(pd.DataFrame(rows), caption="Severe adverse events, cabozantinib less placebo")


@computed
def texts() -> dict[str, str]:
    """Computed numbers for the chapter's sentences."""
    by = {(h.harm, h.group): h for h in harms(load_trial("publication"))}
    found = {}
    for c in COHORTS:
        h = by["severe", c]
        found |= {
            f"cmp_{c}_harm": _result(h),
            f"cmp_{c}_needed_to_harm": _needed(h),
            f"cmp_{c}_counts": _counts(h).replace("; ", " and "),
        }
    return found | {"cmp_lost_patients": str(_not_counted())}


def _not_counted() -> str:
    lost = sum(
        int(c.randomised.number) - c.n
        for h in harms(load_trial("publication"))
        if h.group in COHORTS and h.counts
        for c in h.counts
    )
    return (
        ("none", "one", "two", "three", "four", "five", "six")[lost]
        if lost < 7
        else numbers.number(lost)
    )
