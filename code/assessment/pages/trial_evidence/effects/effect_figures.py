"""Medians of the trial: each row of the picture belongs to one analysis set and says which."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from assessment.case.trial.trial import ARMS, COHORTS, all_analysis_sets
from assessment.pages.trial_evidence.shared.arm_channels import arm_shapes
from assessment.pages.trial_evidence.shared.trial_words import (
    ARM_LABELS,
    COHORT_LONG,
    MEDIAN_MONTHS,
    SET_SOURCES,
    SETS,
    file_name,
    has_value,
    some,
    with_interval,
)
from assessment.presentation import theme
from assessment.presentation.language import _
from assessment.presentation.show import Figure, ref


def median_rows(endpoint: str) -> list[dict]:
    """One row per cohort, set and arm with a printed median: months, interval where printed, and
    the fact.
    """
    rows = []
    for cohort in COHORTS:
        for name, view in all_analysis_sets().items():
            result = getattr(view, endpoint)(cohort)
            for arm in ARMS:
                fact = result.of_arm(arm)
                if not has_value(fact):
                    continue
                rows.append(
                    {
                        "cohort": cohort,
                        "set": SETS[name],
                        "arm": arm,
                        "months": fact.number,
                        "low": fact.low,
                        "high": fact.high,
                        "end": fact.high or fact.number,
                        "text": f"{ARM_LABELS[arm]} {with_interval(fact)}",
                        "fact": fact,
                    }
                )
    return rows


def without_facts(rows: list[dict], cohort: str) -> pd.DataFrame:
    """The rows of one cohort as a chart takes them."""
    return pd.DataFrame(
        [{k: v for k, v in r.items() if k != "fact"} for r in rows if r["cohort"] == cohort]
    )


def _panel(
    data: pd.DataFrame, title: str, axis: alt.Axis, scale: alt.Scale, width: int
) -> alt.LayerChart | alt.FacetChart:
    """The medians of one cohort, arms beside each other in every analysis set."""
    wide = width > 500
    tooltip = [
        alt.Tooltip("set:N", title=_("Analysis set")),
        alt.Tooltip("arm:N", title=_("Arm")),
        alt.Tooltip("text:N", title=_("Months")),
    ]
    sets = alt.Axis(labelLimit=100)
    base = alt.Chart(data).encode(
        y=alt.Y("set:N", title=None, sort=list(SETS.values()), axis=sets),
        yOffset=alt.YOffset("arm:N", sort=list(ARMS)),
        color=theme.arm_scale("arm:N"),
        tooltip=tooltip,
    )
    lines = base.mark_rule(strokeWidth=2)
    dots = base.mark_point(filled=True, size=75, opacity=1)
    looks: tuple[dict[str, Any], ...] = (
        {"color": theme.BACKGROUND, "stroke": theme.BACKGROUND, "strokeWidth": 4},
        {},
    )
    texts = [
        base.mark_text(align="left", dx=8, fontSize=13 if wide else 12, **look).encode(
            x=alt.X("end:Q", axis=axis), text="text:N"
        )
        for look in looks
    ]
    return alt.layer(
        lines.encode(x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q"),
        dots.encode(x=alt.X("months:Q", scale=scale, axis=axis), shape=arm_shapes()),
        *texts,
    ).properties(width=width - (100 if wide else 92), height=alt.Step(21), title=title)


def medians(endpoint: str) -> Figure:
    """Dot-and-interval picture of 'pfs' or 'os' medians, arms by colour and shape, one row per
    analysis set; cohorts without a printed median are left out.

    Raises LookupError where no median is printed at all.
    """
    rows = some(median_rows(endpoint), f"{endpoint}.<cohort>.<arm>.median")
    shown = [cohort for cohort in COHORTS if any(r["cohort"] == cohort for r in rows)]
    top = max(r["end"] for r in rows)
    ticks = list(range(0, int(top) + 5, 5 if top < 25 else 10))

    def draw(width: int) -> alt.VConcatChart:
        # beyond the last interval there is room for its words
        room = (1.5 if width > 500 else 1.85) + (0 if endpoint == "pfs" else -0.05)
        scale = alt.Scale(domain=[0, top * room], nice=False)
        panels = []
        for cohort in shown:
            title = MEDIAN_MONTHS[endpoint] if cohort == shown[-1] else None
            axis = alt.Axis(title=title, values=ticks)
            data = without_facts(rows, cohort)
            panels.append(_panel(data, COHORT_LONG[cohort], axis, scale, width))
        return alt.vconcat(*panels, spacing=14).resolve_scale(
            y="independent", yOffset="independent"
        )

    table = pd.DataFrame(
        [
            {
                _("Cohort"): COHORTS[r["cohort"]],
                _("Analysis set"): r["set"],
                _("Arm"): ARM_LABELS[r["arm"]],
                _("Median"): ref(r["fact"]),
            }
            for r in rows
        ]
    )
    told = "; ".join(f"{COHORTS[r['cohort']]}, {r['set']}: {r['text']}" for r in rows)
    return Figure(
        draw,
        _("Dots with intervals, {measure}, by cohort, analysis set and arm. {medians}.").format(
            measure=MEDIAN_MONTHS[endpoint].lower(), medians=told
        ),
        table,
        file_name(f"{endpoint}-medians"),
        tuple(SET_SOURCES.values()),
    )
