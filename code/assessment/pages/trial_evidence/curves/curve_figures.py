"""Survival curves of the trial as bands, with medians and what is known of the numbers at risk."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.trial.trial import ARMS, COHORTS
from assessment.case.trial.trial_curves import Curves
from assessment.pages.trial_evidence.curves.curve_layers import (
    axes,
    band_frame,
    band_layers,
    median_layers,
    name_layers,
    percent_axis,
)
from assessment.pages.trial_evidence.curves.curve_words import (
    BANDS,
    EVENT_FREE,
    HORIZON,
    LANDMARK,
    MONTHS,
    OUTLINED,
    ROUTES,
    STEP,
    landmark_text,
    route_title,
    share_texts,
    shown_curves,
    with_route,
)
from assessment.pages.trial_evidence.curves.rows_at_risk import ROOM, table_rows, under
from assessment.pages.trial_evidence.shared.trial_words import (
    ARM_LABELS,
    base_sources,
    file_name,
)
from assessment.presentation.language import _
from assessment.presentation.show import Figure


def _panel(c: Curves, width: int) -> alt.VConcatChart:
    """The curves of one cohort with the rows beneath."""
    wide = width > 500
    plot, horizon, step = width - 104, HORIZON[c.endpoint], STEP[c.endpoint][wide]
    scale, x, _y = axes(horizon, step, MONTHS)
    y = percent_axis(minExtent=ROOM, maxExtent=ROOM)
    frame = band_frame(c, horizon, 48, "trial")
    layers = [
        *band_layers(
            frame,
            x,
            y,
            0.26,
            band_frame(c, horizon, 48, "population"),
            outlined=c.endpoint in OUTLINED,
        ),
        *median_layers(c, scale, y),
        *name_layers(frame, scale, y),
    ]
    title = with_route(f"{EVENT_FREE[c.endpoint]}, {COHORTS[c.group]}", c)
    top = alt.layer(*layers).properties(width=plot, height=240 if wide else 200, title=title)
    return alt.vconcat(top, under(c, scale, step, plot), spacing=4)


def bands(endpoint: str) -> Figure:
    """Curves of 'pfs' or 'os' in each cohort with enough printed for one, base set, with the table
    of numbers under each axis.

    Raises LookupError where no cohort has a curve.
    """
    shown = shown_curves(endpoint)

    def draw(width: int) -> alt.VConcatChart:
        panels = [_panel(c, width) for c in shown]
        return alt.vconcat(*panels, spacing=26, title=route_title(shown))

    at_landmark = "; ".join(
        _("{cohort} at {month} months: {shares}").format(
            cohort=COHORTS[c.group],
            month=LANDMARK[endpoint],
            shares=", ".join(f"{ARM_LABELS[arm]} {landmark_text(c, arm)}" for arm in ARMS),
        )
        for c in shown
    )
    return Figure(
        draw,
        _(
            "Two survival curves with 95 percent bands per cohort, {outcome}, by months. {shares}."
            " {route}."
        ).format(
            outcome=EVENT_FREE[endpoint].lower(),
            shares=at_landmark,
            route=ROUTES[shown[0].route],
        ),
        pd.DataFrame([row for c in shown for row in _rows(c)]),
        file_name(f"{endpoint}-curves"),
        base_sources(),
        note=" ".join(
            [
                _(
                    "Dots and bars at one half are the printed medians with their printed intervals."
                ),
                *(
                    [_("Thin lines: where each arm's curve can run.")]
                    if endpoint in OUTLINED
                    else []
                ),
            ]
        ),
    )


def _rows(c: Curves) -> list[dict]:
    """The table behind the curves of one cohort: a row per arm and month."""
    months = tuple(range(0, HORIZON[c.endpoint] + 1, STEP[c.endpoint][True]))
    shares = {
        (arm, of): dict(zip(months, share_texts(c, arm, months, of)))
        for arm in ARMS
        for of in BANDS
    }
    rows = []
    for r in table_rows(c, list(months)):
        row = {
            _("Cohort"): COHORTS[c.group],
            _("Arm"): ARM_LABELS[r["arm"]],
            _("Month"): r["month"],
        }
        for of, name in BANDS.items():
            row[_("Percent, {whose}").format(whose=name)] = shares[r["arm"], of][r["month"]]
        row[_("At risk, printed")] = r["at_risk"] or _("not published")
        row[_("Expected")] = r["expected"]
        rows.append(row)
    return rows
