"""Table of all scenarios, and why some cannot be run."""

from __future__ import annotations

import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.analyses.scenarios import Outcome
from assessment.case.model.costs.cost_utility import Results
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.economics.analysis.cost_effectiveness import SOUTH_EAST
from assessment.pages.economics.scenarios.scenario_frame import (
    price_that_is_enough,
    scenario_frame,
)
from assessment.pages.economics.scenarios.scenario_words import ASSUMED_NAMES, GAIN
from assessment.pages.economics.shared.result_wording import NO_PRICE
from assessment.presentation import numbers
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.icer_format import DOMINATED, MORE_THAN, icer_lower_limit
from assessment.presentation.language import _
from assessment.presentation.money_format import MILLION, format_nok, format_per_qaly
from assessment.presentation.show import Table

UNPRICED = _("no Norwegian price")
LARGEST_ICER_NOK = 5e7  # larger ratios say no more than that


def scenario_table() -> Table:
    """Every scenario of both cohorts in numbers; what cannot be run says why."""
    rows = [_row(row.cohort, row.name, row.outcome) for row in frame_rows(scenario_frame())]
    columns = [
        _("Cohort"),
        _("Scenario"),
        _("Life years gained"),
        GAIN,
        _("Added cost, million NOK"),
        _("NOK per QALY"),
        _("Price that is enough"),
        _("Class"),
    ]
    return Table(pd.DataFrame(rows, columns=columns), classes=("long",))


def _row(cohort: str, name: str, outcome: Outcome) -> tuple[str, ...]:
    results, severity = outcome.results, outcome.severity
    if results is None or severity is None:
        reason = _("cannot be run: too little is printed of {what}")
        return NAMES[cohort], name, "", "", "", reason.format(what=_missing(outcome)), "", ""
    note = ", ".join(ASSUMED_NAMES[key] for key in results.assumed)
    effect = outcome.scenario.settings_for(cohort).survival_effect
    cost = numbers.number(float(results.increment.cost) / MILLION, 2)
    price = price_that_is_enough(outcome)
    price_text = NO_PRICE if price is None else format_nok(price)
    return (
        NAMES[cohort],
        f"{name} ({note})" if note else name,
        numbers.number(float(results.increment_life_years.effect), 2),
        numbers.number(float(results.increment.effect), 3),
        UNPRICED if results.costs_incomplete else cost,
        _icer(results, runs.gain_error(cohort, effect)),
        "" if results.costs_incomplete else price_text,
        str(severity.severity_class),
    )


def _icer(results: Results, error: float) -> str:
    """The ICER in million NOK without its unit, or why there is none; ``error``: Monte Carlo error
    of the gain.
    """
    if results.costs_incomplete:
        return UNPRICED
    increment = results.increment
    limit = icer_lower_limit(increment, error)
    if limit is not None:
        return MORE_THAN.format(amount=format_per_qaly(limit).removesuffix(" NOK"))
    icer = float(increment.icer)
    if not np.isfinite(icer):
        dominates = str(increment.quadrant) == SOUTH_EAST
        return _("costs less, gains health") if dominates else DOMINATED
    if float(increment.cost) < 0:
        return _("saves, loses health")
    if icer >= LARGEST_ICER_NOK:
        return _("above 50 million")
    return _("{amount} million").format(amount=numbers.number(icer / MILLION, 2))


def _missing(outcome: Outcome) -> str:
    """The endpoint and cohort for which too little is printed, as the model's refusal names them."""
    named = outcome.reason.split(" in the set ")[0]
    return named if named.endswith(tuple(NAMES.values())) else _("the trial's results")
