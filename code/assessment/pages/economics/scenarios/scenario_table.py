"""Table of all scenarios, and why some cannot be run."""

from __future__ import annotations

import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.economics.analysis.cost_effectiveness import SOUTH_EAST
from assessment.pages.economics.scenarios.scenario_frame import WORDS, frame, price_that_is_enough
from assessment.pages.economics.shared.result_wording import WORDS as RESULT_WORDS
from assessment.pages.economics.shared.result_wording import least
from assessment.presentation import numbers
from assessment.presentation.money_format import MILLION, quotient, rounded
from assessment.presentation.show import Table


def _icer(outcome, error: float) -> str:
    if outcome.results.costs_incomplete:
        return WORDS["unpriced"]
    icer, increment = float(outcome.results.increment.icer), outcome.results.increment
    if (limit := least(increment, error)) is not None:
        return RESULT_WORDS["above"].format(amount=quotient(limit).removesuffix(" NOK"))
    if not np.isfinite(icer):
        return WORDS["dominates" if str(increment.quadrant) == SOUTH_EAST else "dominated"]
    return (
        WORDS["saves"]
        if float(increment.cost) < 0
        else f"{numbers.number(icer / MILLION, 2)} million"
        if icer < 5e7
        else "above 50 million"
    )


def _missing(outcome) -> str:
    """The endpoint and cohort for which too little is printed, as the model's refusal names them."""
    named = outcome.reason.split(" in the set ")[0]
    return named if named.split(" ")[-1] in NAMES.values() else WORDS["no_curves"]


def scenario_table() -> Table:
    """Every scenario of both cohorts in numbers; what cannot be run says why."""
    rows = []
    for row in frame().itertuples():
        one = row.outcome
        if one.results is None:
            rows.append(
                (
                    NAMES[row.cohort],
                    row.name,
                    "",
                    "",
                    "",
                    WORDS["cannot"].format(what=_missing(one)),
                    "",
                    "",
                )
            )
            continue
        found, price = one.results, price_that_is_enough(one)
        note = ", ".join(WORDS["assumed"][key] for key in found.assumed)
        cost = (
            WORDS["unpriced"]
            if found.costs_incomplete
            else numbers.number(float(found.increment.cost) / MILLION, 2)
        )
        rows.append(
            (
                NAMES[row.cohort],
                row.name + (f" ({note})" if note else ""),
                numbers.number(float(found.increment_life_years.effect), 2),
                numbers.number(row.gain, 3),
                cost,
                _icer(
                    one,
                    runs.gain_error(
                        row.cohort, one.scenario.settings_for(row.cohort).survival_effect
                    ),
                ),
                ""
                if found.costs_incomplete
                else WORDS["no_price"]
                if price is None
                else rounded(price),
                str(one.severity.severity_class),
            )
        )
    return Table(
        pd.DataFrame(
            rows,
            columns=[
                "Cohort",
                "Scenario",
                "Life years gained",
                WORDS["gain"],
                "Added cost, million NOK",
                "NOK per QALY",
                "Price that is enough",
                "Class",
            ],
        ),
        classes=("long",),
    )
