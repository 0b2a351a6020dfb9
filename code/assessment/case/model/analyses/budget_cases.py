"""The budget of adoption in expected values: as the explorer reckons it, and with other patients,
uptake, prices and treatments displaced.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from assessment.case.model.analyses.adoption_budget import YEARS
from assessment.case.model.analyses.explorer_integrals import budget_inputs
from assessment.case.model.costs.cost_items import cost_items
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.costs.cost_rows import cost_rows
from assessment.case.model.curves.strategy_occupancy import expected_occupancy
from assessment.case.model.curves.time_on_treatment import with_treatment
from assessment.case.model.inputs.comparator_values import displaced_shares, other_prices
from assessment.case.model.inputs.input_checks import checked
from assessment.case.model.inputs.model_inputs import (
    COHORTS,
    base_values,
    input_fact,
    limits,
    model_inputs,
)
from assessment.case.model.inputs.settings import CONTROL, TREATED, Settings
from assessment.economics.model.budget_impact import Uptake, budget_impact, item_cost_by_lag
from assessment.evidence import load_facts

PRICE_STEPS = 7  # from a free drug to the upper end of the assumed price's range


@dataclass(frozen=True, eq=False)
class BudgetCase:
    """Added expenditure by calendar year, NOK, undiscounted, all inputs at their base values; arrays
    (YEARS,). ``started``: patients who start.
    """

    id: str
    by_cohort: Mapping[str, np.ndarray]
    by_item: Mapping[str, np.ndarray]
    started: np.ndarray

    @property
    def net(self) -> np.ndarray:
        """Added expenditure of all cohorts together."""
        return sum(self.by_cohort.values(), np.zeros(YEARS))


@dataclass(frozen=True)
class BudgetChange:
    """What differs from the base case. ``patients``: times the expected number; ``everyone``: all
    who are eligible start, from the first year on; ``inputs``: values to replace, by name.

    ``displaced``: None where everybody would otherwise get what the control arm got; else "", "low"
    or "high": others are displaced in the shares of ``displaced_shares``, or at an end of their
    ranges.
    """

    id: str
    patients: float = 1.0
    everyone: bool = False
    taxed: bool = True
    displaced: str | None = None
    inputs: Mapping[str, float] = field(default_factory=dict)


def budget_changes() -> tuple[BudgetChange, ...]:
    """The base case, then everything that is shown beside it."""
    few, many = limits(load_facts()["norway.patients.eligible.n"])
    expected, displaces = (few + many) / 2, any(displaced_shares(cohort) for cohort in COHORTS)
    return (
        BudgetChange("base"),
        BudgetChange("fewest_patients", patients=few / expected),
        BudgetChange("most_patients", patients=many / expected),
        BudgetChange("everyone", everyone=True),
        BudgetChange("untaxed", taxed=False),
        *(_displacing() if displaces else ()),
        *(BudgetChange(f"price_{k}", inputs={PRICE: price}) for k, price in enumerate(prices())),
    )


def prices() -> np.ndarray:
    """Prices of a pack without tax, NOK, at which the budget is shown."""
    return np.linspace(0.0, limits(input_fact(PRICE))[1], PRICE_STEPS + 1)


def _displacing() -> list[BudgetChange]:
    """The mix displaced at the prices of the model, and at the other prices with its range."""
    changes = [BudgetChange("displaced", displaced="")]
    for price in other_prices(COHORTS[0]):
        changes += [
            BudgetChange(
                f"displaced_{price.id}{end and '_' + end}", displaced=end, inputs=price.values
            )
            for end in ("", "low", "high")
        ]
    return changes


def budget_case(change: BudgetChange) -> BudgetCase:
    """Runs one change of the base case."""
    by_cohort: dict[str, np.ndarray] = {}
    by_item: dict[str, np.ndarray] = {}
    started = np.zeros(YEARS)
    for cohort in COHORTS:
        adoption = budget_inputs(cohort)
        uptake = np.ones(YEARS) if change.everyone else np.array(adoption["uptake"])
        mix = {} if change.displaced is None else displaced_shares(cohort, change.displaced)
        mix = {**mix, CONTROL: 1 - sum(mix.values())}
        lags = {name: _lag_costs(cohort, name, change) for name in (TREATED, *mix)}
        by_cohort[cohort] = np.zeros(YEARS)
        for item in {name: None for costs in lags.values() for name in costs}:
            impact = budget_impact(
                adoption["patients"] * change.patients,
                {name: costs.get(item, np.zeros(YEARS)) for name, costs in lags.items()},
                _divided(uptake, mix),
                _divided(0 * uptake, mix),
            )
            by_cohort[cohort] = by_cohort[cohort] + impact.net
            by_item[item] = by_item.get(item, np.zeros(YEARS)) + impact.net
        started = started + adoption["patients"] * change.patients * uptake
    return BudgetCase(change.id, by_cohort, by_item, started)


def budget_cases(changes: Sequence[BudgetChange] | None = None) -> tuple[BudgetCase, ...]:
    """Every change of the base case, the base case first."""
    return tuple(budget_case(change) for change in changes or budget_changes())


def _divided(uptake: np.ndarray, mix: Mapping[str, float]) -> Uptake:
    """The drug takes its share from each of the others alike."""
    return Uptake({TREATED: uptake, **{name: (1 - uptake) * share for name, share in mix.items()}})


def _lag_costs(cohort: str, strategy: str, change: BudgetChange) -> dict[str, np.ndarray]:
    """Cost item → cost per starter in the calendar year of start and in each later one, NOK."""
    comparator = CONTROL if strategy == TREATED else strategy
    # Without adoption nobody can cross over to the drug.
    settings = Settings(
        cohort,
        comparator=comparator,
        horizon_years=float(YEARS),
        vat=change.taxed,
        crossover_paid=False,
    )
    inputs = checked(base_values(model_inputs(cohort)) | dict(change.inputs), settings)
    table = expected_occupancy(settings)
    at = with_treatment(strategy, table.expected(strategy), inputs, settings)
    # part of cost per QALY in the extended perspective, not of the health service's budget
    by_patients = {row.id for row in cost_rows() if row.borne_by_patients}
    items = [i for i in cost_items(strategy, inputs, settings) if i.name not in by_patients]
    return {name: np.ravel(cost) for name, cost in item_cost_by_lag(at, items).items()}
