"""Acceptability curves and the frontier."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.shared.reference_lines import references
from assessment.pages.economics.shared.result_wording import leans, under
from assessment.pages.economics.uncertainty.uncertainty_words import SOURCES, WORDS
from assessment.presentation import numbers, theme
from assessment.presentation.money_format import MILLION, money, rounded
from assessment.presentation.show import Figure


def acceptability() -> Figure:
    """Acceptability curves of both strategies, the frontier thick, by cohort."""
    frames, tables = {}, []
    for cohort in COHORTS:
        found = runs.certainty(cohort)
        lines = pd.concat(
            [
                pd.DataFrame(
                    {
                        "threshold": found.thresholds / MILLION,
                        "share": 100 * p,
                        "arm": WORDS["arms"][arm],
                        "best": found.best == i,
                    }
                )
                for i, (arm, p) in enumerate(zip(runs.draws(cohort).strategies, found.probability))
            ]
        )
        frames[cohort] = lines
        at = np.isin(found.thresholds % STEP, 0)
        tables.append(
            pd.DataFrame(
                {
                    "Cohort": NAMES[cohort],
                    "NOK per QALY": found.thresholds[at].astype(int),
                    "Cabozantinib, %": 100 * found.probability[0, at],
                    "Placebo, %": 100 * found.probability[1, at],
                    "Frontier, %": 100 * found.frontier[at],
                }
            )
        )
    arms = list(WORDS["arms"].values())

    def draw(width: int):
        wide = width > 500
        each = (width - 116) // 2 if wide else width - 60

        def panel(cohort: str):
            first = cohort == COHORTS[0]
            x = alt.X(
                "threshold:Q",
                title=WORDS["threshold"],
                axis=alt.Axis(grid=False, values=[0, 1, 2, 3, 4, 5, 6]),
            )
            y = alt.Y(
                "share:Q",
                title=(
                    (WORDS["probability"] if wide else WORDS["probability_short"])
                    if first or not wide
                    else None
                ),
                scale=alt.Scale(domain=[0, 100]),
                axis=alt.Axis(values=[0, 25, 50, 75, 100]),
            )
            colour = alt.Color(
                "arm:N",
                scale=alt.Scale(domain=arms, range=list(theme.ARM_COLOURS.values())),
                legend=alt.Legend(title=None, symbolOpacity=1),
            )
            dash = alt.StrokeDash(
                "arm:N",
                scale=alt.Scale(domain=arms, range=list(theme.ARM_DASHES.values())),
                legend=alt.Legend(title=None, symbolOpacity=1),
            )
            line = alt.Chart(frames[cohort]).encode(x=x, y=y, color=colour)
            marks = pd.DataFrame(
                [{**r, "threshold": r["value"] / MILLION} for r in references(cohort)]
            )
            rules = [
                alt.Chart(marks[marks["kind"] == k])
                .mark_rule(color=theme.INK, strokeDash=d, strokeWidth=1)
                .encode(x=x)
                for k, d in (("policy", [1, 0]), ("proposal", [5, 3]))
            ]
            return alt.layer(
                *rules,
                line.transform_filter("datum.best").mark_line(strokeWidth=8, opacity=0.3),
                line.mark_line().encode(
                    strokeDash=dash,
                    tooltip=[
                        alt.Tooltip("arm:N", title="Strategy"),
                        alt.Tooltip("threshold:Q", title="Million NOK per QALY"),
                        alt.Tooltip("share:Q", title="Draws, %", format=".1f"),
                    ],
                ),
            ).properties(
                width=each, height=230 if wide else 180, title=alt.Title(NAMES[cohort], fontSize=13)
            )

        charts = [panel(c) for c in COHORTS]
        return (
            alt.hconcat(*charts, spacing=16) if wide else alt.vconcat(*charts, spacing=16)
        ).properties(title=under(leans(not wide)))

    said = "; ".join(
        f"{NAMES[c]}: cabozantinib in {share_worth_it(c)} of draws at"
        f" {rounded(runs.severity(c).reference_nok_per_qaly)} per QALY, {where_decision_turns(c)}"
        for c in COHORTS
    )
    return Figure(
        draw,
        "Acceptability curves of cabozantinib and placebo from zero to six million NOK per QALY at"
        " an assumed price, the strategy with the higher expected net benefit marked thick."
        f" {said}.",
        pd.concat(tables, ignore_index=True).round(1),
        "economics-acceptability",
        SOURCES,
        note=(
            "Thick: higher expected net benefit (frontier). Upright lines: stated policy (solid),"
            " proposal for the cohort's class (dashed)."
        ),
    )


STEP = 500_000  # NOK between the rows of the table


def share_worth_it(cohort: str) -> str:
    return percent(
        (
            runs.draws(cohort).increment.net_monetary_benefit(
                runs.severity(cohort).reference_nok_per_qaly
            )
            > 0
        ).mean()
    )


def where_decision_turns(cohort: str) -> str:
    """Where the expected net benefit turns, in words."""
    icer = float(runs.draws(cohort).increment.mean.icer)
    if not np.isfinite(icer):
        return "placebo best at every value"
    return (
        f"best from {money(icer, 1)} per QALY"
        if icer <= runs.HIGHEST_THRESHOLD_NOK
        else "placebo best at every value shown"
    )


def percent(share: float) -> str:
    return numbers.number(100 * float(share), 1 if 0 < share < 0.1 else 0) + "\u00a0%"
