"""Inputs beside the model's own: values of a QALY, and those of the budget."""

from __future__ import annotations

import numpy as np

from assessment.case.definition import load_case
from assessment.case.model.analyses.decision_facts import budget_facts, reference_facts
from assessment.case.model.inputs.model_inputs import COHORTS, fraction, limits
from assessment.presentation.language import _
from assessment.workbook.content.curve_sets import strategies
from assessment.workbook.content.input_row import BOTH, InputRow, source_of
from assessment.workbook.content.model_choices import YES_NO


def decision_rows() -> list[InputRow]:
    """Values of a QALY."""
    return [
        InputRow(
            f"reference_{name}",
            BOTH,
            fact.label,
            "decision",
            "method",
            fact.number,
            fact.unit,
            source=source_of(fact),
            status=fact.status,
        )
        for name, fact in reference_facts().items()
    ]


def budget_rows() -> list[InputRow]:
    """Tax, patients, uptake, and whom the drug displaces."""
    rows = []
    for name, fact in budget_facts().items():
        low, high = (fact.low, fact.high) if fact.low is not None else (None, None)
        if name == "patients":
            few, many = limits(fact)
            value, most, unit = (few + many) / 2, np.inf, fact.unit
        else:
            value, most, unit = fraction(fact), 1.0, _("share")
            low, high = (None if end is None else fraction(fact, end) for end in (low, high))
        rows.append(
            InputRow(
                name,
                BOTH,
                fact.label,
                "budget",
                "budget",
                value,
                unit,
                low,
                high,
                fact.interval or "",
                "",
                source_of(fact),
                fact.status,
                most=most,
            )
        )
    return [*rows, tax_row(), *(row for cohort in COHORTS for row in displaced_rows(cohort))]


def tax_row() -> InputRow:
    """Whether the budget is told with tax."""
    return InputRow(
        "budget_vat",
        BOTH,
        _("Budget with value added tax on drugs"),
        "budget",
        "budget",
        YES_NO[True],
        options=tuple(YES_NO.values()),
    )


def displaced_rows(cohort: str) -> list[InputRow]:
    """Whom the drug displaces in a cohort."""
    labels = {c.id: c.label for c in load_case().comparators}
    return [
        InputRow(
            f"displaced_{other}",
            cohort,
            _("Would otherwise be given {drug}, {cohort}").format(
                drug=labels[other], cohort=load_case().cohort_labels()[cohort]
            ),
            "budget",
            "budget",
            0.0,
            _("share"),
            most=1.0,
        )
        for other in strategies(cohort)[2:]
    ]
