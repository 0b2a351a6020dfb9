"""Python's answers for every scenario of the workbook, each computed once, cohort by cohort: a cohort's
share the curves that are still in memory.
"""

from __future__ import annotations

import numpy as np

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence.provenance.result_cache import cached_result
from assessment.workbook.content.cell_values import CellValues
from assessment.workbook.content.workbook_scenarios import workbook_scenarios


@cached_result(maxsize=4, disk=True)
def cohort_answers(cohort: str) -> dict[str, dict[str, float]]:
    """{scenario: {output: number}} of a cohort."""
    return {name: run.answers(cohort) for name, run in _runs().items()}


@cached_result(maxsize=4, disk=True)
def cohort_costs(cohort: str) -> dict[str, dict[str, np.ndarray] | None]:
    """{scenario: {strategy: NOK per starter by calendar year}, None where there is none}."""
    return {name: run.costs_by_year(cohort) for name, run in _runs().items()}


@cached_result(maxsize=4, disk=True)
def continuous_answers(cohort: str) -> dict[str, float]:
    """{output: number} of a cohort's base case in continuous time, as the pages show it."""
    return CellValues().answers(cohort, "continuous")


def scenario_answers() -> dict[str, dict[str, dict[str, float]]]:
    """{cohort: {scenario: {output: number}}}; under "" the budget of all cohorts together."""
    costs = {cohort: cohort_costs(cohort) for cohort in COHORTS}
    budgets = {
        name: run.budget({cohort: costs[cohort][name] for cohort in COHORTS})
        for name, run in _runs().items()
    }
    return {cohort: cohort_answers(cohort) for cohort in COHORTS} | {"": budgets}


def _runs() -> dict[str, CellValues]:
    return {one.id: CellValues(scenario=one) for one in workbook_scenarios()}
