"""Which tests notice which fault."""

from __future__ import annotations

import pandas as pd

from assessment.economics.verification.faults import package_faults  # noqa: F401 – they register

# isort: split
from assessment.economics.verification.faults import model_faults  # noqa: F401 – after the package's
from assessment.economics.verification.faults.seeded_faults import FAULTS
from assessment.economics.verification.model_protocol import Model
from assessment.economics.verification.verification_report import FAILED, run_verification

SECOND_PROGRAM = "T47"


class _Remembering:
    """The model with its second program run once: faults do not reach it, so it need not run again."""

    def __init__(self, model):
        self._model = model
        second = getattr(model, "parallel", None)
        kept = None if second is None else second(model.inputs, model.settings)
        self.parallel = None if second is None else lambda inputs, settings: kept

    def __getattr__(self, name):
        return getattr(self._model, name)


def seeded_fault_table(
    model: Model, draws: int = 60, seed: int = 20261125, tests=None
) -> pd.DataFrame:
    """One row per fault: fault, black_box (ids of the tests that noticed it from outside),
    second_program (yes, no or none given), caught.

    ``tests``: ids to run, all by default. ValueError when the model fails a test without any
    fault.
    """
    kept = _Remembering(model)
    before = _failing(kept, draws, seed, tests)
    if before:
        raise ValueError(
            f"{model.name} fails {', '.join(before)} before any fault is put in; mend that first"
        )
    rows = []
    for one in FAULTS:
        with one.apply(kept) as faulty:
            failing = _failing(faulty, draws, seed, tests)
        second = (
            "none given" if kept.parallel is None else "yes" if SECOND_PROGRAM in failing else "no"
        )
        rows.append(
            (one.name, ", ".join(i for i in failing if i != SECOND_PROGRAM), second, bool(failing))
        )
    return pd.DataFrame(rows, columns=["fault", "black_box", "second_program", "caught"])


def _failing(model, draws, seed, tests) -> list[str]:
    table = run_verification({"model": model}, tests, draws, seed)
    return sorted(set(table.loc[table["verdict"] == FAILED, "id"]))
