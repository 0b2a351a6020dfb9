"""Figure of the remaining QALYs recomputed here against DMP's."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.economics.model.absolute_shortfall import check_against_published
from assessment.evidence import load_facts
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure


def check_figure() -> Figure:
    """Our remaining QALYs less DMP's printed ones, by age, with the tolerance of the tests."""
    data, limit = (
        check_against_published(),
        load_facts()["economics.severity.check_tolerance"].number,
    )

    def draw(width: int):
        wide = width > 500
        x = alt.X(
            "age:Q",
            title="Age",
            scale=alt.Scale(
                domain=[int(data["age"].min()) - 1, int(data["age"].max()) + 1], nice=False
            ),
            axis=alt.Axis(values=list(range(40, 91, 10)), grid=False),
        )
        y = alt.Y(
            "difference:Q",
            title="Ours less DMP's, QALYs",
            scale=alt.Scale(domain=[-0.2, 0.2]),
            axis=alt.Axis(
                values=[-0.2, -limit, 0, limit, 0.2] if wide else [-limit, 0, limit], format=".2f"
            ),
        )
        lines = (
            alt.Chart(pd.DataFrame({"difference": [-limit, limit]}))
            .mark_rule(strokeDash=[4, 3], color=theme.ORANGE)
            .encode(y=y)
        )
        zero = (
            alt.Chart(pd.DataFrame({"difference": [0.0]})).mark_rule(color=theme.MUTED).encode(y=y)
        )
        dots = (
            alt.Chart(data)
            .mark_point(filled=True, size=34, color=theme.BLUE, opacity=1)
            .encode(
                x=x,
                y=y,
                tooltip=[
                    "age:Q",
                    alt.Tooltip("our_qalys:Q", title="Ours", format=".2f"),
                    alt.Tooltip("remaining_qalys:Q", title="DMP's"),
                ],
            )
        )
        return alt.layer(lines, zero, dots).properties(width=width - 74, height=200)

    table = data[["age", "remaining_qalys", "our_qalys", "difference"]].copy()
    table.columns = ["Age", "DMP's remaining QALYs", "Ours", "Difference"]
    worst = data.loc[data["difference"].abs().idxmax()]
    return Figure(
        draw,
        "Dots of the difference between recomputed and printed remaining QALYs, ages"
        f" {data['age'].min()} to {data['age'].max()}. All lie within the tolerance; the largest is"
        f" {numbers.number(worst['difference'], 2)} at age {int(worst['age'])}.",
        table.round(2),
        "severity-check",
        ("dmp2025tool", "ssb07902"),
    )
