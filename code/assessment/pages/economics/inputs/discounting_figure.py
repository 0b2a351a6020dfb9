"""Figure of the discount factor."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.economics.time.discounting import discount_factor
from assessment.evidence import load_population_table
from assessment.pages.economics.inputs.input_register import WORDS
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure


def discounting() -> Figure:
    """Value today of one kroner or QALY gained later, under the stepped schedule."""
    schedule = load_population_table("discount-schedule")
    last = int(schedule["year_from"].max()) + 15
    data = pd.DataFrame({"year": np.arange(0, last + 1)})
    data["factor"] = discount_factor(data["year"], schedule)
    steps = [
        {
            "year": int(b.year_from),
            "factor": float(discount_factor(b.year_from, schedule)),
            "text": f"{numbers.number(100 * b.annual_rate)} % from year {b.year_from}",
        }
        for b in schedule.itertuples()
    ]

    def draw(width: int):
        x = alt.X(
            "year:Q",
            title=WORDS["years"],
            scale=alt.Scale(domain=[-2, last + 14], nice=False),
            axis=alt.Axis(values=list(range(0, last + 1, 20)), grid=False),
        )
        y = alt.Y(
            "factor:Q",
            title=WORDS["discount"],
            scale=alt.Scale(domain=[0, 1.08], nice=False),
            axis=alt.Axis(values=[0, 0.5, 1], format=".1f"),
        )
        marks = alt.Chart(pd.DataFrame(steps)).encode(x=x, y=y)
        line = (
            alt.Chart(data)
            .mark_line(color=theme.BLUE)
            .encode(
                x=x,
                y=y,
                tooltip=[
                    alt.Tooltip("year:Q", title="Year"),
                    alt.Tooltip("factor:Q", title="Factor", format=".3f"),
                ],
            )
        )
        return alt.layer(
            line,
            marks.mark_point(filled=True, size=60, color=theme.BLUE, opacity=1),
            marks.mark_text(align="left", dx=8, dy=-10, fontSize=12).encode(text="text:N"),
        ).properties(width=width - 62, height=170)

    table = data[data["year"].isin([1, 5, 10, 20, 40, 60, 75, last])].rename(
        columns={"year": "Years from now", "factor": "Value today of one"}
    )
    return Figure(
        draw,
        "Falling line of the discount factor over years; the rate steps down twice. "
        + "; ".join(f"{s['text']}, factor {numbers.number(s['factor'], 2)}" for s in steps)
        + ".",
        table.round(3),
        "discount-factors",
        ("r109",),
    )
