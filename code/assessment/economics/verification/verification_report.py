"""Runs the black-box tests on models and tells what came of them, as tables."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from assessment.economics.verification import black_box  # noqa: F401 – its files register their tests
from assessment.economics.verification.findings import NotApplicable
from assessment.economics.verification.model_protocol import Model
from assessment.economics.verification.registry import VERIFICATION_TESTS, VerificationTest
from assessment.economics.verification.verification_case import VerificationCase

PASSED, FAILED, NOT_APPLICABLE = "passed", "failed", "not applicable"
# These test the package, not one model: they run once.
RUN_ONCE = ("T05", "T33", "T36", "T43", "T46")
COLUMNS = ["id", "test", "source", "model", "compared", "value", "expected", "verdict", "reason"]


def run_verification(
    models: Mapping[str, Model], tests=None, draws: int = 200, seed: int = 20261125
) -> pd.DataFrame:
    """One row for each comparison: id, test, source, model, compared, value, expected, verdict and,
    where not applicable, reason.

    ``models``: name (a cohort) → model. ``tests``: ids, all by default. A test that raises has
    failed, with the error as reason.
    """
    unknown = set(tests or ()) - set(VERIFICATION_TESTS)
    if unknown:
        raise ValueError(
            f"no test {', '.join(sorted(unknown))} among the verification tests; there are"
            f" {', '.join(sorted(VERIFICATION_TESTS))}"
        )
    cases, rows = {name: VerificationCase(model, draws, seed) for name, model in models.items()}, []
    for identifier in sorted(tests or VERIFICATION_TESTS):
        one = VERIFICATION_TESTS[identifier]
        for name, case in list(cases.items())[:1] if identifier in RUN_ONCE else cases.items():
            of = "the package" if identifier in RUN_ONCE else name
            rows += [(one.id, one.text, one.source, of, *row) for row in _answers(one, case)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _answers(one: VerificationTest, case: VerificationCase):
    try:
        found = one.check(case)
    except NotApplicable as reason:
        return [("", "", "", NOT_APPLICABLE, str(reason))]
    except Exception as fault:
        # whatever a model does wrong is a failed test, not the end of the verification
        return [("", "", "", FAILED, f"{type(fault).__name__}: {fault}")]
    if not found:
        return [("", "", "", NOT_APPLICABLE, "nothing to compare in this model")]
    return [(f.compared, f.value, f.expected, PASSED if f.passed else FAILED, "") for f in found]


def verification_summary(table: pd.DataFrame) -> pd.DataFrame:
    """One row per test: id, test, source, verdict (failed if any comparison failed), comparisons,
    and reasons.
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
