"""What Python already knows of cells that hold formulas: stored beside them, for programs that compute
nothing, such as a protected view or the preview of a message.

Monthly cycles, the book's inputs, the base case. What only a spreadsheet can say, whether its own
number agrees, is never stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from assessment.case.model.analyses.adoption_budget import YEARS
from assessment.case.model.analyses.comparator_severity import severity_of
from assessment.case.model.analyses.decision_facts import reference_facts
from assessment.case.model.costs.cost_utility import Results, Strategy, run_model
from assessment.case.model.curves.thinned_draws import NoCurve
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.inputs.settings import CONTROL, TREATED
from assessment.evidence.provenance.result_cache import cached_result
from assessment.workbook.content.cell_values import CellValues
from assessment.workbook.content.cohort_values import CohortValues
from assessment.workbook.content.curve_sets import curve_sets, settings_of, strategies
from assessment.workbook.content.kept_answers import cohort_costs, scenario_answers
from assessment.workbook.content.python_answers import adoption_costs
from assessment.workbook.content.workbook_scenarios import workbook_scenarios
from assessment.workbook.engine.cell_formulas import cell_name


def first_values() -> dict[str, float]:
    """{name of a cell: Python's number}; a cell of which Python has none is left out.

    Cells of the budget that have no name of their own: ``starters_<year>``,
    ``budget_year_<year>_<cohort>`` and ``paid_in_year_<years later>_<strategy>_<cohort>``.
    """
    base, answers = workbook_scenarios()[0].id, scenario_answers()
    found = {
        cell_name(key, cohort): number
        for cohort in COHORTS
        for key, number in answers[cohort][base].items()
    }
    found |= {
        key.replace("budget_", "budget_year_"): number for key, number in answers[""][base].items()
    }
    for cohort in COHORTS:
        found |= {cell_name(key, cohort): value for key, value in first_results(cohort).items()}
    return found | dict(_budget(base))


@cached_result(maxsize=4, disk=True)
def first_results(cohort: str) -> dict[str, float]:
    """{output and strategy: number} of a cohort that Results and Severity show and Checks does not."""
    return dict(_results(cohort))


def _results(cohort: str) -> Iterator[tuple[str, float]]:
    inputs = CohortValues.of_book(cohort).inputs
    for comparator in strategies(cohort)[1:]:
        if comparator not in curve_sets(cohort)[0].months:
            continue
        try:
            run = run_model(inputs, replace(settings_of(cohort, {}, comparator), grid="monthly"))
        except NoCurve:
            continue
        if comparator == CONTROL:
            yield from _of_strategy(TREATED, run.treated)
            yield from _of_severity(run)
        yield from _of_strategy(comparator, run.comparator)
        cost, gain = _one(run.increment.cost), _one(run.increment.effect)
        yield f"life_years_gained_{comparator}", _one(run.increment_life_years.effect)
        free = cost - _one(run.packs_bought) * _one(run.price_per_pack_nok)
        yield f"cost_without_price_{comparator}", free
        for key, fact in reference_facts().items():
            yield f"net_benefit_{key}_{comparator}", fact.number * gain - cost


def _of_strategy(name: str, made: Strategy) -> Iterator[tuple[str, float]]:
    yield f"qalys_in_states_{name}", _one(made.outcomes.qalys)
    yield f"qalys_lost_{name}", _one(made.qalys_lost_to_side_effects)
    for item, cost in made.outcomes.cost_by_item.items():
        yield f"cost_{item}_{name}", _one(cost)


def _of_severity(run: Results) -> Iterator[tuple[str, float]]:
    found = severity_of(run)
    yield "age_in_use", float(run.settings.start_age_years)
    yield "remaining_published", found.remaining_qalys
    yield "comparator_qalys", found.comparator_qalys
    yield "class_value", found.reference_nok_per_qaly


def _budget(base: str) -> Iterator[tuple[str, float]]:
    values: dict[str, Any] = CellValues().in_use()
    uptake = np.array([values[f"uptake_{year}"] for year in range(1, YEARS + 1)], float)
    for year, share in enumerate(uptake, 1):
        yield f"starters_{year}", values["patients"] * float(share)
    shares = {c: values[cell_name(f"share_{c}")] for c in COHORTS[:-1]}
    shares[COHORTS[-1]] = 1 - sum(shares.values())
    for cohort in COHORTS:
        paid = cohort_costs(cohort)[base]
        if paid is None:
            continue
        displaced = {
            (cohort, s): values[cell_name("displaced", s, cohort)] for s in strategies(cohort)[2:]
        }
        for strategy, by_year in paid.items():
            if displaced.get((cohort, strategy), 1.0):  # of others Python reckons no cost
                for lag, cost in enumerate(by_year):
                    yield cell_name("paid_in_year", str(lag), strategy, cohort), float(cost)
        added = adoption_costs(
            {(cohort, s): cost for s, cost in paid.items()},
            {cohort: values["patients"] * shares[cohort]},
            uptake,
            displaced,
        )
        for year, cost in enumerate(added, 1):
            yield cell_name("budget_year", str(year), cohort), float(cost)


def _one(value: Any) -> float:
    return float(np.ravel(value)[0])
