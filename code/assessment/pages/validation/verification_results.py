"""What the model was put through: tests from outside, and faults put in on purpose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.verification.models_under_test import models_of
from assessment.economics.verification import (
    FAILED,
    NOT_APPLICABLE,
    PASSED,
    RUN_ONCE,
    VERIFICATION_TESTS,
    run_verification,
    verification_summary,
)
from assessment.economics.verification.example.example_model import Example
from assessment.economics.verification.faults.fault_table import seeded_fault_table
from assessment.evidence.provenance.result_cache import cached_result
from assessment.evidence.provenance.traced_text import computed
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Table, long_table

# Verdicts of the verification → words for readers.
VERDICTS = {
    PASSED: _("passed"),
    FAILED: _("failed"),
    NOT_APPLICABLE: _("not applicable"),
}
NO_MODEL = "the package"  # not translated: whom the verification names for tests without a model
FAULT_DRAWS = 40


def model_verification() -> pd.DataFrame:
    """Every test on the model of the economics chapter, each cohort against each comparator; columns
    as run_verification has them.
    """
    parts = [package_verification(), *(cohort_verification(cohort) for cohort in COHORTS)]
    return pd.concat(parts).sort_values("id", kind="stable", ignore_index=True)


@cached_result(maxsize=4, disk=True)
def cohort_verification(cohort: str) -> pd.DataFrame:
    """Every test of a model, on those of one cohort."""
    models: Mapping[str, Any] = models_of(cohort)
    return run_verification(models, set(VERIFICATION_TESTS) - set(RUN_ONCE))


@cached_result(disk=True)
def package_verification() -> pd.DataFrame:
    """Every test of the package."""
    models: Mapping[str, Any] = models_of(COHORTS[0])
    return run_verification(models, RUN_ONCE)


@cached_result(disk=True)
def faults_noticed() -> pd.DataFrame:
    """Every fault put in, and who notices it; columns as seeded_fault_table has them."""
    example: Any = Example()
    return seeded_fault_table(example, draws=FAULT_DRAWS)


# what takes long on the page and needs nothing of it
MAKES = [
    *((cohort_verification, cohort) for cohort in COHORTS),
    (package_verification,),
    (faults_noticed,),
]


def verification_tests(verification: pd.DataFrame | None = None) -> Table:
    """One row per test, over all models; by default those of model_verification()."""
    table = model_verification() if verification is None else verification
    rows = [
        {
            _("Test"): row.id,
            _("What it asks"): row.test,
            _("Comparisons"): row.comparisons,
            _("Result"): _result(row.verdict, row.reason),
        }
        for row in frame_rows(verification_summary(table))
    ]
    return long_table(pd.DataFrame(rows), classes=("long",))


def _result(verdict: str, reason: str | None) -> str:
    """The verdict over all models; with a reason where the test did not apply to some."""
    said = VERDICTS[verdict]
    if not reason:
        return said
    if verdict == PASSED:
        return _("{verdict}; in some models not applicable: {reason}").format(
            verdict=said, reason=reason
        )
    return f"{said}: {reason}"


def seeded_faults() -> Table:
    """Each fault, the tests that notice it, and whether the second program does."""
    second_program = {
        "yes": _("yes"),
        "no": _("no"),
        "none given": _("none given"),  # not translated: as seeded_fault_table says it
    }
    rows = [
        {
            _("Fault put in"): row.fault,
            _("Tests of the battery that notice it"): row.black_box or _("none"),
            _("Second program notices it"): second_program[row.second_program],
        }
        for row in frame_rows(faults_noticed())
    ]
    return long_table(pd.DataFrame(rows), classes=("long",))


@computed
def verification_texts() -> dict[str, str]:
    """Numbers of the verification of the model."""
    table = model_verification()
    verdicts = verification_summary(table)["verdict"]
    return {
        "val_tests": str(len(verdicts)),
        "val_passed": str((verdicts == PASSED).sum()),
        "val_failed": str((verdicts == FAILED).sum()),
        "val_not_applicable": str((verdicts == NOT_APPLICABLE).sum()),
        "val_comparisons": str((table["verdict"] != NOT_APPLICABLE).sum()),
        "val_models": str(len(set(table["model"]) - {NO_MODEL})),
    }


@computed
def fault_texts() -> dict[str, str]:
    """Numbers of the faults put in."""
    table = faults_noticed()
    from_outside = table["black_box"] != ""
    return {
        "val_faults": str(len(table)),
        "val_faults_caught": str(table["caught"].sum()),
        "val_faults_black_box": str(from_outside.sum()),
        "val_faults_second_only": str((~from_outside).sum()),
    }
