"""What more knowledge would be worth, in numbers and in words."""

from __future__ import annotations

import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.information.worth_of_knowledge import (
    WORDS,
    largest,
    patients_ahead,
    per_patient,
)
from assessment.presentation import numbers
from assessment.presentation.money_format import MILLION


def value_table() -> pd.DataFrame:
    """Value per patient and for all eligible patients while the decision stands, by kind of
    knowledge and threshold; and of the largest inputs.
    """
    rows = []
    for cohort in COHORTS:
        few, many = patients_ahead(cohort)
        singles = largest(cohort)
        found = [
            (WORDS[r.kind], r.threshold, r.value, "") for r in per_patient(cohort).itertuples()
        ]
        found += [
            (
                r.label,
                singles.attrs["threshold"],
                r.evppi,
                numbers.number(r.standard_error / MILLION, 3),
            )
            for r in singles.itertuples()
        ]
        rows += [
            (
                NAMES[cohort],
                name[0].upper() + name[1:],
                numbers.number(1000 * round(at / 1000)),
                numbers.number(value / MILLION, 4 if value < 0.01 * MILLION else 3),
                error,
                numbers.interval(
                    value * few / MILLION,
                    value * many / MILLION,
                    0 if value * few > 10 * MILLION else 1,
                ),
            )
            for name, at, value, error in found
        ]
    return pd.DataFrame(
        rows,
        columns=[
            "Cohort",
            "Knowing",
            "NOK per QALY",
            "Million NOK per patient",
            "Standard error",
            "Million NOK, all patients ◆",
        ],
    )


@computed
def information_texts() -> dict[str, str]:
    """Value of knowledge per patient and for Norway, as text."""
    out = {}
    for cohort in COHORTS:
        at, own, (few, many) = (
            per_patient(cohort),
            runs.severity(cohort).reference_nok_per_qaly,
            patients_ahead(cohort),
        )
        for r in at[at["threshold"] == own].itertuples():
            out[f"information_{cohort}_{r.kind}"] = f"{numbers.number(r.value)}\u00a0NOK"
            out[f"information_{cohort}_{r.kind}_norway"] = (
                f"{numbers.interval(r.value * few / MILLION, r.value * many / MILLION, 1)}\u00a0million NOK"
            )
    return out
