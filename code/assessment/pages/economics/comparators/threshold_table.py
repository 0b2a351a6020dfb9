"""How much better than another treatment the drug must be to be worth what it adds to the cost."""

from __future__ import annotations

import numpy as np
import pandas as pd

from assessment.case.model import decision_runs
from assessment.case.model.analyses.course_threshold import CourseThreshold
from assessment.case.model.analyses.decision_results import stated_value
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.comparators.estimate_words import format_rounded_price
from assessment.pages.economics.comparators.place_tables import AT_PRICE, COHORT, FIRST
from assessment.pages.economics.shared.arm_names import (
    DRUG,
    comparator_label,
    sentence_start,
)
from assessment.pages.economics.shared.case_words import price_words
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.money_format import MILLION
from assessment.presentation.show import Table


def threshold_table() -> Table:
    """Cost of a course, what the drug's course adds, and the gain that would be enough."""
    rows = [
        {COHORT: NAMES[cohort], **_row(threshold)}
        for cohort in COHORTS
        for threshold in decision_runs.thresholds(cohort)
    ]
    return Table(pd.DataFrame(rows), group=COHORT)


def _row(threshold: CourseThreshold) -> dict[str, str]:
    stated, (low, own) = numbers.number(stated_value()), _values(threshold)
    name = sentence_start(comparator_label(threshold.comparator))
    if threshold.price_kind:
        name = AT_PRICE.format(comparator=name, price=price_words(threshold.price_kind))
    return {
        FIRST: name,
        _("Its course, million NOK"): numbers.number(threshold.course_nok / MILLION, 2),
        _("What {drug} adds, million NOK").format(drug=DRUG): numbers.number(
            threshold.added_nok / MILLION, 2
        ),
        _("Price of a pack at equal cost, NOK"): format_rounded_price(threshold.same_cost_price),
        _("QALYs needed at {value}").format(value=stated): _needed(threshold.qalys_needed[low]),
        _("QALYs needed at the class's value"): _needed(threshold.qalys_needed[own]),
        _("Hazard ratio that would do at {value}, at most").format(value=stated): _ratio(
            threshold.ratio_needed[low]
        ),
        _("Hazard ratio that would do at the class's value, at most"): _ratio(
            threshold.ratio_needed[own]
        ),
    }


def _values(threshold: CourseThreshold) -> tuple[float, float]:
    values = list(threshold.qalys_needed)
    return values[0], values[-1]


def _needed(qalys: float) -> str:
    if qalys < 0:
        return _("may lose {qalys}").format(qalys=numbers.number(-qalys, 2))
    return numbers.number(qalys, 2)


def _ratio(ratio: float) -> str:
    """A hazard ratio of progression that would do, or that none or any would."""
    if np.isnan(ratio):
        return _("none would do")
    if np.isinf(ratio):
        return _("any would do")
    return numbers.number(ratio, 2)
