"""Beyond the trial's follow-up: the fan to ten years, restricted means, the hazards each family
implies, and the check on hidden data.
"""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.trial.trial import ARMS, COHORTS
from assessment.case.trial.trial_curves import curves
from assessment.pages.trial_evidence.curve_layers import band_frame, band_layers
from assessment.pages.trial_evidence.curve_words import RMST_AT, WORDS, gain_text, route_title
from assessment.pages.trial_evidence.extrapolation_words import LONG, YEARS, grid_of, percent
from assessment.presentation import theme
from assessment.presentation.show import Figure


def fan() -> Figure:
    """Both endpoints to ten years, with the plausible range at two, five and ten years by arm. No
    background mortality.
    """
    shown = {(e, c): curves(e, c) for e in ("pfs", "os") for c in COHORTS}
    frames, marks, rows = {}, {}, []
    for key, c in shown.items():
        points = []
        for arm in ARMS:
            drawn = 100 * c.survival(12.0 * np.array(YEARS), arm)
            for y, column in zip(YEARS, drawn.T):
                low, middle, high = np.quantile(column, [0.025, 0.5, 0.975])
                points.append(
                    {
                        "arm": arm,
                        "month": y + (0.13 if arm == ARMS[0] else -0.13),
                        "year": y,
                        "low": low,
                        "middle": middle,
                        "high": high,
                        "text": percent(column / 100),
                    }
                )
        frames[key] = band_frame(c, 12.0 * YEARS[-1], 80, "population").assign(
            month=lambda f: f["month"] / 12
        )
        marks[key] = pd.DataFrame(points)
        rows += [
            {"Endpoint": WORDS["ends"][key[0]], "Cohort": COHORTS[key[1]], "Arm": arm}
            | {f"{p['year']} years": p["text"] for p in points if p["arm"] == arm}
            for arm in ARMS
        ]

    def draw(width: int):
        wide = width > 500
        plot = (width - 62 - 18) // 2

        def panel(endpoint, cohort, first):
            scale = alt.Scale(domain=[0, 10.3], nice=False)
            x = alt.X(
                "month:Q",
                scale=scale,
                axis=alt.Axis(
                    values=[0, 2, 5, 10],
                    grid=False,
                    title=LONG["years"] if endpoint == "os" and (wide or first) else None,
                ),
            )
            axis = alt.Axis(
                title=None,
                values=[0, 25, 50, 75, 100],
                grid=True,
                labelExpr="datum.value + '\u00a0%'" if first else "''",
            )

            def y(field):
                return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[0, 100], nice=False), axis=axis)

            frame, points = frames[endpoint, cohort], marks[endpoint, cohort]
            bars = alt.Chart(points).encode(
                x=x,
                color=theme.arm_scale("arm:N"),
                tooltip=[alt.Tooltip("arm:N", title="Arm"), alt.Tooltip("text:N", title="Percent")],
            )
            shape = alt.Shape(
                "arm:N",
                scale=alt.Scale(domain=list(ARMS), range=[theme.ARM_SHAPES[a] for a in ARMS]),
                legend=None,
            )
            layers = [
                *band_layers(frame, x, y, 0.14, tips=False),
                bars.mark_rule(strokeWidth=2).encode(y=y("low"), y2="high:Q"),
                bars.mark_point(filled=True, size=55, opacity=1).encode(y=y("middle"), shape=shape),
            ]
            # Names in the corner: the curves of survival lie on each other.
            layers += [
                alt.Chart(pd.DataFrame({"text": [f"{'●' if arm == ARMS[0] else '■'} {arm}"]}))
                .mark_text(align="right", fontSize=12, fontWeight=600, color=theme.ARM_COLOURS[arm])
                .encode(x=alt.value(plot - 2), y=alt.value(10 + 16 * i), text="text:N")
                for i, arm in enumerate(ARMS)
            ]
            return alt.layer(*layers).properties(
                width=plot,
                height=190 if wide else 150,
                title=f"{WORDS['ends'][endpoint]}, {COHORTS[cohort]}",
            )

        return grid_of(panel, ("pfs", "os"), width, route_title(list(shown.values())))

    said = "; ".join(
        f"{r['Endpoint']} {r['Cohort']} {r['Arm']}: {r['5 years']} at five years, {r['10 years']}"
        " at ten"
        for r in rows
    )
    return Figure(
        draw,
        f"Four fans of survival to ten years by arm, percent with 95 percent ranges. {said}.",
        pd.DataFrame(rows),
        "cabinet-extrapolation",
        ("chan2025",),
        note="Percent with 95 % range. Background mortality is not applied here.",
    )


