"""Which tests notice which fault."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from assessment.economics.verification.faults.model_faults import MODEL_FAULTS
from assessment.economics.verification.faults.package_faults import PACKAGE_FAULTS
from assessment.economics.verification.framework.model_protocol import Model
from assessment.economics.verification.verification_report import FAILED, run_verification

FAULTS = (*PACKAGE_FAULTS, *MODEL_FAULTS)
SECOND_PROGRAM = "T47"


class _SecondProgramKept:
    """The model with its second program run once: faults do not reach it, so it need not run again."""

    def __init__(self, model: Model):
        self._model = model
        second = getattr(model, "parallel", None)
        kept = None if second is None else second(model.inputs, model.settings)
        self.parallel = None if second is None else lambda inputs, settings: kept

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)


def seeded_fault_table(
    model: Model, draws: int = 60, seed: int = 20261125, tests: Sequence[str] | None = None
) -> pd.DataFrame:
    """One row per fault: which tests notice it when it is put in.

    Columns: fault; black_box, ids of the tests that noticed it from outside; second_program, yes, no
    or none given; caught. ``draws``, ``seed``: of the tests on draws. ``tests``: ids to run, all by
    default. ValueError when the model fails a test without any fault.
    """
    kept = _SecondProgramKept(model)
    before = _failing(kept, draws, seed, tests)
    if before:
        raise ValueError(
            f"{model.name} fails {', '.join(before)} before any fault is put in; mend that first"
        )
    rows = []
    for fault in FAULTS:
        with fault.apply(kept) as faulty:
            failing = _failing(faulty, draws, seed, tests)
        second = (
            "none given" if kept.parallel is None else "yes" if SECOND_PROGRAM in failing else "no"
        )
        rows.append(
            (
                fault.name,
                ", ".join(i for i in failing if i != SECOND_PROGRAM),
                second,
                bool(failing),
            )
        )
    return pd.DataFrame(rows, columns=["fault", "black_box", "second_program", "caught"])


def _failing(model: Model, draws: int, seed: int, tests: Sequence[str] | None) -> list[str]:
    """Ids of the tests that fail, sorted."""
    table = run_verification({"model": model}, tests, draws, seed)
    return sorted(set(table.loc[table["verdict"] == FAILED, "id"]))
