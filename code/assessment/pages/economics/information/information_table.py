"""What more knowledge would be worth, in numbers."""

from __future__ import annotations

import pandas as pd

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.information.worth_of_knowledge import (
    KIND_NAMES,
    group_values,
    patients_a_year,
    patients_ahead,
    value_per_patient,
)
from assessment.presentation import numbers
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.money_format import MILLION

STEP_NOK = 100  # to which amounts a patient are rounded
LEAST_SHOWN = 0.05  # million NOK
BELOW = _("below {limit}")


def information_table() -> pd.DataFrame:
    """Value per patient, for the patients of a year and for all while the decision stands: by kind of
    knowledge and by group of inputs, at both values of a QALY and both prices.
    """
    rows = []
    for cohort in COHORTS:
        rows += [
            _row(cohort, KIND_NAMES[row.kind], row.threshold, row.price, row.value, "")
            for row in frame_rows(value_per_patient(cohort))
        ]
        rows += [
            _row(
                cohort,
                row.label,
                row.threshold,
                row.price,
                row.evppi,
                numbers.number(row.standard_error),
            )
            for row in frame_rows(group_values(cohort))
        ]
    return pd.DataFrame(rows)


def _row(
    cohort: str, name: str, threshold: float, price: float, nok: float, error: str
) -> dict[str, str]:
    (few, many), (few_ahead, many_ahead) = patients_a_year(cohort), patients_ahead(cohort)
    return {
        _("Cohort"): NAMES[cohort],
        _("Knowing"): name[0].upper() + name[1:],
        _("NOK per QALY"): numbers.number(1000 * round(threshold / 1000)),
        _("Price of a pack, NOK"): numbers.number(STEP_NOK * round(price / STEP_NOK)),
        _("NOK per patient"): _amount(nok),
        _("Standard error"): error,
        _("Million NOK, patients of a year ◆"): _range(nok * few, nok * many),
        _("Million NOK, all patients ◆"): _range(nok * few_ahead, nok * many_ahead),
    }


def _amount(nok: float) -> str:
    """NOK to the nearest hundred, or that it is less."""
    rounded = STEP_NOK * round(nok / STEP_NOK)
    return numbers.number(rounded) if rounded else BELOW.format(limit=numbers.number(STEP_NOK / 2))


def _range(low: float, high: float) -> str:
    """Million NOK from low to high, or that both are less than is written."""
    if high / MILLION < LEAST_SHOWN:
        return BELOW.format(limit=numbers.number(LEAST_SHOWN, 2))
    return numbers.interval(low / MILLION, high / MILLION, 1)
