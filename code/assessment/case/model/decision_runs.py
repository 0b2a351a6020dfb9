"""The runs beside the base case that a decision asks for, each done once with the facts it read and
kept on disk: against each treatment, by subgroup, by price, and the budget's cases.
"""

from __future__ import annotations

from dataclasses import dataclass

from assessment.case.model import runs
from assessment.case.model.analyses import budget_cases, value_by_price
from assessment.case.model.analyses.budget_cases import BudgetCase
from assessment.case.model.analyses.course_threshold import (
    CourseThreshold,
    course_on,
    course_threshold,
    time_gained,
)
from assessment.case.model.analyses.decision_results import (
    DecisionResult,
    decision_result,
    stated_value,
    summarised,
)
from assessment.case.model.analyses.value_by_price import ValueByPrice
from assessment.case.model.curves.thinned_draws import NoCurve
from assessment.case.model.inputs.comparator_values import courses, subgroups
from assessment.case.model.inputs.settings import CONTROL, Settings
from assessment.case.model.scenarios.comparator_scenarios import priced_comparators
from assessment.evidence.provenance.result_cache import cached_result


@dataclass(frozen=True, eq=False)
class Comparison:
    """The drug against one treatment. ``price_id``, ``price_kind``: which price of it, as an id and
    in words; empty for the price among the model's inputs.
    """

    comparator: str
    price_id: str
    price_kind: str
    result: DecisionResult


@cached_result(maxsize=4, disk=True)
def comparisons(cohort: str) -> tuple[Comparison, ...]:
    """Against the control arm, then against each drug that a trial connects, at each known price."""
    made = [Comparison(CONTROL, "", "", summarised(runs.base(cohort), runs.draws(cohort)))]
    for name, price in priced_comparators(cohort):
        changed = {} if price is None else price.values
        result = decision_result(Settings(cohort, comparator=name), changed)
        which = ("", "") if price is None else (price.id, price.kind)
        made.append(Comparison(name, *which, result))
    return tuple(made)


@cached_result(maxsize=4, disk=True)
def thresholds(cohort: str) -> tuple[CourseThreshold, ...]:
    """How much better than each other treatment the drug must be: those that the model runs, then
    those of which only the cost of a course is known.
    """
    values = (stated_value(), runs.severity(cohort).reference_nok_per_qaly)
    time, base = time_gained(cohort), runs.base(cohort)
    asked = [
        (
            name,
            "" if price is None else price.kind,
            course_on(name, cohort, {} if price is None else price.values),
        )
        for name, price in priced_comparators(cohort)
    ]
    asked += [(course.comparator, "", course.fact.number) for course in courses(cohort)]
    return tuple(course_threshold(base, time, *one, values) for one in asked)


@cached_result(maxsize=4, disk=True)
def by_subgroup(cohort: str) -> dict[str, DecisionResult | None]:
    """{subgroup: its result; None where its hazard ratio is not known}: the subgroup's hazard ratio
    of progression on the cohort's control curve, everything else as in the cohort.
    """
    found: dict[str, DecisionResult | None] = {}
    for name, fact in subgroups(cohort).items():
        found[name] = None
        if fact.status != "unknown":
            try:
                found[name] = decision_result(Settings(cohort, subgroup=name))
            except NoCurve:
                continue
    return found


@cached_result(maxsize=4, disk=True)
def information(cohort: str) -> ValueByPrice:
    """What more knowledge would be worth by price, at the stated opportunity cost and at the value
    of the cohort's class.
    """
    values = dict.fromkeys((stated_value(), runs.severity(cohort).reference_nok_per_qaly))
    return value_by_price.value_by_price(runs.draws(cohort), tuple(values))


@cached_result(maxsize=1, disk=True)
def budgets() -> dict[str, BudgetCase]:
    """The budget's cases by id, the base case first."""
    return {case.id: case for case in budget_cases.budget_cases()}
