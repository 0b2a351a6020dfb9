"""Every headline result of the book: one row each, as ``tests/expected/headline.csv`` holds them.

Results of the model are among them as soon as all its inputs are known.
"""

from __future__ import annotations

from assessment.case.model.inputs.unknown_inputs import unknown_inputs
from assessment.pages.headline.base_case_results import base_case, prices
from assessment.pages.headline.result_rows import Result
from assessment.pages.headline.trial_results import trial


def results() -> tuple[Result, ...]:
    """Every headline result of the present code and data."""
    parts = (trial,) if unknown_inputs() else (trial, base_case, prices)
    return tuple(row for part in parts for row in part())
