"""Runs the black-box tests on models and tells what came of them, as tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from assessment.economics.verification.black_box import (  # noqa: F401 – they register their tests
    closed_form_tests,
    decision_rule_tests,
    drawn_input_tests,
    hazard_ratio_tests,
    population_mortality_tests,
    price_and_dose_tests,
    result_tests,
    state_occupancy_tests,
    survival_time_tests,
    time_unit_tests,
    uncertainty_tests,
)
from assessment.economics.verification.framework.findings import NotApplicable
from assessment.economics.verification.framework.model_protocol import Model
from assessment.economics.verification.framework.registry import (
    VERIFICATION_TESTS,
    VerificationTest,
)
from assessment.economics.verification.framework.verification_case import VerificationCase

PASSED, FAILED, NOT_APPLICABLE = "passed", "failed", "not applicable"
# These test the package, not one model: they run once.
RUN_ONCE = ("T05", "T33", "T36", "T43", "T46")
COLUMNS = ["id", "test", "source", "model", "compared", "value", "expected", "verdict", "reason"]


def run_verification(
    models: Mapping[str, Model],
    tests: Collection[str] | None = None,
    draws: int = 200,
    seed: int = 20261125,
) -> pd.DataFrame:
    """One row for each comparison that a test makes on a model.

    Columns: id, test, source, model, compared, value, expected, verdict (PASSED, FAILED or
    NOT_APPLICABLE) and, where not applicable, reason. ``models``: name (a cohort) → model.
    ``tests``: ids, all by default. ``draws``, ``seed``: of the tests on draws. A test that raises
    has failed, with the error as reason. ValueError for an id that no test has.
    """
    unknown = set(tests or ()) - set(VERIFICATION_TESTS)
    if unknown:
        raise ValueError(
            f"no test {', '.join(sorted(unknown))} among the verification tests; there are"
            f" {', '.join(sorted(VERIFICATION_TESTS))}"
        )
    cases, rows = {name: VerificationCase(model, draws, seed) for name, model in models.items()}, []
    for identifier in sorted(tests or VERIFICATION_TESTS):
        test = VERIFICATION_TESTS[identifier]
        for name, case in list(cases.items())[:1] if identifier in RUN_ONCE else cases.items():
            of = "the package" if identifier in RUN_ONCE else name
            rows += [(test.id, test.text, test.source, of, *row) for row in _answers(test, case)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _answers(test: VerificationTest, case: VerificationCase) -> list[tuple[str, ...]]:
    """(compared, value, expected, verdict, reason) of each comparison."""
    try:
        findings = test.check(case)
    except NotApplicable as reason:
        return [("", "", "", NOT_APPLICABLE, str(reason))]
    except Exception as fault:
        # whatever a model does wrong is a failed test, not the end of the verification
        return [("", "", "", FAILED, f"{type(fault).__name__}: {fault}")]
    if not findings:
        return [("", "", "", NOT_APPLICABLE, "nothing to compare in this model")]
    return [(f.compared, f.value, f.expected, PASSED if f.passed else FAILED, "") for f in findings]


def verification_summary(table: pd.DataFrame) -> pd.DataFrame:
    """One row per test of the table that ``run_verification`` gave.

    Columns: id, test, source, verdict (FAILED if any comparison failed), comparisons (how many were
    made) and reason (all reasons why it was not applicable).
    """
    rows = []
    for identifier, part in table.groupby("id", sort=True):
        verdicts = set(part["verdict"])
        verdict = FAILED if FAILED in verdicts else PASSED if PASSED in verdicts else NOT_APPLICABLE
        rows.append(
            (
                identifier,
                part["test"].iloc[0],
                part["source"].iloc[0],
                verdict,
                int((part["verdict"] != NOT_APPLICABLE).sum()),
                "; ".join(sorted(set(part["reason"]) - {""})),
            )
        )
    return pd.DataFrame(rows, columns=["id", "test", "source", "verdict", "comparisons", "reason"])
