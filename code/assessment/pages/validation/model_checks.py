"""What the model was put through: tests, seeded faults, and what nobody has checked."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from assessment.case.verification.model_adapter import models_under_test
from assessment.case.verification.published_ratio_audit import audit_ratios
from assessment.economics.verification import (
    FAILED,
    NOT_APPLICABLE,
    PASSED,
    run_verification,
    verification_summary,
)
from assessment.economics.verification.example.example_model import Example
from assessment.economics.verification.faults.fault_table import seeded_fault_table
from assessment.evidence import load_register
from assessment.evidence.provenance.result_cache import cached_result
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.validation.validation_words import WORDS
from assessment.presentation import numbers
from assessment.presentation.show import Table


def audit() -> Table:
    """Printed ratios against what the printed, rounded increments allow."""

    def short(question):
        return f"{question.partition(' against')[0]}, {question.rpartition(', ')[2]}"

    rows = [
        {
            WORDS["comparison"]: f"{r.study}, {short(r.question)}: {r.currency} per {r.outcome}",
            WORDS["cost"]: numbers.printed(r.cost_difference),
            WORDS["gain"]: numbers.printed(r.gain),
            WORDS["ratio"]: numbers.printed(r.ratio),
            WORDS["allowed"]: numbers.interval(r.lowest, r.highest, 0),
            WORDS["agrees"]: WORDS["yes"] if r.verdict == "agrees" else WORDS["no"],
        }
        for r in audit_ratios().itertuples()
    ]
    return Table(pd.DataFrame(rows), classes=("long",))


def battery(models: Mapping[str, object] | None = None) -> Table:
    """One row per test of the battery, over all models (name → model); by default the Norwegian
    model, each cohort against each comparator.
    """
    rows = [
        {
            WORDS["id"]: r.id,
            WORDS["asks"]: r.test,
            WORDS["comparisons"]: r.comparisons,
            WORDS["result"]: _result(r),
        }
        for r in verification_summary(_battery(models)).itertuples()
    ]
    return Table(pd.DataFrame(rows), classes=("long",))


def _result(row) -> str:
    if not row.reason:
        return row.verdict
    return (
        f"{row.verdict}: {row.reason}"
        if row.verdict != PASSED
        else f"{PASSED}; {WORDS['partly']}: {row.reason}"
    )


def _battery(models=None) -> pd.DataFrame:
    return run_verification(models) if models is not None else _norwegian_battery()


@cached_result(disk=True)
def _norwegian_battery() -> pd.DataFrame:
    return run_verification(models_under_test())


@cached_result(disk=True)
def _mutations() -> pd.DataFrame:
    return seeded_fault_table(Example(), draws=40)


def mutations() -> Table:
    """Each fault, the tests that notice it, and whether the second program does."""
    rows = [
        {
            WORDS["fault"]: r.fault,
            WORDS["black_box"]: r.black_box or WORDS["nobody"],
            WORDS["second"]: r.second_program,
        }
        for r in _mutations().itertuples()
    ]
    return Table(pd.DataFrame(rows), classes=("long",))


def status() -> Table:
    """What has been validated and what has not."""
    rows = [
        {
            WORDS["part"]: r.part,
            WORDS["item"]: r.item,
            WORDS["answer"]: r.answer,
            WORDS["how"]: r.how,
        }
        for r in load_register("validation-status").itertuples()
    ]
    return Table(pd.DataFrame(rows), classes=("long",))


@computed
def battery_texts(models: Mapping[str, object] | None = None) -> dict[str, str]:
    """Numbers of the battery, as text."""
    table = _battery(models)
    verdicts = verification_summary(table)["verdict"]
    return counted(
        {
            "tests": len(verdicts),
            "passed": (verdicts == PASSED).sum(),
            "failed": (verdicts == FAILED).sum(),
            "not_applicable": (verdicts == NOT_APPLICABLE).sum(),
            "comparisons": (table["verdict"] != NOT_APPLICABLE).sum(),
            "models": len(set(table["model"]) - {"the package"}),
        }
    )


@computed
def fault_texts() -> dict[str, str]:
    """Numbers of the faults put in, as text."""
    table = _mutations()
    return counted(
        {
            "faults": len(table),
            "faults_caught": table["caught"].sum(),
            "faults_black_box": (table["black_box"] != "").sum(),
            "faults_second_only": (table["black_box"] == "").sum(),
        }
    )


def counted(counts: dict[str, int]) -> dict[str, str]:
    return {f"val_{name}": str(count) for name, count in counts.items()}


def lower(text: str) -> str:
    return text[0].lower() + text[1:]
