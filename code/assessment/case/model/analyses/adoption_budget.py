"""The budget of adopting the drug in Norway, years 1 to 5, from DMP's range of patients: all
cohorts together, with value added tax.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from assessment.case.model.costs.cost_items import cost_items
from assessment.case.model.costs.cost_rows import cost_rows
from assessment.case.model.curves.strategy_occupancy import strategy_occupancy
from assessment.case.model.curves.time_on_treatment import with_treatment
from assessment.case.model.inputs.cohort_shares import cohort_shares
from assessment.case.model.inputs.input_checks import checked
from assessment.case.model.inputs.model_inputs import (
    base_values,
    distributions,
    fraction,
    limits,
    model_inputs,
)
from assessment.case.model.inputs.settings import CONTROL, TREATED, Settings
from assessment.economics.analysis import parameter_distributions
from assessment.economics.analysis.monte_carlo import draw_inputs
from assessment.economics.model.budget_impact import budget_impact, item_cost_by_lag, replacing
from assessment.economics.model.partitioned_survival import Occupancy
from assessment.evidence import Fact, load_facts

YEARS, DRAWS, SEED = 5, 2_000, 2025


@dataclass(frozen=True, eq=False)
class AdoptionBudget:
    """Expenditure by calendar year of adoption, NOK of the price year, undiscounted; arrays (draws,
    years).

    ``net``: added expenditure; ``drug``: of this, the drug alone; ``started``: patients who
    start; ``by_cohort``: net by cohort.
    """

    net: np.ndarray
    drug: np.ndarray
    started: np.ndarray
    by_cohort: Mapping[str, np.ndarray]

    @property
    def expected(self) -> np.ndarray:
        """Mean net expenditure of each year."""
        return self.net.mean(axis=0)


def adoption_budget(
    draws: int = DRAWS, seed: int = SEED, price_per_pack_nok: float | None = None
) -> AdoptionBudget:
    """With adoption less without, over draws of patients, their division, uptake, all inputs and
    the curves.

    Patients: every number of DMP's range equally likely. ``price_per_pack_nok`` without tax
    replaces the assumed price.
    """
    facts, rng = load_facts(), np.random.default_rng(seed)
    patients = rng.uniform(*limits(facts["norway.patients.eligible.n"]), draws)
    shares = cohort_shares(lambda fact: _beta(fact).draw(rng, draws))
    uptake = np.stack(
        [
            _beta(facts[f"economics.adoption.uptake.y{year}"]).draw(rng, draws)
            for year in range(1, YEARS + 1)
        ],
        axis=1,
    )
    net: dict[str, np.ndarray] = {}
    drug = started = np.zeros((draws, YEARS))
    of_the_drug = {row.id for row in cost_rows() if row.group == "drug"}
    for cohort, share in shares.items():
        lags = _lag_costs(cohort, draws, rng, price_per_pack_nok)
        none = np.zeros((draws, YEARS))
        for item in {**lags[TREATED], **lags[CONTROL]}:
            impact = budget_impact(
                patients * share,
                {strategy: costs.get(item, none) for strategy, costs in lags.items()},
                replacing(TREATED, CONTROL, uptake),
                replacing(TREATED, CONTROL, 0 * uptake),
            )
            net[cohort] = net.get(cohort, none) + impact.net
            drug = drug + (impact.net if item in of_the_drug else 0.0)
        started = started + impact.started[TREATED]
    return AdoptionBudget(sum(net.values(), none), drug, started, net)


def _beta(fact: Fact):
    return parameter_distributions.from_interval(
        "beta", fraction(fact), fraction(fact, fact.low), fraction(fact, fact.high)
    )


def _lag_costs(
    cohort: str, draws: int, rng: np.random.Generator, price: float | None
) -> dict[str, dict[str, np.ndarray]]:
    """Strategy → cost item → cost per starter in the calendar year of start and in each later one,
    (draws, YEARS).
    """
    # Without adoption nobody can cross over to the drug.
    settings = Settings(cohort, horizon_years=float(YEARS), vat=True, crossover_paid=False)
    drawn_inputs = draw_inputs(distributions(model_inputs(cohort)), rng, draws)
    values: dict[str, Any] = base_values(model_inputs(cohort)) | drawn_inputs
    if price is not None:
        values["price_per_pack_nok"] = np.full(draws, float(price))
    inputs, table = checked(values, settings), strategy_occupancy(settings)
    rows = rng.integers(0, table.size, draws)
    # Part of cost per QALY in the extended perspective, but not of the health service's budget.
    by_patients = {row.id for row in cost_rows() if row.borne_by_patients}
    lags = {}
    for name, occupancy in table.occupancy.items():
        drawn = Occupancy(
            table.grid,
            occupancy.progression_free[rows],
            occupancy.alive[rows],
            occupancy.crossed[rows],
        )
        at = with_treatment(name, drawn, inputs, settings)
        items = cost_items(name, inputs, settings)
        lags[name] = item_cost_by_lag(at, [item for item in items if item.name not in by_patients])
    return lags
