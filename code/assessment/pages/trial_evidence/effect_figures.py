"""Figures and tables of the chapter on CABINET: each row of each picture belongs to one analysis
set and says which.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.trial.trial import ARMS, COHORTS, all_analysis_sets
from assessment.evidence import Fact
from assessment.pages.trial_evidence.effect_words import WORDS, has_value
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, ref


def median_rows(endpoint: str) -> list[dict]:
    """One row per cohort, set and arm with a printed median: months, interval where printed, and
    the fact.
    """
    rows = []
    for cohort in COHORTS:
        for name, view in all_analysis_sets().items():
            result = getattr(view, endpoint)(cohort)
            rows += [
                {
                    "cohort": cohort,
                    "set": WORDS["sets"][name],
                    "arm": arm,
                    "months": f.number,
                    "low": f.low,
                    "high": f.high,
                    "end": f.high or f.number,
                    "text": f"{arm} {numbers.fact_text(f, 'bare')}{bracket(f)}",
                    "fact": f,
                }
                for arm, f in ((a, result.of_arm(a)) for a in ARMS)
                if has_value(f)
            ]
    return rows


def bracket(fact: Fact) -> str:
    return f" ({numbers.fact_interval(fact)})" if fact.low is not None else ""


def medians(endpoint: str) -> Figure:
    """Dot-and-interval picture of 'pfs' or 'os' medians, arms by colour and shape, one row per
    analysis set.
    """
    rows = median_rows(endpoint)
    top = max(r["end"] for r in rows)

    def draw(width: int):
        wide = width > 500
        plot = width - (100 if wide else 92)
        domain = [0, top * ((1.5 if wide else 1.85) + (0 if endpoint == "pfs" else -0.05))]

        def cohort(key: str, last: bool):
            data = pd.DataFrame(
                [{k: v for k, v in r.items() if k != "fact"} for r in rows if r["cohort"] == key]
            )
            axis = alt.Axis(
                title=WORDS["months"][endpoint] if last else None,
                values=list(range(0, int(top) + 5, 5 if top < 25 else 10)),
            )
            base = alt.Chart(data).encode(
                y=alt.Y(
                    "set:N",
                    title=None,
                    sort=list(WORDS["sets"].values()),
                    axis=alt.Axis(labelLimit=100),
                ),
                yOffset=alt.YOffset("arm:N", sort=list(ARMS)),
                color=theme.arm_scale("arm:N"),
                tooltip=[
                    alt.Tooltip("set:N", title="Analysis set"),
                    alt.Tooltip("arm:N", title="Arm"),
                    alt.Tooltip("text:N", title="Months"),
                ],
            )
            x = alt.X("months:Q", scale=alt.Scale(domain=domain, nice=False), axis=axis)
            lines = base.mark_rule(strokeWidth=2).encode(
                x=alt.X("low:Q", scale=alt.Scale(domain=domain, nice=False), axis=axis), x2="high:Q"
            )
            dots = base.mark_point(filled=True, size=75, opacity=1).encode(
                x=x,
                shape=alt.Shape(
                    "arm:N",
                    scale=alt.Scale(domain=list(ARMS), range=[theme.ARM_SHAPES[a] for a in ARMS]),
                    legend=None,
                ),
            )
            text = base.mark_text(align="left", dx=8, fontSize=13 if wide else 12).encode(
                x=alt.X("end:Q", axis=axis), text="text:N"
            )
            return alt.layer(lines, dots, text).properties(
                width=plot, height=alt.Step(21), title=WORDS["cohort_long"][key]
            )

        return alt.vconcat(cohort("epnet", False), cohort("pnet", True), spacing=14).resolve_scale(
            y="independent", yOffset="independent"
        )

    table = pd.DataFrame(
        [
            {
                "Cohort": COHORTS[r["cohort"]],
                "Analysis set": r["set"],
                "Arm": r["arm"],
                "Median": ref(r["fact"]),
            }
            for r in rows
        ]
    )
    said = "; ".join(f"{COHORTS[r['cohort']]}, {r['set']}: {r['text']}" for r in rows)
    return Figure(
        draw,
        f"Dots with intervals, {WORDS['months'][endpoint].lower()}, by cohort, analysis set and"
        f" arm. {said}.",
        table,
        f"cabinet-{endpoint}-medians",
        ("chan2025", "fda2025net", "chan2023lba53"),
    )
