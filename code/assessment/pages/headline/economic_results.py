"""Headline results beside the base case: severity, scenarios, worth of knowledge, budget."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from assessment.case.model import decision_runs, runs
from assessment.case.model.analyses.adoption_budget import YEARS
from assessment.case.model.analyses.decision_results import stated_value
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.inputs.model_inputs import COHORTS, input_fact
from assessment.pages.economics.severity import class_ranges, severity_cases
from assessment.pages.economics.shared.model_answers import INTERVAL, limits
from assessment.pages.headline.base_case_results import price_or_none
from assessment.pages.headline.result_rows import (
    BASE_SET,
    NO_SET,
    NOK_PER_PACK,
    NOK_PER_PATIENT,
    NOK_PER_QALY,
    Result,
    Row,
    rows_of,
)

CANNOT_BE_RUN = "cannot be run"  # not translated: a value of the file


def severity() -> Iterator[Result]:
    """Severity of the base case, and of each case at the age that is assumed."""
    for cohort in COHORTS:
        yield from rows_of("severity.", cohort, BASE_SET, _severity_of_base_case(cohort))
        yield from rows_of("severity.case.", cohort, NO_SET, _severity_cases(cohort))


def _severity_of_base_case(cohort: str) -> list[Row]:
    severity = runs.severity(cohort)
    low, high = limits(class_ranges.drawn_shortfalls(cohort))
    low_class, high_class = class_ranges.class_limits(cohort)
    return [
        ("remaining_qalys", "QALYs", severity.remaining_qalys),
        ("comparator_qalys", "QALYs", severity.comparator_qalys),
        ("shortfall", "QALYs", severity.shortfall),
        ("shortfall.low", "QALYs", low),
        ("shortfall.high", "QALYs", high),
        ("class", "class", str(severity.severity_class)),
        ("class.low", "class", str(low_class)),
        ("class.high", "class", str(high_class)),
        ("reference_value", NOK_PER_QALY, severity.reference_nok_per_qaly),
    ]


def _severity_cases(cohort: str) -> Iterator[Row]:
    cases = severity_cases.cases()
    at_age = cases["age"] == severity_cases.assumed_age(cohort)
    for case, row in cases[(cases["cohort"] == cohort) & at_age].set_index("case").iterrows():
        yield (f"{case}.shortfall", "QALYs", float(row["shortfall"]))
        yield (f"{case}.class", "class", str(int(row["class"])))


def scenarios() -> Iterator[Result]:
    """Every scenario, in its own analysis set."""
    for cohort in COHORTS:
        for outcome in runs.scenario_outcomes(cohort):
            stem = f"scenario.{outcome.scenario.id}."
            division = outcome.scenario.settings_for(cohort).analysis_set
            yield from rows_of(stem, cohort, division, _scenario(outcome))


def _scenario(outcome) -> list[Row]:
    """What a scenario gives; no costs where they are incomplete."""
    results, severity = outcome.results, outcome.severity
    if results is None:
        return [("qalys_gained", "QALYs", CANNOT_BE_RUN)]
    rows: list[Row] = [
        ("life_years_gained", "years", results.increment_life_years.effect),
        ("qalys_gained", "QALYs", results.increment.effect),
        ("class", "class", str(severity.severity_class)),
    ]
    if results.costs_incomplete:
        return rows
    price = price_or_none(results, severity.reference_nok_per_qaly)
    ends = zip((".low", ".high"), outcome.price_limits or ())
    return [
        *rows,
        ("cost_added", "NOK", results.increment.cost),
        ("icer", NOK_PER_QALY, results.increment.icer),
        ("price", NOK_PER_PACK, price),
        *((f"price{end}", NOK_PER_PACK, nok) for end, nok in ends),
        ("worth_it", "verdict", "yes" if outcome.cost_effective else "no"),
    ]


def information() -> Iterator[Result]:
    """Worth of knowing everything, at the assumed price and where the decision turns."""
    for cohort in COHORTS:
        found, rows = decision_runs.information(cohort), list[Row]()
        values = {"opportunity_cost": stated_value()}
        values |= {"class_value": runs.severity(cohort).reference_nok_per_qaly}
        for name, value in values.items():
            turns = found.turns[value]
            rows.append((f"price_where_decision_turns.{name}", NOK_PER_PACK, turns))
            prices = {"assumed_price": input_fact(PRICE).number, "turning_price": max(turns, 0.0)}
            rows += [
                (f"evpi.{name}.{at}", NOK_PER_PATIENT, found.everything_at(value, price))
                for at, price in prices.items()
            ]
        yield from rows_of("information.", cohort, BASE_SET, rows)


def budget() -> Iterator[Result]:
    """Added expenditure and patients started in each year, both cohorts together and each."""
    budget, expected = runs.budget(), decision_runs.budgets()["base"]
    low, high = np.quantile(budget.net, INTERVAL, axis=0)
    started = expected.started
    for year in range(YEARS):
        stem = f"budget.year_{year + 1}"
        rows: list[Row] = [
            ("", "NOK", expected.net[year]),
            (".low", "NOK", low[year]),
            (".high", "NOK", high[year]),
            (".patients", "patients", started[year]),
        ]
        yield from rows_of(stem, "", NO_SET, rows)
        for cohort in COHORTS:
            expenditure = expected.by_cohort[cohort][year]
            yield from rows_of(stem, cohort, NO_SET, [("", "NOK", expenditure)])
