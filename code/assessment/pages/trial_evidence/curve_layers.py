"""The layers of a picture of curves: bands, medians, names, axes, numbers at risk."""

from __future__ import annotations

from functools import lru_cache

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.trial.trial import ARMS
from assessment.case.trial.trial_curves import Curves
from assessment.presentation import numbers, theme


@lru_cache(maxsize=64)
def band_frame(c: Curves, horizon: float, steps: int, of: str = "trial") -> pd.DataFrame:
    """One row per arm and month: low, middle, high of the share without the event, in percent.

    of: 'trial', the trial's own curve; 'population', that of all such patients.
    """
    months, rows = np.linspace(0, horizon, steps + 1), []
    for arm in ARMS:
        low, middle, high = c.band(months, arm, of)
        rows.append(
            pd.DataFrame(
                {
                    "arm": arm,
                    "month": months,
                    "low": 100 * low,
                    "middle": 100 * middle,
                    "high": 100 * high,
                }
            )
        )
    return pd.concat(rows).dropna()


def band_layers(
    frame: pd.DataFrame,
    x: alt.X,
    y,
    opacity: float = 0.2,
    behind: pd.DataFrame | None = None,
    tips: bool = True,
) -> list:
    """Band and middle line per arm in the arms' colours and dashes, ``behind``: a lighter band;
    ``tips``: a tooltip at whole months.
    """
    said = frame[np.isclose(frame["month"] % 1, 0)]
    base = alt.Chart(frame)
    dash = alt.StrokeDash(
        "arm:N",
        scale=alt.Scale(domain=list(ARMS), range=[theme.ARM_DASHES[a] for a in ARMS]),
        legend=None,
    )
    shown = [
        alt.Tooltip("arm:N", title="Arm"),
        alt.Tooltip("month:Q", title="Month"),
        alt.Tooltip("middle:Q", title="Percent", format=".0f"),
        alt.Tooltip("low:Q", title="From", format=".0f"),
        alt.Tooltip("high:Q", title="To", format=".0f"),
    ]

    def area(data, strength):
        return (
            alt.Chart(data)
            .mark_area(opacity=strength)
            .encode(x=x, y=y("low"), y2="high:Q", color=theme.arm_scale("arm:N"))
        )

    return [
        *([area(behind, 0.13)] if behind is not None else []),
        area(frame, opacity),
        base.mark_line().encode(
            x=x, y=y("middle"), color=theme.arm_scale("arm:N"), strokeDash=dash
        ),
        *(
            [
                alt.Chart(said)
                .mark_point(opacity=0, size=120)
                .encode(x=x, y=y("middle"), tooltip=shown)
            ]
            if tips
            else []
        ),
    ]


def median_layers(c: Curves, x_scale: alt.Scale, y) -> list:
    """The printed medians at one half, with their printed intervals cut at the axis."""
    end = x_scale.domain[1]
    rows = []
    for arm, code in (("cabozantinib", "t"), ("placebo", "c")):
        fact = c.facts.get(f"median_{code}")
        if fact is not None and fact.number <= end:
            has = fact.low is not None
            rows.append(
                {
                    "arm": arm,
                    "median": fact.number,
                    "low": fact.low if has else fact.number,
                    "high": min(fact.high, end) if has else fact.number,
                    "half": 50.0,
                    "text": f"{arm}: {numbers.fact_text(fact)}",
                }
            )
    if not rows:
        return []
    # Intervals that overlap are drawn a little apart.
    apart = 4 if len(rows) == 2 and rows[1]["high"] > rows[0]["low"] else 0
    layers = []
    for row, down in zip(rows, (-apart, apart)):
        base = alt.Chart(pd.DataFrame([row])).encode(
            y=y("half"),
            color=theme.arm_scale("arm:N"),
            tooltip=alt.Tooltip("text:N", title="Median, printed"),
        )
        layers += [
            base.mark_rule(strokeWidth=2.5, yOffset=down).encode(
                x=alt.X("low:Q", scale=x_scale), x2="high:Q"
            ),
            base.mark_point(
                filled=True,
                size=90,
                opacity=1,
                stroke=theme.BACKGROUND,
                strokeWidth=1.5,
                shape=theme.ARM_SHAPES[row["arm"]],
                yOffset=down,
            ).encode(x=alt.X("median:Q", scale=x_scale)),
        ]
    return layers


def name_layers(frame: pd.DataFrame, x_scale: alt.Scale, y, size: int = 13) -> list:
    """The arms' names on their curves: at the height where they stand furthest apart, cabozantinib
    above and placebo below.
    """
    gap = (
        frame[frame["arm"] == ARMS[0]].set_index("month")["middle"]
        - frame[frame["arm"] == ARMS[1]].set_index("month")["middle"]
    )
    at = float(
        gap[(gap.index > 0.2 * gap.index.max()) & (gap.index < 0.62 * gap.index.max())].idxmax()
    )
    layers = []
    for arm, align, dx, dy in ((ARMS[0], "left", 6, -12), (ARMS[1], "right", -6, 14)):
        point = frame[(frame["arm"] == arm) & np.isclose(frame["month"], at)]
        for stroke in (theme.BACKGROUND, None):
            mark = dict(
                align=align,
                dx=dx,
                dy=dy,
                fontSize=size,
                fontWeight=600,
                color=theme.ARM_COLOURS[arm],
            ) | ({"stroke": stroke, "strokeWidth": 4} if stroke else {})
            layers.append(
                alt.Chart(point)
                .mark_text(**mark)
                .encode(x=alt.X("month:Q", scale=x_scale), y=y("middle"), text="arm:N")
            )
    return layers


def axes(horizon: float, step: int, title: str | None, labels: bool = True):
    scale = alt.Scale(domain=[0, horizon], nice=False)
    x = alt.X(
        "month:Q",
        scale=scale,
        axis=alt.Axis(title=title, values=list(range(0, horizon + 1, step)), grid=False),
    )
    percent = alt.Axis(
        title=None,
        values=[0, 25, 50, 75, 100],
        grid=True,
        labelExpr="datum.value + '\u00a0%'" if labels else "''",
    )
    return (
        scale,
        x,
        lambda field: alt.Y(
            f"{field}:Q", scale=alt.Scale(domain=[0, 100], nice=False), axis=percent
        ),
    )
