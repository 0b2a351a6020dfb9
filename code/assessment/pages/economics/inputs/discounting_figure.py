"""Figure of the discount factor."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.economics.time.discounting import discount_factor
from assessment.evidence import load_population_table
from assessment.presentation import colour_grammar, numbers
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Figure

COLUMNS = {"year": _("Years from now"), "factor": _("Value today of one")}


def discounting_figure() -> Figure:
    """Value today of one kroner or QALY gained later, under the stepped schedule."""
    schedule = load_population_table("discount-schedule")
    last = int(schedule["year_from"].max()) + 15
    by_year = pd.DataFrame({"year": np.arange(0, last + 1)})
    by_year["factor"] = discount_factor(by_year["year"], schedule)
    steps = _steps(schedule)

    def draw(width: int) -> alt.TopLevelMixin:
        x = alt.X(
            "year:Q",
            title=_("Years from now"),
            scale=alt.Scale(domain=[-2, last + 14], nice=False),
            axis=alt.Axis(values=list(range(0, last + 1, 20)), grid=False),
        )
        y = alt.Y(
            "factor:Q",
            title=_("Value today of one later"),
            scale=alt.Scale(domain=[0, 1.08], nice=False),
            axis=alt.Axis(values=[0, 0.5, 1], format=".1f"),
        )
        tips = [
            alt.Tooltip("year:Q", title=_("Year")),
            alt.Tooltip("factor:Q", title=_("Factor"), format=".3f"),
        ]
        line = (
            alt.Chart(by_year).mark_line(color=colour_grammar.MAIN).encode(x=x, y=y, tooltip=tips)
        )
        marks = alt.Chart(steps).encode(x=x, y=y)
        return alt.layer(
            line,
            marks.mark_point(filled=True, size=60, color=colour_grammar.MAIN, opacity=1),
            marks.mark_text(align="left", dx=8, dy=-10, fontSize=12).encode(text="text:N"),
        ).properties(width=width - 62, height=170)

    finding = "; ".join(
        _("{rate}, factor {factor}").format(rate=step.text, factor=numbers.number(step.factor, 2))
        for step in frame_rows(steps)
    )
    shown = by_year[by_year["year"].isin([1, 5, 10, 20, 40, 60, 75, last])]
    return Figure(
        draw,
        _(
            "Falling line of the discount factor over years; the rate steps down twice. {finding}."
        ).format(finding=finding),
        shown.rename(columns=COLUMNS).round(3),
        "discount-factors",
        ("r109",),
    )


def _steps(schedule: pd.DataFrame) -> pd.DataFrame:
    """The first year of each rate, its factor and the rate as text."""
    rows = [
        {
            "year": int(step.year_from),
            "factor": float(discount_factor(step.year_from, schedule)),
            "text": _("{rate} % from year {year}").format(
                rate=numbers.number(100 * step.annual_rate), year=step.year_from
            ),
        }
        for step in frame_rows(schedule)
    ]
    return pd.DataFrame(rows)
