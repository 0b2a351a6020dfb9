"""The cost-effectiveness plane: draws of QALYs gained and added cost."""

from __future__ import annotations

from typing import NamedTuple

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence import load_facts
from assessment.pages.economics.shared.cohort_panels import beside_or_below
from assessment.pages.economics.shared.reference_lines import (
    POLICY,
    REFERENCE_SOURCES,
    reference_lines,
)
from assessment.presentation import numbers, theme
from assessment.presentation.language import _
from assessment.presentation.money_format import MILLION, format_share
from assessment.presentation.show import Figure

POINTS = 300
INSIDE = 0.95
# 95 % of a bivariate normal lie within this squared distance
ROUND_THE_MEAN = -2 * np.log(1 - INSIDE)
COLUMNS = {
    "cohort": _("Cohort"),
    "gain": _("QALYs gained, mean"),
    "gain_low": "2.5 %",
    "gain_high": "97.5 %",
    "cost": _("Added cost, million NOK, mean"),
    "cost_low": _("2.5 % of cost"),
    "cost_high": _("97.5 % of cost"),
    "worth_stated": _("Worth it at the stated value"),
    "worth_class": _("Worth it at the class's value"),
    "loses": _("Loses QALYs"),
}


class Cloud(NamedTuple):
    """What the plane shows of a cohort: the first draws as ``x`` (QALYs gained) and ``y`` (million
    NOK), the outline of their ellipse, and the mean of all draws.
    """

    points: pd.DataFrame
    outline: pd.DataFrame
    mean: tuple[float, float]


def normal_ellipse(x: np.ndarray, y: np.ndarray) -> pd.DataFrame:
    """Outline (columns x, y, order) of the normal ellipse that holds INSIDE of the draws."""
    values, vectors = np.linalg.eigh(np.cov(x, y))
    turn = np.linspace(0, 2 * np.pi, 73)
    points = (vectors * np.sqrt(values * ROUND_THE_MEAN)) @ np.stack([np.cos(turn), np.sin(turn)])
    return pd.DataFrame(
        {"x": x.mean() + points[0], "y": y.mean() + points[1], "order": range(turn.size)}
    )


def _cloud(cohort: str) -> Cloud:
    increment = runs.draws(cohort).increment
    x, y = increment.effect, increment.cost / MILLION
    points = pd.DataFrame({"x": x[:POINTS], "y": y[:POINTS]})
    return Cloud(points, normal_ellipse(x, y), (float(x.mean()), float(y.mean())))


def plane_figure() -> Figure:
    """Draws of QALYs gained and added cost, with their ellipse and the reference lines, by cohort."""
    clouds = {cohort: _cloud(cohort) for cohort in COHORTS}
    every = pd.concat([cloud.points for cloud in clouds.values()])
    x_domain = [float(every["x"].min()) - 0.1, float(every["x"].max()) + 0.1]
    y_domain = [min(0.0, float(every["y"].min())) - 0.1, float(every["y"].max()) + 0.1]

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        panels = []
        for cohort in COHORTS:
            x = alt.X(
                "x:Q",
                title=_("QALYs gained per patient"),
                scale=alt.Scale(domain=x_domain, nice=False),
                axis=alt.Axis(grid=False, tickCount=6),
            )
            named = not wide or cohort == COHORTS[0]
            y = alt.Y(
                "y:Q",
                title=_("Added cost per patient, million NOK") if named else None,
                scale=alt.Scale(domain=y_domain, nice=False),
                axis=alt.Axis(tickCount=5),
            )
            panel = alt.layer(
                alt.Chart(pd.DataFrame({"x": [0.0]})).mark_rule(color=theme.GRID).encode(x=x),
                alt.Chart(pd.DataFrame({"y": [0.0]})).mark_rule(color=theme.GRID).encode(y=y),
                *_cloud_layers(cohort, clouds[cohort], x_domain, x, y),
            )
            panels.append(
                panel.properties(
                    width=(width - 116) // 2 if wide else width - 60,
                    height=260 if wide else 220,
                    title=alt.Title(NAMES[cohort], fontSize=13),
                )
            )
        return beside_or_below(panels, wide)

    rows = [_row(cohort) for cohort in COHORTS]
    finding = "; ".join(
        _(
            "{cohort}: {gain} QALYs ({gain_low} to {gain_high}), {cost} million NOK, worth it at"
            " the class's value in {worth_class} of draws, a loss of QALYs in {loses}"
        ).format(**row)
        for row in rows
    )
    return Figure(
        draw,
        _(
            "Scatter of QALYs gained and added cost in million NOK over draws, with ellipses, at an"
            " assumed price. {finding}."
        ).format(finding=finding),
        pd.DataFrame(rows).rename(columns=COLUMNS),
        "economics-plane",
        REFERENCE_SOURCES,
        note=_key(),
    )


