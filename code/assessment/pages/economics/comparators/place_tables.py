"""The drug against what a patient would otherwise be given, by place in the sequence: what is gained
and added, and what follows for the decision.
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
from assessment.pages.economics.shared.case_words import (
    CONTROL_IN_PRACTICE,
    PLACE_OF_CONTROL,
    PLACE_OF_OTHERS,
    price_words,
)
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.money_format import format_share
from assessment.presentation.show import Table

AT_PRICE = _("{comparator}, {price}")
ERROR_DECIMALS = 3
FIRST = _("Against, by place in the sequence")


def against(comparison: Comparison) -> str:
    """What the drug is compared with, and at which price of it."""
    if comparison.comparator == CONTROL:
        return sentence_start(CONTROL_IN_PRACTICE or comparator_label(CONTROL))
    name = sentence_start(comparator_label(comparison.comparator))
    if not comparison.price_kind:
        return name
    return AT_PRICE.format(comparator=name, price=price_words(comparison.price_kind))


def _with_place(comparison: Comparison) -> str:
    place = PLACE_OF_CONTROL if comparison.comparator == CONTROL else PLACE_OF_OTHERS
    return f"{against(comparison)} ({place})" if place else against(comparison)


def gain_table() -> Table:
    """QALYs gained and cost added against each treatment, with intervals."""

    def row(comparison: Comparison) -> dict[str, str]:
        result = comparison.result
        return {
            FIRST: _with_place(comparison),
            _("QALYs gained"): format_gain(result.qalys),
            _("Added cost, million NOK"): format_millions(result.cost),
            _("In words"): quadrant_words(result),
            _("Monte Carlo error of the QALYs, at most"): _error(result.qalys_error),
        }

    return _by_cohort(row)


def decision_by_place_table() -> Table:
    """Net benefit, probability and price against each treatment, at both values of a QALY."""
    stated = numbers.number(stated_value())

    def row(comparison: Comparison) -> dict[str, str]:
        result = comparison.result
        low, own = result.values
        return {
            FIRST: against(comparison),
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
            _("Price of a pack that would do at the class's value"): format_price_range(
                result.price[own]
            ),
            _("Class"): str(result.severity.severity_class),
        }

    return _by_cohort(row)


def _error(qalys: float) -> str:
    """A Monte Carlo error to three decimals, or that it is smaller."""
    smallest = 10.0**-ERROR_DECIMALS
    if qalys < smallest:
        return _("below {error}").format(error=numbers.number(smallest, ERROR_DECIMALS))
    return numbers.number(qalys, ERROR_DECIMALS)


def _by_cohort(row: Callable[[Comparison], dict[str, str]]) -> Table:
    rows = [
        {_("Cohort"): NAMES[cohort], **row(comparison)}
        for cohort in COHORTS
        for comparison in decision_runs.comparisons(cohort)
    ]
    return Table(pd.DataFrame(rows), classes=("long",))
