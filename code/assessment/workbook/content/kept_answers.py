"""Python's answers for every scenario of the workbook, each computed once."""

from __future__ import annotations

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence.provenance.result_cache import cached_result
from assessment.workbook.content.cell_values import CellValues
from assessment.workbook.content.workbook_scenarios import workbook_scenarios


@cached_result(maxsize=1, disk=True)
def scenario_answers() -> dict[str, dict[str, dict[str, float]]]:
    """{cohort: {scenario: {output: number}}}; under "" the budget of all cohorts together."""
    runs = {one.id: CellValues(scenario=one) for one in workbook_scenarios()}
    found = {c: {name: run.answers(c) for name, run in runs.items()} for c in COHORTS}
    return found | {"": {name: run.budget() for name, run in runs.items()}}


@cached_result(maxsize=1, disk=True)
def continuous_answers() -> dict[str, dict[str, float]]:
    """{cohort: {output: number}} of the base case in continuous time, as the pages show it."""
    return {cohort: CellValues().answers(cohort, "continuous") for cohort in COHORTS}
