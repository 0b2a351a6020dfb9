"""Headline results against each treatment and by subgroup."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.case.model import decision_runs
from assessment.case.model.analyses.decision_results import DecisionResult
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.inputs.settings import CONTROL
from assessment.pages.headline.result_rows import (
    BASE_SET,
    NOK_PER_PACK,
    Result,
    Row,
    rows_of,
)


def by_place() -> Iterator[Result]:
    """Against each treatment but the control arm, at each price of it."""
    for cohort in COHORTS:
        for one in decision_runs.comparisons(cohort):
            if one.comparator != CONTROL:
                name = ".".join(part for part in (one.comparator, one.price_id) if part)
                yield from rows_of(f"against.{name}.", cohort, BASE_SET, _rows(one.result))


def subgroups() -> Iterator[Result]:
    """Subgroups whose hazard ratio is known."""
    for cohort in COHORTS:
        for name, result in decision_runs.by_subgroup(cohort).items():
            if result is not None:
                yield from rows_of(f"subgroup.{name}.", cohort, BASE_SET, _rows(result))


def _rows(result: DecisionResult) -> list[Row]:
    own = result.values[1]
    named = (
        ("qalys_gained", "QALYs", result.qalys),
        ("cost_added", "NOK", result.cost),
        ("price", NOK_PER_PACK, result.price[own]),
    )
    rows: list[Row] = [("worth_it", "share", result.worth_it[own])]
    for name, unit, (value, low, high) in named:
        rows += [(name, unit, value), (f"{name}.low", unit, low), (f"{name}.high", unit, high)]
    return rows
