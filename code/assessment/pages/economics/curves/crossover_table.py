"""Crossover in the base case: three ways to count it, side by side."""

from __future__ import annotations

import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.scenarios.scenario_runs import Outcome
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.scenarios.scenario_frame import price_text
from assessment.presentation import numbers
from assessment.presentation.icer_format import format_icer
from assessment.presentation.language import _
from assessment.presentation.money_format import MILLION
from assessment.presentation.show import Table

COHORT = _("Cohort")
WAYS = {
    "base": _("Observed survival, the crossover drug charged (base case)"),
    "os_adjusted": _("Survival without crossover, no crossover drug"),
    "crossover_unpaid": _("Observed survival, no crossover drug: incoherent, for comparison"),
}


def crossover_table() -> Table:
    """QALYs, cost and what follows under each way of counting crossover, by cohort."""
    rows = []
    for cohort in COHORTS:
        outcomes = {outcome.scenario.id: outcome for outcome in runs.scenario_outcomes(cohort)}
        rows += [
            (NAMES[cohort], words, *_told(cohort, outcomes[name]))
            for name, words in WAYS.items()
            if outcomes[name].results is not None
        ]
    columns = [
        COHORT,
        _("Crossover"),
        _("QALYs gained"),
        _("Added cost, million"),
        _("Cost per QALY"),
        _("Price that is enough"),
    ]
    return Table(pd.DataFrame(rows, columns=columns), group=COHORT)


def _told(cohort: str, outcome: Outcome) -> tuple[str, ...]:
    results = outcome.results
    assert results is not None
    return (
        numbers.number(float(results.increment.effect), 2),
        numbers.number(float(results.increment.cost) / MILLION, 2),
        format_icer(results.increment),
        price_text(cohort, outcome),
    )
