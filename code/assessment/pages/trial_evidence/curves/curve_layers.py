"""The layers of a picture of curves: bands, medians, names, axes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.trial.trial import ARMS
from assessment.case.trial.trial_curves import Curves
from assessment.case.trial.trial_summaries import ARM_CODE
from assessment.pages.trial_evidence.shared.arm_channels import arm_dashes
from assessment.pages.trial_evidence.shared.trial_words import ARM_LABELS
from assessment.presentation import numbers, theme
from assessment.presentation.language import _

Axis = Callable[[str], alt.Y]  # gives the vertical channel of a field
QUARTERS = [0, 25, 50, 75, 100]  # percent


def band_rows(arm: str, months: np.ndarray, band: tuple[np.ndarray, ...]) -> pd.DataFrame:
    """One row per month: low, middle and high of a band of shares, 0 to 1, in percent."""
    low, middle, high = band
    return pd.DataFrame(
        {
            "arm": arm,
            "month": months,
            "low": 100 * low,
            "middle": 100 * middle,
            "high": 100 * high,
        }
    )


@lru_cache(maxsize=64)
def band_frame(c: Curves, horizon: float, steps: int, of: str = "trial") -> pd.DataFrame:
    """One row per arm and month: low, middle, high of the share without the event, in percent.

    of: 'trial', the trial's own curve; 'population', that of all such patients.
    """
    months = np.linspace(0, horizon, steps + 1)
    rows = [band_rows(arm, months, c.band(months, arm, of)) for arm in ARMS]
    return pd.concat(rows).dropna()


def _area(data: pd.DataFrame, opacity: float, x: alt.X, y: Axis) -> alt.Chart:
    area = alt.Chart(data).mark_area(opacity=opacity)
    return area.encode(x=x, y=y("low"), y2="high:Q", color=theme.arm_scale("arm:N"))


def _edges(data: pd.DataFrame, x: alt.X, y: Axis) -> list[alt.Chart]:
    """The lower and upper edge of each arm's band as thin lines."""
    edge = alt.Chart(data).mark_line(strokeWidth=1, opacity=0.8)
    look = {"color": theme.arm_scale("arm:N"), "strokeDash": arm_dashes()}
    return [edge.encode(x=x, y=y(side), **look) for side in ("low", "high")]


def band_layers(
    frame: pd.DataFrame,
    x: alt.X,
    y: Axis,
    opacity: float = 0.2,
    behind: pd.DataFrame | None = None,
    tips: bool = True,
    outlined: bool = False,
) -> list[alt.Chart]:
    """Band and middle line per arm in the arms' colours and dashes, ``behind``: a lighter band;
    ``tips``: a tooltip at whole months; ``outlined``: the band's two edges in place of a filled
    band, for curves that lie on each other.
    """
    layers = [] if behind is None or outlined else [_area(behind, 0.13, x, y)]
    line = alt.Chart(frame).mark_line()
    colour = theme.arm_scale("arm:N")
    layers += _edges(frame, x, y) if outlined else [_area(frame, opacity, x, y)]
    layers += [
        line.encode(x=x, y=y("middle"), color=colour, strokeDash=arm_dashes()),
    ]
    if tips:
        tooltip = [
            alt.Tooltip("arm:N", title=_("Arm")),
            alt.Tooltip("month:Q", title=_("Month")),
            alt.Tooltip("middle:Q", title=_("Percent"), format=".0f"),
            alt.Tooltip("low:Q", title=_("From"), format=".0f"),
            alt.Tooltip("high:Q", title=_("To"), format=".0f"),
        ]
        whole_months = frame[np.isclose(frame["month"] % 1, 0)]
        touch = alt.Chart(whole_months).mark_point(opacity=0, size=120)
        layers.append(touch.encode(x=x, y=y("middle"), tooltip=tooltip))
    return layers


