"""The cost-effectiveness plane: draws of QALYs gained and added cost."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence import load_facts
from assessment.pages.economics.shared.cohort_styles import COHORT_COLOURS, COHORT_DASHES
from assessment.pages.economics.shared.reference_lines import references
from assessment.pages.economics.shared.result_wording import leans, under
from assessment.pages.economics.uncertainty.acceptability_curves import percent
from assessment.pages.economics.uncertainty.uncertainty_words import SOURCES, WORDS
from assessment.presentation import numbers, theme
from assessment.presentation.money_format import MILLION
from assessment.presentation.show import Figure

POINTS = 300


INSIDE = 0.95


# 95 % of a bivariate normal lie within this squared distance
ROUND_THE_MEAN = -2 * np.log(1 - INSIDE)


def _ellipse(x: np.ndarray, y: np.ndarray) -> pd.DataFrame:
    """Outline of the normal ellipse that holds INSIDE of the draws."""
    values, vectors = np.linalg.eigh(np.cov(x, y))
    turn = np.linspace(0, 2 * np.pi, 73)
    points = (vectors * np.sqrt(values * ROUND_THE_MEAN)) @ np.stack([np.cos(turn), np.sin(turn)])
    return pd.DataFrame(
        {"x": x.mean() + points[0], "y": y.mean() + points[1], "order": range(turn.size)}
    )


def plane() -> Figure:
    """Draws of QALYs gained and added cost, with their ellipse and the reference lines, by cohort."""
    facts, shown, rows = load_facts(), {}, []
    for cohort in COHORTS:
        inc = runs.draws(cohort).increment
        x, y = inc.effect, inc.cost / MILLION
        shown[cohort] = (
            pd.DataFrame({"x": x[:POINTS], "y": y[:POINTS]}),
            _ellipse(x, y),
            (float(x.mean()), float(y.mean())),
        )
        rows.append(
            [
                NAMES[cohort],
                *(
                    numbers.number(v, 2)
                    for v in (
                        x.mean(),
                        *np.quantile(x, [0.025, 0.975]),
                        y.mean(),
                        *np.quantile(y, [0.025, 0.975]),
                    )
                ),
                *(
                    percent((inc.net_monetary_benefit(r["value"]) > 0).mean())
                    for r in references(cohort)
                ),
                percent((x < 0).mean()),
            ]
        )
    every = np.concatenate([np.stack([p["x"], p["y"]]) for p, *_ in shown.values()], axis=1)
    x_domain, y_domain = (
        [float(every[0].min()) - 0.1, float(every[0].max()) + 0.1],
        [
            min(0.0, float(every[1].min())) - 0.1,
            float(every[1].max()) + 0.1,
        ],
    )

    def draw(width: int):
        wide = width > 500
        each = (width - 116) // 2 if wide else width - 60

        def panel(cohort: str):
            points, outline, mean = shown[cohort]
            x = alt.X(
                "x:Q",
                title=WORDS["qalys"],
                scale=alt.Scale(domain=x_domain, nice=False),
                axis=alt.Axis(grid=False, tickCount=6),
            )
            y = alt.Y(
                "y:Q",
                title=WORDS["cost"] if wide is False or cohort == COHORTS[0] else None,
                scale=alt.Scale(domain=y_domain, nice=False),
                axis=alt.Axis(tickCount=5),
            )
            colour = COHORT_COLOURS[cohort]
            cloud = (
                alt.Chart(points)
                .mark_point(filled=True, size=9, opacity=0.4, color=colour)
                .encode(x=x, y=y)
            )
            ring = (
                alt.Chart(outline)
                .mark_line(
                    color=colour, strokeDash=COHORT_DASHES[cohort], clip=True, strokeWidth=1.8
                )
                .encode(x=x, y=y, order="order:Q")
            )
            centre = (
                alt.Chart(pd.DataFrame([mean], columns=["x", "y"]))
                .mark_point(
                    filled=True,
                    size=110,
                    opacity=1,
                    color=colour,
                    stroke=theme.BACKGROUND,
                    strokeWidth=1.5,
                    shape="circle" if cohort == COHORTS[0] else "diamond",
                )
                .encode(
                    x=x,
                    y=y,
                    tooltip=[
                        alt.Tooltip("x:Q", title="Mean QALYs", format=".2f"),
                        alt.Tooltip("y:Q", title="Mean million NOK", format=".2f"),
                    ],
                )
            )
            lines = []
            for r in references(cohort):
                slope = r["value"] / MILLION
                line = pd.DataFrame(
                    {"x": x_domain, "y": [slope * v for v in x_domain], "order": [0, 1]}
                )
                lines.append(
                    alt.Chart(line)
                    .mark_line(
                        color=theme.INK,
                        strokeWidth=1.3,
                        clip=True,
                        strokeDash=[1, 0] if r["kind"] == "policy" else [5, 3],
                    )
                    .encode(x=x, y=y)
                )
            zero = [
                alt.Chart(pd.DataFrame({"x": [0.0]})).mark_rule(color=theme.GRID).encode(x=x),
                alt.Chart(pd.DataFrame({"y": [0.0]})).mark_rule(color=theme.GRID).encode(y=y),
            ]
            return alt.layer(*zero, cloud, *lines, ring, centre).properties(
                width=each, height=260 if wide else 220, title=alt.Title(NAMES[cohort], fontSize=13)
            )

        charts = [panel(c) for c in COHORTS]
        return (
            alt.hconcat(*charts, spacing=16) if wide else alt.vconcat(*charts, spacing=16)
        ).properties(title=under(leans(not wide)))

    values = (
        facts["norway.reference.opportunity_cost.value"].number,
        sorted({runs.severity(c).reference_nok_per_qaly for c in COHORTS}),
    )
    table = pd.DataFrame(
        rows,
        columns=[
            "Cohort",
            "QALYs gained, mean",
            "2.5 %",
            "97.5 %",
            "Added cost, million NOK, mean",
            "2.5 % of cost",
            "97.5 % of cost",
            "Worth it at the stated value",
            "Worth it at the class's value",
            "Loses QALYs",
        ],
    )
    said = "; ".join(
        f"{r[0]}: {r[1]} QALYs ({r[2]} to {r[3]}), {r[4]} million NOK, worth it at the class's"
        f" value in {r[8]} of draws, a loss of QALYs in {r[9]}"
        for r in rows
    )
    key = (
        f"Solid: {numbers.number(values[0])} NOK per QALY, {WORDS['policy']}. Dashed:"
        f" {', '.join(numbers.number(v) for v in values[1])} NOK per QALY, the proposal for the"
        " cohort's class. Below a line: worth it. Ellipse: 95 % if draws were normal."
    )
    return Figure(
        draw,
        "Scatter of QALYs gained and added cost in million NOK over draws, with ellipses, at an"
        f" assumed price. {said}.",
        table,
        "economics-plane",
        SOURCES,
        note=key,
    )
