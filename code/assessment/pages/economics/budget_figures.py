"""The budget of adoption: added expenditure in years 1 to 5, patients, and what it consists of."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.analyses.adoption_budget import YEARS
from assessment.case.model.costs.cost_rows import cost_label
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.inputs.settings import TREATED
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.shared.cohort_styles import COHORT_COLOURS
from assessment.pages.economics.shared.result_wording import leans, under
from assessment.presentation import numbers
from assessment.presentation.money_format import MILLION
from assessment.presentation.show import Figure, Table

WORDS = {
    "year": "Year of adoption",
    "net": "Added expenditure, million NOK with tax",
    "patients": "patients start",
    "item": "Million NOK with tax",
    "all": "Everything together",
    "drug": "Cabozantinib alone",
    "start": "Patients who start",
    "assumed": "◆ uptake and division between cohorts",
}


def _frame() -> pd.DataFrame:
    budget = runs.budget()
    low, high = np.quantile(budget.net, [0.025, 0.975], axis=0) / MILLION
    return pd.DataFrame(
        {
            "year": np.arange(1, YEARS + 1),
            "net": budget.expected / MILLION,
            "low": low,
            "high": high,
            "start": budget.started.mean(axis=0),
        }
        | {c: budget.by_cohort[c].mean(axis=0) / MILLION for c in COHORTS}
    )


def budget_figure() -> Figure:
    """Added expenditure by year, stacked by cohort, with the middle 95 % of draws and the patients
    who start.
    """
    frame = _frame()
    stacked = pd.concat(
        [
            frame.assign(
                cohort=NAMES[c],
                value=frame[c],
                bottom=0.0 if c == COHORTS[0] else frame[COHORTS[0]],
            )
            for c in COHORTS
        ]
    )
    stacked["top"] = stacked["bottom"] + stacked["value"]
    frame = frame.assign(
        text=[f"{numbers.number(v)}" for v in frame["net"]],
        people=[f"{numbers.number(n)} {WORDS['patients']}" for n in frame["start"]],
        few=[numbers.number(n) for n in frame["start"]],
    )

    def draw(width: int):
        wide = width > 500
        starting = (
            "[datum.label, "
            + str(dict(zip(frame["year"], frame["people" if wide else "few"])))
            + "[datum.value]]"
        )
        x = alt.X("year:O", title=WORDS["year"], axis=alt.Axis(labelAngle=0, labelExpr=starting))
        y = alt.Y("bottom:Q", title=None, axis=alt.Axis(tickCount=4), scale=alt.Scale(domainMin=0))
        names = [NAMES[c] for c in COHORTS]
        colour = alt.Color(
            "cohort:N",
            sort=names,
            scale=alt.Scale(domain=names, range=[COHORT_COLOURS[c] for c in COHORTS]),
            legend=alt.Legend(title=None),
        )
        bars = (
            alt.Chart(stacked)
            .mark_bar(width={"band": 0.6})
            .encode(
                x=x,
                y=y,
                y2="top:Q",
                color=colour,
                tooltip=[
                    alt.Tooltip("year:O", title="Year"),
                    alt.Tooltip("cohort:N", title="Cohort"),
                    alt.Tooltip("value:Q", title="Million NOK", format=".1f"),
                ],
            )
        )
        base = alt.Chart(frame).encode(x=x)
        return alt.layer(
            bars,
            base.mark_rule(strokeWidth=1.6).encode(y="low:Q", y2="high:Q"),
            base.mark_text(dx=-12, dy=-8, align="right", fontWeight=600).encode(
                y="net:Q", text="text:N"
            ),
        ).properties(
            width=width - 60,
            height=220,
            title=under(
                [WORDS["net"], *(leans(True)), WORDS["assumed"]]
                if not wide
                else [f"{WORDS['net']}. {WORDS['assumed']}", leans()]
            ),
        )

    table = pd.DataFrame(
        {
            WORDS["year"]: frame["year"],
            "Net, million NOK": frame["net"].round(1),
            "2.5 %": frame["low"].round(1),
            "97.5 %": frame["high"].round(1),
        }
        | {NAMES[c]: frame[c].round(1) for c in COHORTS}
        | {WORDS["start"]: frame["start"].round(0).astype(int)}
    )
    said = "; ".join(
        f"year {r.year}: {numbers.number(r.net)} million ({numbers.interval(r.low, r.high, 0)})"
        for r in frame.itertuples()
    )
    return Figure(
        draw,
        "Stacked bars of added expenditure with adoption less without, by year and cohort, with"
        f" intervals, at an assumed price and uptake. {said}.",
        table,
        "budget",
    )


def budget_table() -> Table:
    """Added expenditure of each year by kind."""
    budget = runs.budget()
    rows = [
        (cost_label(item, TREATED), *(value / MILLION))
        for item, value in budget.expected_by_item.items()
    ]
    frame = pd.DataFrame(rows, columns=[WORDS["item"], *(f"Year {y}" for y in range(1, YEARS + 1))])

    total = pd.DataFrame([[WORDS["all"], *(budget.expected / MILLION)]], columns=frame.columns)
    return Table(pd.concat([frame, total], ignore_index=True), decimals=1)


@computed
def budget_texts() -> dict[str, str]:
    """Numbers for the chapter's sentences."""
    frame = _frame()
    last = frame.iloc[-1]
    return {
        "budget_year5": (
            f"{numbers.number(last['net'])}\u00a0million NOK"
            f" ({numbers.interval(last['low'], last['high'], 0)})"
        ),
        "budget_started": numbers.number(last["start"]),
        "budget_year1": f"{numbers.number(frame.iloc[0]['net'])}\u00a0million NOK",
    }
