"""Simulated trials in which the truth is known: what adjustment for crossover recovers."""

from __future__ import annotations

from functools import lru_cache

import altair as alt
import numpy as np
import pandas as pd

from assessment.pages.comparisons.crossover_words import WORDS, percent
from assessment.presentation import theme
from assessment.presentation.show import Figure
from assessment.survival.comparison.simulated_crossover import recover

FACTORS, PATIENTS, CROSSING, REPEATS = (0.75, 1.0, 1.25, 1.5, 2.0), 600, 0.5, 20


@lru_cache(maxsize=1)
def recovered() -> pd.DataFrame:
    """The simulated trials behind the validation picture: one row per true factor, repeat and
    method.
    """
    return pd.DataFrame(
        [
            {
                "truth": r.truth,
                "repeat": i,
                "method": WORDS["methods"][m],
                "estimate": e.acceleration_factor,
                "covered": e.low <= -np.log(r.truth) <= e.high,
            }
            for i in range(REPEATS)
            for r in recover(FACTORS, PATIENTS, CROSSING, i)
            for m, e in (("ignored", r.ignored), ("adjusted", r.adjusted))
        ]
    )


def validation() -> Figure:
    """True against estimated effect in simulated trials: crossover ignored and RPSFTM."""
    names, data = list(WORDS["methods"].values()), recovered()
    data = data.assign(at=data["truth"] * np.where(data["method"] == names[0], 0.975, 1.025))
    means = (
        data.groupby(["truth", "method", "at"])["estimate"]
        .agg(mean=lambda v: np.exp(np.mean(np.log(v))), low="min", high="max")
        .reset_index()
    )
    domain, ticks = [0.5, 3.0], [0.5, 0.75, 1, 1.25, 1.5, 2, 3]

    def draw(width: int):
        scale = alt.Scale(type="log", domain=domain, nice=False)
        axis = {"values": ticks, "format": "~g"}
        x = alt.X(
            "at:Q",
            title=WORDS["truth"] if width > 500 else "True factor (above 1: longer life)",
            scale=scale,
            axis=alt.Axis(**axis),
        )

        def y(f):
            return alt.Y(f, title=WORDS["estimate"], scale=scale, axis=alt.Axis(grid=True, **axis))

        colour = alt.Color(
            "method:N",
            scale=alt.Scale(domain=names, range=[theme.ORANGE, theme.BLUE]),
            legend=alt.Legend(title=None),
        )
        shape = alt.Shape(
            "method:N",
            scale=alt.Scale(domain=names, range=["square", "circle"]),
            legend=alt.Legend(title=None),
        )
        diagonal = (
            alt.Chart(pd.DataFrame({"at": domain, "estimate": domain}))
            .mark_line(color=theme.MUTED, strokeDash=[3, 3], strokeWidth=1.2)
            .encode(x=x, y=y("estimate:Q"))
        )
        trials = (
            alt.Chart(data)
            .mark_point(filled=True, size=22, opacity=0.35)
            .encode(x=x, y=y("estimate:Q"), color=colour, shape=shape)
        )
        mean = (
            alt.Chart(means)
            .mark_point(filled=True, size=120, opacity=1, stroke=theme.BACKGROUND, strokeWidth=1.5)
            .encode(
                x=x,
                y=y("mean:Q"),
                color=colour,
                shape=shape,
                tooltip=[
                    alt.Tooltip("method:N", title="Method"),
                    alt.Tooltip("truth:Q", title="Truth"),
                    alt.Tooltip("mean:Q", title="Mean estimate", format=".2f"),
                ],
            )
        )
        return alt.layer(diagonal, trials, mean).properties(width=width - 62, height=300)

    table = (
        means[["truth", "method", "mean", "low", "high"]]
        .rename(
            columns={
                "truth": "Truth",
                "method": "Method",
                "mean": "Mean estimate",
                "low": "Lowest",
                "high": "Highest",
            }
        )
        .round(3)
    )
    said = "; ".join(f"truth {r.truth:g}, {r.method} {r.mean:.2f}" for r in means.itertuples())
    return Figure(
        draw,
        "True against estimated factor by which treatment prolongs life, twenty simulated trials"
        f" at each of five truths. Means: {said}.",
        table,
        "rpsftm-simulated",
        note=(
            "Simulated patients only: no data of CABINET can enter here. Small: one trial; large:"
            " mean. Dashed: estimate equal to truth."
        ),
    )


def covered() -> str:
    found = recovered()
    return percent(found.loc[found["method"] == WORDS["methods"]["adjusted"], "covered"].mean())
