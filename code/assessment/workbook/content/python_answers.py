"""What the Python model answers to the questions that the workbook answers: per patient, and the budget.

Monthly cycles by the trapezoid rule unless another grid is asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from assessment.case.model.analyses.adoption_budget import YEARS
from assessment.case.model.costs.cost_items import cost_items
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.costs.cost_rows import cost_rows
from assessment.case.model.costs.cost_utility import Results, run_model
from assessment.case.model.curves.strategy_occupancy import expected_occupancy
from assessment.case.model.curves.thinned_draws import NoCurve
from assessment.case.model.curves.time_on_treatment import with_treatment
from assessment.case.model.inputs.settings import CONTROL, TREATED
from assessment.economics.model.outcomes import ONCE
from assessment.workbook.content.curve_sets import settings_of, strategies

OUTPUTS = (*("life_years", "qalys", "cost", "packs", "years_on_treatment", "undiscounted_qalys"),)
MONTHS = 12


def answers(
    cohort: str,
    changed: Mapping[str, Any],
    inputs: Mapping[str, float],
    grid: str = "monthly",
    traced: Collection[str] | None = None,
) -> dict[str, float]:
    """{output_strategy: number} for every strategy that the settings ``changed`` allow, then
    {added_cost, qalys_gained and packs_bought _comparator: number}. Costs in NOK, discounted.

    ``traced``: the strategies that the workbook has curves of in these settings; None for all.
    """
    found: dict[str, float] = {}
    for comparator in strategies(cohort)[1:]:
        if traced is not None and comparator not in traced:
            continue
        settings = replace(settings_of(cohort, changed, comparator), grid=grid)
        try:
            results = run_model(inputs, settings)
        except NoCurve:
            continue
        arms = {TREATED: results.treated, comparator: results.comparator}
        for name, strategy in arms.items():
            if comparator == CONTROL or name != TREATED:
                found |= {f"{out}_{name}": _one(getattr(strategy, out)) for out in OUTPUTS}
        found |= {f"{k}_{comparator}": v for k, v in _increments(results).items()}
    return found


def _increments(results: Results) -> dict[str, float]:
    return {
        "added_cost": _one(results.increment.cost),
        "qalys_gained": _one(results.increment.effect),
        "packs_bought": _one(results.packs_bought),
    }


def _one(value) -> float:
    return float(np.ravel(value)[0])


def price_that_is_enough(found: Mapping[str, float], comparator: str, value: float, price: float):
    """Price of a pack, NOK, at which the added cost is ``value`` times the QALYs gained: negative where
    even a free drug costs too much. ``price``: of the run.
    """
    packs = found[f"packs_bought_{comparator}"]
    without = found[f"added_cost_{comparator}"] - packs * price
    return (value * found[f"qalys_gained_{comparator}"] - without) / packs


def cost_by_year(
    cohort: str,
    strategy: str,
    changed: Mapping[str, Any],
    inputs: Mapping[str, float],
    tax: bool,
) -> np.ndarray:
    """What the health service pays per starter in the calendar year of start and in each later one,
    NOK, undiscounted, (YEARS,): monthly cycles, starters spread evenly over the year.

    The second difference of the twice summed cost, as in ``economics.model.budget_impact``.
    """
    settings = replace(
        settings_of(cohort, changed, strategy), grid="monthly", vat=tax, crossover_paid=False
    )
    given: Any = {name: np.asarray(value, float) for name, value in inputs.items()}
    table = expected_occupancy(settings)
    at = with_treatment(strategy, table.expected(strategy), given, settings)
    free, alive, on = (
        np.ravel(a)[: YEARS * MONTHS + 1]
        for a in (at.progression_free, at.alive, np.asarray(at.on_treatment))
    )
    states = {
        "progression-free": free,
        "leaving progression-free": free,
        "alive": alive,
        "death": alive,
        "progressed": alive - free,
        "on treatment": on,
        "start": 0 * free,
    }
    borne = {row.id for row in cost_rows() if row.borne_by_patients}
    so_far = np.zeros(YEARS * MONTHS + 1)
    for item in cost_items(strategy, given, settings):
        if item.name not in borne:
            state = states[item.when]
            used = 1 - state if item.when in ONCE else _summed(state)
            so_far = so_far + float(item.amount) * used
    whole = _summed(so_far)[::MONTHS]
    return np.diff(np.concatenate([[0.0], whole]), n=2)


def _summed(values: np.ndarray) -> np.ndarray:
    """Integrals from the start to each month, in years, by the trapezoid rule."""
    return np.concatenate([[0.0], np.cumsum((values[1:] + values[:-1]) / (2 * MONTHS))])


def adoption_costs(
    by_year: Mapping[tuple[str, str], np.ndarray],
    patients: Mapping[str, float],
    uptake: np.ndarray,
    displaced: Mapping[tuple[str, str], float],
) -> np.ndarray:
    """Added expenditure of years 1, 2, …, NOK, from cost ``by_year`` of (cohort, strategy); ``displaced``:
    shares of those who would otherwise get other drugs than the control arm.
    """
    net = np.zeros(YEARS)
    for cohort, number in patients.items():
        mix = {s: displaced.get((cohort, s), 0.0) for s in strategies(cohort)[2:]}
        mix[CONTROL] = 1 - sum(mix.values())
        other: np.ndarray = sum(
            (share * by_year[cohort, s] for s, share in mix.items()), np.zeros(YEARS)
        )
        added = by_year[cohort, TREATED] - other
        for year in range(YEARS):
            net[year] += number * sum(uptake[k] * added[year - k] for k in range(year + 1))
    return net


__all__ = ["PRICE", "adoption_costs", "answers", "cost_by_year", "price_that_is_enough"]