def _cloud_layers(
    cohort: str, cloud: Cloud, x_domain: list[float], x: alt.X, y: alt.Y
) -> list[alt.Chart]:
    """Draws, reference lines, ellipse and mean, the last on top."""
    colour = theme.COHORT_COLOURS[cohort]
    points = (
        alt.Chart(cloud.points)
        .mark_point(filled=True, size=9, opacity=0.4, color=colour)
        .encode(x=x, y=y)
    )
    ellipse = (
        alt.Chart(cloud.outline)
        .mark_line(color=colour, strokeDash=theme.COHORT_DASHES[cohort], clip=True, strokeWidth=1.8)
        .encode(x=x, y=y, order="order:Q")
    )
    tips = [
        alt.Tooltip("x:Q", title=_("Mean QALYs"), format=".2f"),
        alt.Tooltip("y:Q", title=_("Mean million NOK"), format=".2f"),
    ]
    mean = (
        alt.Chart(pd.DataFrame([cloud.mean], columns=["x", "y"]))
        .mark_point(
            filled=True,
            size=110,
            opacity=1,
            color=colour,
            stroke=theme.BACKGROUND,
            strokeWidth=1.5,
            shape="circle" if cohort == COHORTS[0] else "diamond",
        )
        .encode(x=x, y=y, tooltip=tips)
    )
    return [points, *_reference_layers(cohort, x_domain, x, y), ellipse, mean]


def _reference_layers(cohort: str, x_domain: list[float], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    layers = []
    for reference in reference_lines(cohort):
        slope = reference["value"] / MILLION
        line = pd.DataFrame({"x": x_domain, "y": [slope * v for v in x_domain], "order": [0, 1]})
        layers.append(
            alt.Chart(line)
            .mark_line(
                color=theme.INK,
                strokeWidth=1.3,
                clip=True,
                strokeDash=[1, 0] if reference["kind"] == "policy" else [5, 3],
            )
            .encode(x=x, y=y)
        )
    return layers


def _row(cohort: str) -> dict[str, str]:
    """A cohort's row of the table, as text by column of COLUMNS."""
    increment = runs.draws(cohort).increment
    gain, cost = increment.effect, increment.cost / MILLION
    stated, proposed = (
        np.mean(increment.net_monetary_benefit(reference["value"]) > 0)
        for reference in reference_lines(cohort)
    )
    gain_low, gain_high = np.quantile(gain, [0.025, 0.975])
    cost_low, cost_high = np.quantile(cost, [0.025, 0.975])
    return {
        "cohort": NAMES[cohort],
        "gain": numbers.number(gain.mean(), 2),
        "gain_low": numbers.number(gain_low, 2),
        "gain_high": numbers.number(gain_high, 2),
        "cost": numbers.number(cost.mean(), 2),
        "cost_low": numbers.number(cost_low, 2),
        "cost_high": numbers.number(cost_high, 2),
        "worth_stated": format_share(float(stated)),
        "worth_class": format_share(float(proposed)),
        "loses": format_share(float(np.mean(gain < 0))),
    }


def _key() -> str:
    """What the lines and the ellipse stand for."""
    stated = load_facts()["norway.reference.opportunity_cost.value"].number
    proposed = sorted({runs.severity(c).reference_nok_per_qaly for c in COHORTS})
    return _(
        "Solid: {stated} NOK per QALY, {policy}. Dashed: {proposed} NOK per QALY, the proposal for"
        " the cohort's class. Below a line: worth it. Ellipse: 95 % if draws were normal."
    ).format(
        stated=numbers.number(stated),
        policy=POLICY,
        proposed=", ".join(numbers.number(value) for value in proposed),
    )
