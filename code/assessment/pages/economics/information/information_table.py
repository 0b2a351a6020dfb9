"""What more knowledge would be worth, in numbers."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.information.worth_of_knowledge import (
    KIND_NAMES,
    largest_inputs,
    patients_ahead,
    value_per_patient,
)
from assessment.presentation import numbers
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.money_format import MILLION


class Value(NamedTuple):
    """The worth of one piece of knowledge: NOK per patient at a threshold in NOK per QALY."""

    name: str
    threshold: float
    nok: float
    standard_error: str


def information_table() -> pd.DataFrame:
    """Value per patient and for all eligible patients while the decision stands, by kind of
    knowledge and threshold; and of the largest inputs.
    """
    rows = [_row(cohort, value) for cohort in COHORTS for value in _values(cohort)]
    return pd.DataFrame(rows)


def _values(cohort: str) -> list[Value]:
    largest = largest_inputs(cohort)
    kinds = [
        Value(KIND_NAMES[row.kind], row.threshold, row.value, "")
        for row in frame_rows(value_per_patient(cohort))
    ]
    inputs = [
        Value(
            row.label,
            largest.attrs["threshold"],
            row.evppi,
            numbers.number(row.standard_error / MILLION, 3),
        )
        for row in frame_rows(largest)
    ]
    return kinds + inputs


def _row(cohort: str, value: Value) -> dict[str, str]:
    few, many = patients_ahead(cohort)
    decimals = 4 if value.nok < 0.01 * MILLION else 3
    all_decimals = 0 if value.nok * few > 10 * MILLION else 1
    return {
        _("Cohort"): NAMES[cohort],
        _("Knowing"): value.name[0].upper() + value.name[1:],
        _("NOK per QALY"): numbers.number(1000 * round(value.threshold / 1000)),
        _("Million NOK per patient"): numbers.number(value.nok / MILLION, decimals),
        _("Standard error"): value.standard_error,
        _("Million NOK, all patients ◆"): numbers.interval(
            value.nok * few / MILLION, value.nok * many / MILLION, all_decimals
        ),
    }
