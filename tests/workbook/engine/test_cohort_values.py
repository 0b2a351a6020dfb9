"""What a cohort's formulas read, by way of the cells and by way of the cohort alone."""

from __future__ import annotations

import pytest

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence import record_reads
from assessment.pages.validation.verification_results import cohort_verification
from assessment.workbook.content.cell_values import CellValues
from assessment.workbook.content.cohort_values import CohortValues
from assessment.workbook.content.first_values import first_results
from assessment.workbook.content.kept_answers import (
    cohort_answers,
    cohort_costs,
    continuous_answers,
)
from assessment.workbook.content.workbook_inputs import input_rows
from assessment.workbook.content.workbook_scenarios import workbook_scenarios

pytestmark = pytest.mark.slow


def test_a_scenario_chosen_in_the_workbook_is_each_cohort_s_own():
    """Also where it gives an input one value in one cohort and another in the other: then each has a cell."""
    for chosen in workbook_scenarios():
        for cohort in COHORTS:
            by_cells = CellValues(scenario=chosen).of(cohort)
            if cohort in chosen.by_cohort:
                assert by_cells == CohortValues.of_book(cohort, chosen.by_cohort[cohort]), chosen.id
            else:
                assert by_cells.settings is None and by_cells.answers() == {}, chosen.id


def test_what_is_typed_reaches_the_cohort_of_its_cell():
    names = {row.name: row for row in input_rows()}
    (both, *_), (own, *_) = (
        [n for n, row in names.items() if row.kind == "input" and row.cohort == which]
        for which in ("both", COHORTS[-1])
    )
    values = CellValues({both: 0.25, own: 0.75})
    assert values.of(COHORTS[0]).in_use[names[both].parameter] == 0.25
    assert values.of(COHORTS[-1]).in_use[names[own].parameter] == 0.75
    assert values.of(COHORTS[0]).in_use[names[own].parameter] != 0.75


@pytest.mark.parametrize(
    "kept",
    [cohort_answers, cohort_costs, continuous_answers, first_results, cohort_verification],
    ids=lambda function: function.__name__,
)
def test_nothing_of_another_cohort_s_curves_is_read(kept):
    """So that it stays when the result of another cohort's endpoint changes."""
    for cohort in COHORTS:
        kept.cache_clear()
        with record_reads() as reads:
            kept(cohort)
        curves = [
            set(fact.split(".")) for fact in reads.facts if {"pfs", "os"} & set(fact.split("."))
        ]
        assert any(cohort in parts for parts in curves)
        assert not [parts for parts in curves if (set(COHORTS) - {cohort}) & parts]
