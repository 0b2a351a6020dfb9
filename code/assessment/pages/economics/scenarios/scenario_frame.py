"""One choice changed at a time: what each scenario does to the gain and to the price that would be
enough.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.scenarios.scenario_runs import Outcome
from assessment.pages.economics.scenarios.scenario_words import GROUP_NAMES, scenario_name
from assessment.pages.economics.shared.model_answers import price_answer
from assessment.presentation.money_format import format_price


def price_that_is_enough(outcome: Outcome) -> float | None:
    """Price of a pack, NOK, at which the scenario's own reference value is met; None where none is
    or costs are incomplete.
    """
    if outcome.results is None or outcome.severity is None or outcome.results.costs_incomplete:
        return None
    threshold = outcome.results.price_at(outcome.severity.reference_nok_per_qaly)
    return float(threshold.price) if bool(threshold.met) else None


def price_text(cohort: str, outcome: Outcome) -> str:
    """The price that is enough with its interval, in words; nothing where costs are incomplete. The
    base case has that of its own, more draws, and so has another assumed price, which does not move
    the price that is enough.
    """
    if outcome.results is None or outcome.severity is None or outcome.price_limits is None:
        return ""
    value = outcome.severity.reference_nok_per_qaly
    if not outcome.scenario.settings and set(outcome.scenario.inputs) <= {PRICE}:
        return price_answer(cohort, value)
    return format_price(float(outcome.results.price_at(value).price), *outcome.price_limits)


def scenario_frame() -> pd.DataFrame:
    """A row per cohort and scenario: ``gain`` (QALYs), ``price`` that is enough (thousand NOK, NaN
    where none) with its limits ``low`` and ``high``, the same price ``at`` below zero too, whether
    ``worth`` it, ``reason`` where it cannot be run, and the ``outcome``.
    """
    rows = [
        _row(cohort, outcome) for cohort in COHORTS for outcome in runs.scenario_outcomes(cohort)
    ]
    return pd.DataFrame(rows)


def _row(cohort: str, outcome: Outcome) -> dict[str, object]:
    results, price = outcome.results, price_that_is_enough(outcome)
    low, high = outcome.price_limits or (np.nan, np.nan)
    return {
        "cohort": cohort,
        "id": outcome.scenario.id,
        "name": scenario_name(outcome.scenario),
        "group": GROUP_NAMES[outcome.scenario.group],
        "gain": np.nan if results is None else float(results.increment.effect),
        "price": np.nan if price is None else price / 1000,
        "at": _price_below_zero_too(outcome) / 1000,
        "low": low / 1000,
        "high": high / 1000,
        "priced": results is not None and not results.costs_incomplete,
        "worth": outcome.cost_effective,
        "reason": outcome.reason,
        "outcome": outcome,
    }


def _price_below_zero_too(outcome: Outcome) -> float:
    """Price of a pack, NOK, at which the net benefit is nothing, below 0 where no price is enough; NaN
    where the scenario has no cost.
    """
    if outcome.results is None or outcome.severity is None or outcome.results.costs_incomplete:
        return np.nan
    return float(outcome.results.price_at(outcome.severity.reference_nok_per_qaly).price)
