"""What more knowledge would be worth, in words."""

from __future__ import annotations

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.information.worth_of_knowledge import (
    patients_ahead,
    value_per_patient,
)
from assessment.presentation import numbers
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.glue_keys import of_cohort
from assessment.presentation.language import _
from assessment.presentation.money_format import MILLION

# The keys of each kind of knowledge: per patient, and for Norway.
KEYS = {
    "all": ("information_all", "information_all_norway"),
    "trial": ("information_trial", "information_trial_norway"),
    "registry": ("information_registry", "information_registry_norway"),
}


@computed
def texts() -> dict[str, str]:
    """Value of knowledge per patient and for Norway at the cohort's own reference value, by key."""
    glued: dict[str, str] = {}
    for cohort in COHORTS:
        values, (few, many) = value_per_patient(cohort), patients_ahead(cohort)
        own = runs.severity(cohort).reference_nok_per_qaly
        for row in frame_rows(values[values["threshold"] == own]):
            per_patient, norway = KEYS[row.kind]
            low, high = row.value * few / MILLION, row.value * many / MILLION
            shown = {
                per_patient: _("{amount}\u00a0NOK").format(amount=numbers.number(row.value)),
                norway: _("{amount}\u00a0million NOK").format(
                    amount=numbers.interval(low, high, 1)
                ),
            }
            glued |= of_cohort(cohort, shown)
    return glued