def restricted_means() -> Figure:
    """Months gained against the horizon, both endpoints and cohorts."""
    shown = {(e, c): curves(e, c) for e in ("pfs", "os") for c in COHORTS}
    horizons = {"pfs": 36, "os": 60}
    frames, rows = {}, []
    for (e, cohort), c in shown.items():
        months = np.linspace(0, horizons[e], horizons[e] * 2 + 1)
        low, middle, high = np.quantile(c.rmst_difference(months), [0.025, 0.5, 0.975], axis=0)
        frames[e, cohort] = pd.DataFrame(
            {"month": months, "low": low, "middle": middle, "high": high}
        )
        rows += [
            {
                "Endpoint": WORDS["ends"][e],
                "Cohort": COHORTS[cohort],
                "Up to month": m,
                "Months gained": gain_text(c, m),
            }
            for m in (12, 24, 36, *((60,) if e == "os" else ()))
        ]

    def draw(width: int):
        wide = width > 500
        plot = (width - 58 - 18) // 2

        def panel(endpoint, cohort, first):
            frame = frames[endpoint, cohort]
            both = [frames[endpoint, k] for k in COHORTS]
            domain = [
                min(f["low"].min() for f in both) - 0.5,
                max(f["high"].max() for f in both) * 1.08,
            ]
            x = alt.X(
                "month:Q",
                scale=alt.Scale(domain=[0, horizons[endpoint]], nice=False),
                axis=alt.Axis(
                    values=list(range(0, 61, 12)),
                    grid=False,
                    title=LONG["months"] if endpoint == "os" and (wide or first) else None,
                ),
            )

            def y(field):
                return alt.Y(
                    f"{field}:Q",
                    scale=alt.Scale(domain=domain, nice=False),
                    axis=alt.Axis(title=None, tickCount=5, grid=True, labels=first),
                )

            base = alt.Chart(frame)
            at = frame[np.isclose(frame["month"], RMST_AT)].assign(
                text=gain_text(shown[endpoint, cohort])
            )
            mark = alt.Chart(at).encode(x=x, y=y("middle"))
            text = dict(
                fontSize=12,
                fontWeight=600,
                align="left" if wide else "center",
                dx=8 if wide else 0,
                dy=20 if wide else 26,
                color=theme.BLUE,
            )
            layers = [
                base.mark_area(opacity=0.18, color=theme.BLUE).encode(x=x, y=y("low"), y2="high:Q"),
                alt.Chart(pd.DataFrame({"zero": [0.0]}))
                .mark_rule(color=theme.MUTED, strokeDash=[4, 3])
                .encode(y=y("zero")),
                base.mark_line(color=theme.BLUE).encode(x=x, y=y("middle")),
                mark.mark_point(filled=True, size=70, opacity=1, color=theme.BLUE).encode(
                    tooltip=alt.Tooltip("text:N", title="Months gained")
                ),
                mark.mark_text(**text, stroke=theme.BACKGROUND, strokeWidth=4).encode(
                    text="text:N"
                ),
                mark.mark_text(**text).encode(text="text:N"),
            ]
            return alt.layer(*layers).properties(
                width=plot,
                height=170 if wide else 140,
                title=f"{WORDS['ends'][endpoint]}, {COHORTS[cohort]}",
            )

        return grid_of(
            panel, ("pfs", "os"), width, route_title(list(shown.values()), LONG["gained"])
        )

    said = "; ".join(
        f"{WORDS['ends'][e]} {COHORTS[k]}: {gain_text(c)} months up to {RMST_AT} months"
        for (e, k), c in shown.items()
    )
    return Figure(
        draw,
        "Lines with bands: difference of restricted mean time, cabozantinib minus placebo, by"
        f" horizon. {said}.",
        pd.DataFrame(rows),
        "cabinet-restricted-means",
        ("chan2025",),
        note="Months without the event gained on average up to the horizon; 95 % interval.",
    )
