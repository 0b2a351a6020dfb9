"""Months gained on average, by how far one looks."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.trial.trial import COHORTS
from assessment.case.trial.trial_curves import Curves
from assessment.pages.trial_evidence.curves.curve_words import (
    ENDS,
    RMST_AT,
    both_endpoints,
    gain_text,
    route_title,
)
from assessment.pages.trial_evidence.curves.extrapolation_words import Place, grid_of
from assessment.pages.trial_evidence.shared.trial_words import (
    CONTROL,
    TREATED,
    base_sources,
    file_name,
)
from assessment.presentation import colour_grammar, theme
from assessment.presentation.language import _
from assessment.presentation.show import Figure

HORIZONS = {"pfs": 36, "os": 60}  # months drawn
TOLD_AT = {"pfs": (12, 24, 36), "os": (12, 24, 36, 60)}  # months in the table


def _gains(c: Curves) -> pd.DataFrame:
    """Months gained up to each half month: middle and 95 % interval."""
    horizon = HORIZONS[c.endpoint]
    months = np.linspace(0, horizon, horizon * 2 + 1)
    low, middle, high = np.quantile(c.rmst_difference(months), [0.025, 0.5, 0.975], axis=0)
    return pd.DataFrame({"month": months, "low": low, "middle": middle, "high": high})


def _panel(
    c: Curves, frame: pd.DataFrame, domain: list[float], wide: bool, place: Place
) -> alt.LayerChart | alt.FacetChart:
    """``domain``: ends of the vertical axis, the same in all cohorts."""
    named = place.lowest and (wide or place.first)
    x = alt.X(
        "month:Q",
        scale=alt.Scale(domain=[0, HORIZONS[c.endpoint]], nice=False),
        axis=alt.Axis(
            values=list(range(0, 61, 12)),
            grid=False,
            title=_("Horizon, months") if named else None,
        ),
    )
    scale = alt.Scale(domain=domain, nice=False)
    axis = alt.Axis(title=None, tickCount=5, grid=True, labels=place.first)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=scale, axis=axis)

    look: dict[str, Any] = {
        "fontSize": 12,
        "fontWeight": 600,
        "align": "left" if wide else "center",
        "dx": 8 if wide else 0,
        "dy": 20 if wide else 26,
        "color": colour_grammar.MAIN,
    }
    rim = {"stroke": theme.BACKGROUND, "strokeWidth": 4}
    told = frame[np.isclose(frame["month"], RMST_AT)].assign(text=gain_text(c))
    base, mark = alt.Chart(frame), alt.Chart(told).encode(x=x, y=y("middle"))
    band = base.mark_area(opacity=0.18, color=colour_grammar.MAIN)
    zero = alt.Chart(pd.DataFrame({"zero": [0.0]})).mark_rule(color=theme.MUTED, strokeDash=[4, 3])
    line = base.mark_line(color=colour_grammar.MAIN)
    dot = mark.mark_point(filled=True, size=70, opacity=1, color=colour_grammar.MAIN)
    layers = [
        band.encode(x=x, y=y("low"), y2="high:Q"),
        zero.encode(y=y("zero")),
        line.encode(x=x, y=y("middle")),
        dot.encode(tooltip=alt.Tooltip("text:N", title=_("Months gained"))),
        mark.mark_text(**(look | rim)).encode(text="text:N"),
        mark.mark_text(**look).encode(text="text:N"),
    ]
    title = f"{ENDS[c.endpoint]}, {COHORTS[c.group]}"
    height = 170 if wide else 140
    return alt.layer(*layers).properties(width=place.plot, height=height, title=title)


def restricted_means() -> Figure:
    """Months gained against the horizon, both endpoints and all cohorts with enough printed for a
    curve.

    Raises LookupError where there is no curve at all.
    """
    shown = both_endpoints()
    gains = {key: _gains(c) for key, c in shown.items()}
    rows = [
        {
            _("Endpoint"): ENDS[endpoint],
            _("Cohort"): COHORTS[cohort],
            _("Up to month"): month,
            _("Months gained"): gain_text(c, month),
        }
        for (endpoint, cohort), c in shown.items()
        for month in TOLD_AT[endpoint]
    ]

    def draw(width: int) -> alt.VConcatChart:
        def panel(endpoint: str, cohort: str, place: Place):
            of_all = [gain for (other, _cohort), gain in gains.items() if other == endpoint]
            bottom = min(f["low"].min() for f in of_all) - 0.5
            top = max(f["high"].max() for f in of_all) * 1.08
            key = endpoint, cohort
            return _panel(shown[key], gains[key], [bottom, top], width > 500, place)

        title = route_title(list(shown.values()), _("Months gained up to the horizon"))
        return grid_of(panel, shown, width, 58, title)

    told = "; ".join(
        _("{endpoint} {cohort}: {gain} months up to {horizon} months").format(
            endpoint=ENDS[endpoint], cohort=COHORTS[cohort], gain=gain_text(c), horizon=RMST_AT
        )
        for (endpoint, cohort), c in shown.items()
    )
    return Figure(
        draw,
        _(
            "Lines with bands: difference of restricted mean time, {treated} minus {control}, by"
            " horizon. {gains}."
        ).format(treated=TREATED, control=CONTROL, gains=told),
        pd.DataFrame(rows),
        file_name("restricted-means"),
        base_sources(),
        note=_("Months without the event gained on average up to the horizon; 95 % interval."),
    )
