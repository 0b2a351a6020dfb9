"""Calibration tried on data sets whose patients are known."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.trial.trial import ARMS
from assessment.pages.trial_evidence.extrapolation_words import SET_NAMES, SET_TITLES
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure
from assessment.survival.calibration.hidden_data_check import SETS, accuracy, hidden


def validation() -> Figure:
    """Four public data sets, hidden: the calibrated band of the trial's own curve against
    Kaplan–Meier of the patients.
    """
    from lifelines import KaplanMeierFitter

    checks = [hidden(name) for name in SETS]
    bands_of, truths, rows = {}, {}, []
    for h in checks:
        share = np.linspace(0, 1, 61)
        parts, steps = [], []
        for arm, code, mask in ((ARMS[0], "t", h.treated), (ARMS[1], "c", ~h.treated)):
            low, middle, high = h.draws.band(share * h.horizon, code, "trial")
            parts.append(
                pd.DataFrame(
                    {
                        "arm": arm,
                        "month": share * 100,
                        "low": 100 * low,
                        "middle": 100 * middle,
                        "high": 100 * high,
                    }
                )
            )
            true = (
                KaplanMeierFitter()
                .fit(h.durations[mask], h.observed[mask])
                .survival_function_at_times(share * h.horizon)
                .to_numpy()
            )
            steps.append(pd.DataFrame({"arm": arm, "month": share * 100, "true": 100 * true}))
            rows.append(
                {
                    "Data set": SET_NAMES[h.name],
                    "Curve": "first" if code == "t" else "second",
                    "True mean": h.truth[code],
                    "Calibrated": (
                        f"{numbers.number(h.estimate[code], 1)}"
                        f" ({numbers.interval(h.low[code], h.high[code])})"
                    ),
                    "Error, % of horizon": 100 * h.error(code),
                    "Inside": "yes" if h.covered(code) else "no",
                }
            )
        bands_of[h.name], truths[h.name] = pd.concat(parts), pd.concat(steps)

    def draw(width: int):
        plot = (width - 62 - 18) // 2

        def panel(name, first, last):
            x = alt.X(
                "month:Q",
                scale=alt.Scale(domain=[0, 100], nice=False),
                axis=alt.Axis(
                    values=[0, 50, 100], grid=False, title="Percent of follow-up" if last else None
                ),
            )

            def y(field):
                return alt.Y(
                    f"{field}:Q",
                    scale=alt.Scale(domain=[0, 100], nice=False),
                    axis=alt.Axis(
                        title=None,
                        values=[0, 50, 100],
                        grid=True,
                        labelExpr="datum.value + '\u00a0%'" if first else "''",
                    ),
                )

            area = (
                alt.Chart(bands_of[name])
                .mark_area(opacity=0.25)
                .encode(x=x, y=y("low"), y2="high:Q", color=theme.arm_scale("arm:N"))
            )
            true = (
                alt.Chart(truths[name])
                .mark_line(interpolate="step-after", strokeWidth=1.8, color=theme.INK)
                .encode(
                    x=x,
                    y=y("true"),
                    detail="arm:N",
                    strokeDash=alt.StrokeDash(
                        "arm:N",
                        scale=alt.Scale(
                            domain=list(ARMS), range=[theme.ARM_DASHES[a] for a in ARMS]
                        ),
                        legend=None,
                    ),
                )
            )
            return alt.layer(area, true).properties(
                width=plot,
                height=170 if width > 500 else 130,
                title=SET_NAMES[name] if width > 500 else SET_TITLES[name],
            )

        names = list(SETS)
        lines = [
            alt.hconcat(
                *(panel(n, k == 0, i == 2) for k, n in enumerate(names[i : i + 2])), spacing=18
            )
            for i in (0, 2)
        ]
        return alt.vconcat(
            *lines,
            spacing=14,
            title=alt.Title(
                (
                    "Band: calibrated from the printed summaries alone. Line: the truth."
                    if width > 500
                    else ["Band: calibrated from printed summaries.", "Line: the truth."]
                ),
                fontSize=12,
                fontWeight=400,
                color=theme.MUTED,
            ),
        )

    a = accuracy()
    return Figure(
        draw,
        "Four panels: bands calibrated from summaries against the Kaplan–Meier curves of the"
        f" patients. Mean error of restricted means {numbers.number(100 * a['arms'], 1)} percent of"
        f" follow-up; {a['covered']} of {a['intervals']} intervals hold the truth.",
        pd.DataFrame(rows),
        "calibration-check",
        (),
        note=(
            "Blue and solid: the group named first; orange and dashed: the second. Public data sets"
            " that come with the program library lifelines. Means are in each set's own unit of"
            " time."
        ),
    )
