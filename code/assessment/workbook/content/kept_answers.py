"""Python's answers for every scenario of the workbook, each computed once, cohort by cohort: a cohort's
share the curves that are still in memory, and stay when another's facts change.
"""

from __future__ import annotations

import numpy as np

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence.provenance.result_cache import cached_result
from assessment.workbook.content.cell_values import CellValues
from assessment.workbook.content.cohort_values import CohortValues
from assessment.workbook.content.workbook_scenarios import cohort_scenarios, workbook_scenarios


@cached_result(maxsize=4, disk=True)
def cohort_answers(cohort: str) -> dict[str, dict[str, float]]:
    """{scenario of the cohort: {output: number}}."""
    return {name: run.answers() for name, run in _runs(cohort).items()}


@cached_result(maxsize=4, disk=True)
def cohort_costs(cohort: str) -> dict[str, dict[str, np.ndarray] | None]:
    """{scenario of the cohort: {strategy: NOK per starter by calendar year}, None where there is none}."""
    return {name: run.costs_by_year() for name, run in _runs(cohort).items()}


@cached_result(maxsize=4, disk=True)
def continuous_answers(cohort: str) -> dict[str, float]:
    """{output: number} of a cohort's base case in continuous time, as the pages show it."""
    return CohortValues.of_book(cohort).answers("continuous")


def scenario_answers() -> dict[str, dict[str, dict[str, float]]]:
    """{cohort: {scenario: {output: number}}}, empty where a cohort has no such scenario; under "" the
    budget of all cohorts together.
    """
    listed = {one.id: CellValues(scenario=one) for one in workbook_scenarios()}
    costs = {cohort: cohort_costs(cohort) for cohort in COHORTS}
    budgets = {
        name: run.budget({cohort: costs[cohort].get(name) for cohort in COHORTS})
        for name, run in listed.items()
    }
    answers = {cohort: cohort_answers(cohort) for cohort in COHORTS}
    return {c: {name: answers[c].get(name, {}) for name in listed} for c in COHORTS} | {"": budgets}


def _runs(cohort: str) -> dict[str, CohortValues]:
    return {one.id: CohortValues.of_book(cohort, one) for one in cohort_scenarios(cohort)}
