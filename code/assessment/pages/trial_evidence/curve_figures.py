"""Survival curves of CABINET as bands, with medians, what is known of the numbers at risk, and the
sets and subgroups beside each other.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.trial.trial import ARMS, COHORTS
from assessment.case.trial.trial_curves import Curves, curves
from assessment.pages.trial_evidence.curve_layers import (
    axes,
    band_frame,
    band_layers,
    median_layers,
    name_layers,
)
from assessment.pages.trial_evidence.curve_words import (
    HORIZON,
    LANDMARK,
    STEP,
    WORDS,
    landmark_text,
    route_title,
    share_texts,
    tag,
)
from assessment.pages.trial_evidence.rows_at_risk import table_rows, under
from assessment.presentation.show import Figure


def bands(endpoint: str) -> Figure:
    """Curves of 'pfs' or 'os' in both cohorts, publication set, with the table of numbers under
    each axis.
    """
    shown = [curves(endpoint, cohort) for cohort in COHORTS]
    horizon = HORIZON[endpoint]
    frames = {
        (c.group, of): band_frame(c, horizon, 48, of)
        for c in shown
        for of in ("trial", "population")
    }

    def draw(width: int):
        wide = width > 500
        plot, step = width - 104, STEP[endpoint][wide]

        def panel(c: Curves):
            scale, x, _ = axes(horizon, step, WORDS["months"])
            axis = alt.Axis(
                title=None,
                values=[0, 25, 50, 75, 100],
                minExtent=88,
                maxExtent=88,
                labelExpr="datum.value + '\u00a0%'",
            )

            def y(field):
                return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[0, 100], nice=False), axis=axis)

            layers = [
                *band_layers(frames[c.group, "trial"], x, y, 0.26, frames[c.group, "population"]),
                *median_layers(c, scale, y),
                *name_layers(frames[c.group, "trial"], scale, y),
            ]
            top = alt.layer(*layers).properties(
                width=plot,
                height=240 if wide else 200,
                title=f"{WORDS['free'][endpoint]}, {COHORTS[c.group]}{tag(c)}",
            )
            return alt.vconcat(top, under(c, scale, step, plot), spacing=4)

        return alt.vconcat(*map(panel, shown), spacing=26, title=route_title(shown))

    rows, at = [], tuple(range(0, horizon + 1, STEP[endpoint][True]))
    for c in shown:
        texts = {
            (arm, of): dict(zip(at, share_texts(c, arm, at, of)))
            for arm in ARMS
            for of in WORDS["of"]
        }
        rows += [
            {"Cohort": COHORTS[c.group], "Arm": r["arm"], "Month": r["month"]}
            | {
                f"Percent, {name}": texts[r["arm"], of][r["month"]]
                for of, name in WORDS["of"].items()
            }
            | {"At risk, printed": r["at_risk"] or "not published", "Expected": r["expected"]}
            for r in table_rows(c, list(at))
        ]
    said = "; ".join(
        f"{COHORTS[c.group]} at {LANDMARK[endpoint]} months: "
        + ", ".join(f"{arm} {landmark_text(c, arm)}" for arm in ARMS)
        for c in shown
    )
    return Figure(
        draw,
        f"Two survival curves with 95 percent bands per cohort, {WORDS['free'][endpoint].lower()},"
        f" by months. {said}. {WORDS['route'][shown[0].route]}.",
        pd.DataFrame(rows),
        f"cabinet-{endpoint}-curves",
        ("chan2025",),
        note="Dots and bars at one half are the printed medians with their printed intervals.",
    )
