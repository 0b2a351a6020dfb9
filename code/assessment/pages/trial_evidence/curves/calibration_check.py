"""Calibration tried on data sets whose patients are known."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.trial.trial import ARMS
from assessment.pages.trial_evidence.curves.curve_layers import band_rows
from assessment.pages.trial_evidence.curves.extrapolation_words import SET_NAMES, SET_TITLES
from assessment.pages.trial_evidence.shared.arm_channels import arm_dashes
from assessment.pages.trial_evidence.shared.arm_looks import STROKE
from assessment.pages.trial_evidence.shared.trial_words import capitalised
from assessment.presentation import colour_grammar, numbers, theme
from assessment.presentation.language import _
from assessment.presentation.show import Figure
from assessment.survival.calibration.hidden_data_check import SETS, Hidden, accuracy, hidden

SHARES = np.linspace(0, 1, 61)  # of the follow-up, at which curves are drawn


def _arms(h: Hidden) -> tuple[tuple[str, str, np.ndarray], ...]:
    """(arm in whose colour it is drawn, code, who is in it) of both groups of a data set."""
    return (ARMS[0], "t", h.treated), (ARMS[1], "c", ~h.treated)


def _bands(h: Hidden) -> pd.DataFrame:
    """The calibrated bands of both groups, by percent of the follow-up."""
    draws = h.draws
    bands = [
        band_rows(arm, SHARES * 100, draws.band(SHARES * h.horizon, code, "trial"))
        for arm, code, _who in _arms(h)
    ]
    return pd.concat(bands)


def _truth(h: Hidden) -> pd.DataFrame:
    """Kaplan–Meier curves of the patients, by percent of the follow-up."""
    from lifelines import KaplanMeierFitter

    parts = []
    for arm, _code, who in _arms(h):
        fitted = KaplanMeierFitter().fit(h.durations[who], h.observed[who])
        alive = fitted.survival_function_at_times(SHARES * h.horizon).to_numpy()
        parts.append(pd.DataFrame({"arm": arm, "month": SHARES * 100, "true": 100 * alive}))
    return pd.concat(parts)


def _rows(h: Hidden) -> list[dict]:
    """The table behind one panel: the restricted mean of each group, true and calibrated."""
    rows = []
    for code, name in (("t", _("first")), ("c", _("second"))):
        interval = numbers.interval(h.low[code], h.high[code])
        rows.append(
            {
                _("Data set"): SET_NAMES[h.name],
                _("Curve"): name,
                _("True mean"): h.truth[code],
                _("Calibrated"): f"{numbers.number(h.estimate[code], 1)} ({interval})",
                _("Error, % of horizon"): 100 * h.error(code),
                _("Inside"): _("yes") if h.covered(code) else _("no"),
            }
        )
    return rows


def _panel(h: Hidden, width: int, first: bool, last: bool) -> alt.LayerChart | alt.FacetChart:
    wide = width > 500
    plot = (width - 62 - 18) // 2
    ticks = [0, 50, 100]
    scale = alt.Scale(domain=[0, 100], nice=False)
    follow_up = _("Percent of follow-up") if last else None
    x = alt.X("month:Q", scale=scale, axis=alt.Axis(values=ticks, grid=False, title=follow_up))
    label = "datum.value + '\u00a0%'" if first else "''"
    y_axis = alt.Axis(title=None, values=ticks, grid=True, labelExpr=label)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=scale, axis=y_axis)

    area = alt.Chart(_bands(h)).mark_area(opacity=0.25)
    line = alt.Chart(_truth(h)).mark_line(
        interpolate="step-after", strokeWidth=1.8, color=theme.INK
    )
    return alt.layer(
        area.encode(x=x, y=y("low"), y2="high:Q", color=_groups()),
        line.encode(x=x, y=y("true"), detail="arm:N", strokeDash=arm_dashes()),
    ).properties(
        width=plot,
        height=170 if wide else 130,
        title=SET_NAMES[h.name] if wide else SET_TITLES[h.name],
    )


def _legend(wide: bool) -> alt.Title:
    words = (
        _("Band: calibrated from the printed summaries alone. Line: the truth.")
        if wide
        else [_("Band: calibrated from printed summaries."), _("Line: the truth.")]
    )
    return alt.Title(words, fontSize=12, fontWeight=400, color=theme.MUTED)


def _groups() -> alt.Color:
    """Shades of the two groups, which are arms of other trials than this one."""
    shades = [colour_grammar.MAIN, colour_grammar.SECOND]
    return alt.Color("arm:N", scale=alt.Scale(domain=list(ARMS), range=shades), legend=None)


def validation() -> Figure:
    """Four public data sets, hidden: the calibrated band of the trial's own curve against
    Kaplan–Meier of the patients.
    """
    checks = [hidden(name) for name in SETS]

    def draw(width: int) -> alt.VConcatChart:
        lines = []
        for start in (0, 2):
            panels = [
                _panel(h, width, k == 0, start == 2)
                for k, h in enumerate(checks[start : start + 2])
            ]
            lines.append(alt.hconcat(*panels, spacing=18))
        return alt.vconcat(*lines, spacing=14, title=_legend(width > 500))

    reached = accuracy()
    return Figure(
        draw,
        _(
            "Four panels: bands calibrated from summaries against the Kaplan–Meier curves of the"
            " patients. Mean error of restricted means {error} percent of follow-up; {covered} of"
            " {intervals} intervals hold the truth."
        ).format(
            error=numbers.number(100 * reached["arms"], 1),
            covered=reached["covered"],
            intervals=reached["intervals"],
        ),
        pd.DataFrame([row for h in checks for row in _rows(h)]),
        "calibration-check",
        (),
        note=_(
            "{first}: the group named first; {second}: the second. Public data sets"
            " that come with the program library lifelines. Means are in each set's own unit of"
            " time."
        ).format(first=capitalised(STROKE[ARMS[0]]), second=STROKE[ARMS[1]]),
    )