def _printed_medians(c: Curves, end: float) -> list[dict]:
    """A row per arm with a printed median up to ``end`` months, its interval cut there."""
    rows = []
    for arm, code in ARM_CODE.items():
        fact = c.facts.get(f"median_{code}")
        if fact is None or fact.number > end:
            continue
        low, high = fact.low, fact.high
        printed = low is not None and high is not None
        rows.append(
            {
                "arm": arm,
                "median": fact.number,
                "low": low if printed else fact.number,
                "high": min(high, end) if high is not None and printed else fact.number,
                "half": 50.0,
                "text": f"{ARM_LABELS[arm]}: {numbers.fact_text(fact)}",
            }
        )
    return rows


def median_layers(c: Curves, x_scale: alt.Scale, y: Axis) -> list[alt.Chart]:
    """The printed medians at one half, with their printed intervals cut at the axis; where two
    overlap, the second is a wide pale bar behind the first.
    """
    rows = _printed_medians(c, x_scale.domain[1])
    overlap = len(rows) == 2 and rows[1]["high"] > rows[0]["low"]
    layers: list[alt.Chart] = []
    for place, row in enumerate(rows):
        base = alt.Chart(pd.DataFrame([row])).encode(
            y=y("half"),
            color=theme.arm_scale("arm:N"),
            tooltip=alt.Tooltip("text:N", title=_("Median, printed")),
        )
        behind = overlap and place == 1
        interval = base.mark_rule(strokeWidth=7 if behind else 2.5, opacity=0.45 if behind else 1)
        dot = base.mark_point(
            filled=True,
            size=90,
            opacity=1,
            stroke=theme.BACKGROUND,
            strokeWidth=1.5,
            shape=theme.ARM_SHAPES[row["arm"]],
        )
        layers.insert(
            0 if behind else place, interval.encode(x=alt.X("low:Q", scale=x_scale), x2="high:Q")
        )
        layers.append(dot.encode(x=alt.X("median:Q", scale=x_scale)))
    return layers


def _month_furthest_apart(frame: pd.DataFrame) -> float:
    """The month in the first two thirds of a picture at which the curves are furthest apart."""
    first, second = (frame[frame["arm"] == arm].set_index("month")["middle"] for arm in ARMS)
    gap = first - second
    end = gap.index.max()
    inside = (gap.index > 0.2 * end) & (gap.index < 0.62 * end)
    return float(gap[inside].idxmax())


def name_layers(
    frame: pd.DataFrame, x_scale: alt.Scale, y: Axis, size: int = 13
) -> list[alt.Chart]:
    """The arms' names on their curves: at the height where they stand furthest apart, the treated
    arm above and the control below.
    """
    at = _month_furthest_apart(frame)
    layers = []
    for arm, align, dx, dy in ((ARMS[0], "left", 6, -12), (ARMS[1], "right", -6, 14)):
        point = frame[(frame["arm"] == arm) & np.isclose(frame["month"], at)]
        look: dict[str, Any] = {
            "align": align,
            "dx": dx,
            "dy": dy,
            "fontSize": size,
            "fontWeight": 600,
            "color": theme.ARM_COLOURS[arm],
        }
        # first a rim in the colour of the page, then the name
        for rim in ({"stroke": theme.BACKGROUND, "strokeWidth": 4}, {}):
            name = alt.Chart(point).mark_text(**(look | rim))
            x = alt.X("month:Q", scale=x_scale)
            layers.append(name.encode(x=x, y=y("middle"), text="arm:N"))
    return layers


def percent_axis(labels: bool = True, **more) -> Axis:
    """The vertical channel of shares in percent, by field; ``more`` goes to the axis."""
    axis = alt.Axis(
        title=None,
        values=QUARTERS,
        labelExpr="datum.value + '\u00a0%'" if labels else "''",
        **more,
    )
    scale = alt.Scale(domain=[0, 100], nice=False)
    return lambda field: alt.Y(f"{field}:Q", scale=scale, axis=axis)


def axes(
    horizon: int, step: int, title: str | None, labels: bool = True
) -> tuple[alt.Scale, alt.X, Axis]:
    """The scale of months, its channel, and the vertical channel of percent by field."""
    scale = alt.Scale(domain=[0, horizon], nice=False)
    ticks = alt.Axis(title=title, values=list(range(0, horizon + 1, step)), grid=False)
    return scale, alt.X("month:Q", scale=scale, axis=ticks), percent_axis(labels, grid=True)
