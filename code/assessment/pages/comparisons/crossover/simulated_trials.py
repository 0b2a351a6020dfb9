"""Simulated trials in which the truth is known: what adjustment for crossover recovers."""

from __future__ import annotations

from functools import lru_cache

import altair as alt
import numpy as np
import pandas as pd

from assessment.pages.comparisons.crossover.crossover_words import percent
from assessment.presentation import colour_grammar, theme
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Figure
from assessment.survival.comparison.simulated_crossover import recover

FACTORS, PATIENTS, CROSSING, REPEATS = (0.75, 1.0, 1.25, 1.5, 2.0), 600, 0.5, 20
DOMAIN, TICKS = [0.5, 3.0], [0.5, 0.75, 1, 1.25, 1.5, 2, 3]
IGNORED, ADJUSTED = _("crossover ignored"), _("RPSFTM")
METHODS = [IGNORED, ADJUSTED]


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
                "method": method,
                "estimate": e.acceleration_factor,
                "covered": e.low <= -np.log(r.truth) <= e.high,
            }
            for i in range(REPEATS)
            for r in recover(FACTORS, PATIENTS, CROSSING, i)
            for method, e in ((IGNORED, r.ignored), (ADJUSTED, r.adjusted))
        ]
    )


def _geometric_mean(values: pd.Series) -> float:
    return float(np.exp(np.mean(np.log(values))))


def _means(trials: pd.DataFrame) -> pd.DataFrame:
    by_method = trials.groupby(["truth", "method", "at"])["estimate"]
    return by_method.agg(mean=_geometric_mean, low="min", high="max").reset_index()


def _scatter(trials: pd.DataFrame, means: pd.DataFrame, width: int) -> alt.TopLevelMixin:
    """Estimates against the truth, small points a trial each, large ones their means."""
    scale = alt.Scale(type="log", domain=DOMAIN, nice=False)
    truth = (
        _("True factor by which treatment prolongs life")
        if width > 500
        else _("True factor (above 1: longer life)")
    )
    x = alt.X("at:Q", title=truth, scale=scale, axis=alt.Axis(values=TICKS, format="~g"))
    y_axis = alt.Axis(grid=True, values=TICKS, format="~g")

    def y(field: str) -> alt.Y:
        return alt.Y(field, title=_("Estimated factor"), scale=scale, axis=y_axis)

    legend = alt.Legend(title=None)
    colour = alt.Color(
        "method:N",
        scale=alt.Scale(domain=METHODS, range=colour_grammar.ramp(2)[::-1]),
        legend=legend,
    )
    shape = alt.Shape(
        "method:N", scale=alt.Scale(domain=METHODS, range=["square", "circle"]), legend=legend
    )
    tooltip = [
        alt.Tooltip("method:N", title=_("Method")),
        alt.Tooltip("truth:Q", title=_("Truth")),
        alt.Tooltip("mean:Q", title=_("Mean estimate"), format=".2f"),
    ]
    diagonal = alt.Chart(pd.DataFrame({"at": DOMAIN, "estimate": DOMAIN})).mark_line(
        color=theme.MUTED, strokeDash=[3, 3], strokeWidth=1.2
    )
    small = alt.Chart(trials).mark_point(filled=True, size=22, opacity=0.35)
    large = alt.Chart(means).mark_point(
        filled=True, size=120, opacity=1, stroke=theme.BACKGROUND, strokeWidth=1.5
    )
    return alt.layer(
        diagonal.encode(x=x, y=y("estimate:Q")),
        small.encode(x=x, y=y("estimate:Q"), color=colour, shape=shape),
        large.encode(x=x, y=y("mean:Q"), color=colour, shape=shape, tooltip=tooltip),
    ).properties(width=width - 62, height=300)


def validation() -> Figure:
    """True against estimated effect in simulated trials: crossover ignored and RPSFTM."""
    trials = recovered()
    # the two methods stand a little apart
    apart = np.where(trials["method"] == IGNORED, 0.975, 1.025)
    trials = trials.assign(at=trials["truth"] * apart)
    means = _means(trials)
    names = {
        "truth": _("Truth"),
        "method": _("Method"),
        "mean": _("Mean estimate"),
        "low": _("Lowest"),
        "high": _("Highest"),
    }
    table = means[list(names)].rename(columns=names).round(3)
    in_words = "; ".join(
        _("truth {truth}, {method} {mean}").format(
            truth=f"{r.truth:g}", method=r.method, mean=f"{r.mean:.2f}"
        )
        for r in frame_rows(means)
    )
    return Figure(
        lambda width: _scatter(trials, means, width),
        _(
            "True against estimated factor by which treatment prolongs life, twenty simulated"
            " trials at each of five truths. Means: {means}."
        ).format(means=in_words),
        table,
        "rpsftm-simulated",
        note=_(
            "Simulated patients only: no data of CABINET can enter here. Small: one trial; large:"
            " mean. Dashed: estimate equal to truth."
        ),
    )


def covered() -> str:
    """How often the adjusted estimate's interval holds the truth, as text."""
    trials = recovered()
    return percent(trials.loc[trials["method"] == ADJUSTED, "covered"].mean())
