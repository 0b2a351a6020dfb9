"""The drug against what a patient would otherwise be given: what is gained and added, and what
follows for the decision.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from assessment.case.model import decision_runs
from assessment.case.model.analyses.decision_results import stated_value
from assessment.case.model.decision_runs import Comparison
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.inputs.settings import CONTROL
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.comparators.estimate_words import (
    format_gain,
    format_millions,
    format_price_range,
    quadrant_words,
)
from assessment.pages.economics.shared.arm_names import comparator_label, sentence_start
from assessment.pages.economics.shared.case_words import CONTROL_IN_PRACTICE, price_words
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.money_format import format_share
from assessment.presentation.show import Table

AT_PRICE = _("{comparator}, {price}")
ERROR_DECIMALS = 3
COHORT, FIRST = _("Cohort"), _("Against")


def against(comparison: Comparison) -> str:
    """What the drug is compared with, and at which price of it."""
    if comparison.comparator == CONTROL:
        return sentence_start(CONTROL_IN_PRACTICE or comparator_label(CONTROL))
    name = sentence_start(comparator_label(comparison.comparator))
    if not comparison.price_kind:
        return name
    return AT_PRICE.format(comparator=name, price=price_words(comparison.price_kind))


def place_table() -> Table:
    """QALYs gained, cost added and the price that would do against each treatment, with intervals."""

    def row(comparison: Comparison) -> dict[str, str]:
        result = comparison.result
        return {
            _("QALYs gained"): format_gain(result.qalys),
            _("Added cost, million NOK"): format_millions(result.cost),
            _("Price of a pack that would do at the class's value"): format_price_range(
                result.price[result.values[1]]
            ),
        }

    return _of_all(row)


def decision_by_place_table() -> Table:
    """Net benefit, probability and price against each treatment, at both values of a QALY."""
    stated = numbers.number(stated_value())

    def row(comparison: Comparison) -> dict[str, str]:
        result = comparison.result
        low, own = result.values
        return {
            _("Cost and health"): quadrant_words(result),
            _("Net benefit at {value}, million NOK").format(value=stated): format_millions(
                result.benefit[low]
            ),
            _("Net benefit at the class's value, million NOK"): format_millions(
                result.benefit[own]
            ),
            _("Draws in which it is worth it at {value}").format(value=stated): format_share(
                result.worth_it[low]
            ),
            _("Draws in which it is worth it at the class's value"): format_share(
                result.worth_it[own]
            ),
            _("Price of a pack that would do at {value}").format(value=stated): format_price_range(
                result.price[low]
            ),
            _("Class"): str(result.severity.severity_class),
        }

    return _of_all(row)


def largest_error() -> str:
    """The largest Monte Carlo error of the QALYs gained, in words."""
    errors = [c.result.qalys_error for cohort in COHORTS for c in decision_runs.comparisons(cohort)]
    return _("{error}\u00a0QALYs").format(error=numbers.number(max(errors), ERROR_DECIMALS))


def _of_all(row: Callable[[Comparison], dict[str, str]]) -> Table:
    """A row for each treatment under the name of its cohort."""
    rows = [
        {COHORT: NAMES[cohort], FIRST: against(comparison), **row(comparison)}
        for cohort in COHORTS
        for comparison in decision_runs.comparisons(cohort)
    ]
    return Table(pd.DataFrame(rows), group=COHORT)
