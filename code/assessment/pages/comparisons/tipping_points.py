"""How much crossover there would have to be for the printed result to hide an effect."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.trial.crossover_dilution import SETS, dilution, dilutions
from assessment.case.trial.trial import COHORTS, load_trial
from assessment.evidence import load_facts
from assessment.pages.comparisons.crossover_words import (
    WORDS,
    dilution_name,
    percent,
)
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, Table, ref


def tipping() -> Figure:
    """Undiluted hazard ratio against the share crossing over, at crossing on progression, for half
    and all of the effect.
    """
    target, rows, marks = load_facts()["dilution.shown.target"].number, [], []
    shares = np.linspace(0, 0.98, 50)
    for d in dilutions():
        for carry in (0.5, 1.0):
            rows += [
                {
                    "panel": dilution_name(d),
                    "carry": f"{carry:.0%}".replace("%", "\u00a0%"),
                    "share": 100 * s,
                    "ratio": float(v),
                }
                for s, v in zip(shares, d.undiluted(shares, carry_over=carry))
                if np.isfinite(v)
            ]
        marks.append(
            {
                "panel": dilution_name(d),
                "share": 100 * d.share,
                "ratio": float(d.undiluted()),
                "text": (
                    f"{numbers.fact_text(d.crossed, 'value')}: {numbers.number(d.undiluted(), 2)}"
                ),
            }
        )
    lines, dots = pd.DataFrame(rows), pd.DataFrame(marks)

    def draw(width: int):
        wide = width > 500
        each = (width - 3 * 50) // 3 if wide else width - 62

        def panel(name: str, first: bool):
            x = alt.X(
                "share:Q",
                title=WORDS["share"] if wide is False or first is None else "Crossing over, %",
                scale=alt.Scale(domain=[0, 100]),
                axis=alt.Axis(values=[0, 25, 50, 75, 100]),
            )
            y = alt.Y(
                "ratio:Q",
                title=WORDS["undiluted"] if first or not wide else None,
                scale=alt.Scale(domain=[0.5, 1.15], nice=False),
                axis=alt.Axis(values=[0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1], format=".1f", grid=True),
            )
            data = lines[lines["panel"] == name]
            line = (
                alt.Chart(data)
                .mark_line(clip=True, strokeWidth=2.4)
                .encode(
                    x=x,
                    y=y,
                    color=alt.Color(
                        "carry:N",
                        scale=alt.Scale(
                            range=[theme.BLUE, theme.SKY], domain=["100\u00a0%", "50\u00a0%"]
                        ),
                        legend=None,
                    ),
                    strokeDash=alt.StrokeDash(
                        "carry:N",
                        scale=alt.Scale(range=[[1, 0], [6, 3]], domain=["100\u00a0%", "50\u00a0%"]),
                        legend=None,
                    ),
                    tooltip=[
                        alt.Tooltip("share:Q", title="Crossing (%)", format=".0f"),
                        alt.Tooltip("carry:N", title="Effect received"),
                        alt.Tooltip("ratio:Q", title=WORDS["undiluted"], format=".2f"),
                    ],
                )
            )
            mark = dots[dots["panel"] == name]
            dot = (
                alt.Chart(mark)
                .mark_point(filled=True, size=95, opacity=1, color=theme.ORANGE, shape="square")
                .encode(x=x, y=y, tooltip=[alt.Tooltip("text:N", title="At the printed share")])
            )
            label = (
                alt.Chart(mark)
                .mark_text(align="center", dx=-4, dy=20, fontWeight=600, color=theme.ORANGE)
                .encode(x=x, y=y, text="text:N")
            )
            rule = (
                alt.Chart(pd.DataFrame({"ratio": [target]}))
                .mark_rule(color=theme.MUTED, strokeDash=[2, 3])
                .encode(y=y)
            )
            return alt.layer(rule, line, dot, label).properties(
                width=each, height=230 if wide else 190, title=name
            )

        charts = [panel(n, i == 0) for i, n in enumerate(dict.fromkeys(lines["panel"]))]
        return alt.hconcat(*charts, spacing=16) if wide else alt.vconcat(*charts, spacing=18)

    table = pd.DataFrame(
        [
            {
                "Cohort and set": dilution_name(d),
                "Crossed over, printed": ref(d.crossed),
                "Undiluted at that share": numbers.number(d.undiluted(), 2),
                f"Share needed for {numbers.number(target, 1)}": percent(d.needed_share(target)),
                f"Printed, if {numbers.number(target, 1)} were true": numbers.number(
                    d.shown(target), 2
                ),
            }
            for d in dilutions()
        ]
    )
    return Figure(
        draw,
        "Lines of the undiluted hazard ratio for death against the share crossing over, full and"
        " half of the effect. At the printed share:"
        f" {'; '.join(m['panel'] + ' ' + m['text'] for m in marks)}.",
        table,
        "crossover-tipping",
        ("chan2025", "fda2025net"),
        note=(
            f"{WORDS['model']}. Solid: all of the effect after crossing; dashed: half. Crossing at"
            " the printed median time to progression on placebo. Squares: printed share. Dotted:"
            " the example asked for."
        ),
    )


def limits() -> Table:
    """Every cohort and set: printed, undiluted with its interval, and how far the assumed follow-up
    matters.
    """
    tested = load_facts()["dilution.followup.tested"]
    rows = []
    for cohort in COHORTS:
        for name in SETS:
            d, view = dilution(cohort, name), load_trial(name)
            row = {
                "Cohort and set": f"{COHORTS[cohort]}, {WORDS['sets'][name]}",
                "Printed": (
                    ref(view.os(cohort).hazard_ratio) if view.os(cohort).hazard_ratio else "–"
                ),
                "Crossed over": ref(view.crossover(cohort)),
            }
            if d is None:
                rows.append(row | {"Dilution taken out": "–", "Follow-up tested": "–"})
                continue
            low, high = d.undiluted(observed=np.array([d.observed.low, d.observed.high]))
            moved = d.undiluted(horizon=tested.low), d.undiluted(horizon=tested.high)
            rows.append(
                row
                | {
                    "Dilution taken out": (
                        f"{numbers.number(d.undiluted(), 2)} ({numbers.interval(low, high, 2)})"
                    ),
                    "Follow-up tested": numbers.interval(min(moved), max(moved), 2),
                }
            )
    return Table(
        pd.DataFrame(rows),
        caption="All of the effect after crossing, at the median time to progression",
    )
