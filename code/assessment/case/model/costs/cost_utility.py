"""The Norwegian cost-utility model: the drug against a comparator in one cohort, from inputs
and curves to QALYs and kroner.

Three states by partitioned survival from randomisation, over a lifetime; costs and QALYs discounted
alike; extended health service perspective. Every input a float or an array of draws. What is
assumed stands in data/model_inputs.csv and in ``Settings``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from assessment.case.model.costs.cost_items import (
    cost_items,
    costs_incomplete,
    pack_items,
    pack_tax_share,
    packs_per_patient,
)
from assessment.case.model.costs.crossover_share import crossover_share, crossover_unknown
from assessment.case.model.costs.health_values import qalys_lost, utilities
from assessment.case.model.curves.strategy_occupancy import (
    StrategyOccupancy,
    expected_occupancy,
    strategy_occupancy,
)
from assessment.case.model.curves.time_on_treatment import share_on_treatment, with_treatment
from assessment.case.model.inputs.input_checks import checked
from assessment.case.model.inputs.model_inputs import Inputs, base_values, model_inputs
from assessment.case.model.inputs.settings import CONTROL, TREATED, Settings, role_of
from assessment.economics.analysis.cost_effectiveness import (
    Increment,
    PriceThreshold,
    price_at_threshold,
)
from assessment.economics.model.outcomes import Outcomes, evaluate
from assessment.economics.model.partitioned_survival import Occupancy
from assessment.economics.time.discounting import constant_discounting


@dataclass(frozen=True, eq=False)
class Strategy:
    """Results of one strategy, each an array over draws. ``packs``: discounted packs of
    the drug per patient.

    ``outcomes`` holds life years, QALYs by state and cost by item; ``on_treatment`` is the share on
    the drug at the grid's times; ``qalys_lost_to_side_effects`` comes off the QALYs.
    """

    name: str
    outcomes: Outcomes
    qalys_lost_to_side_effects: np.ndarray
    packs: np.ndarray
    years_on_treatment: np.ndarray
    on_treatment: np.ndarray
    undiscounted_qalys: np.ndarray

    @property
    def qalys(self) -> np.ndarray:
        """Discounted QALYs less those lost to side effects; shape of the draws."""
        return self.outcomes.qalys - self.qalys_lost_to_side_effects

    @property
    def life_years(self) -> np.ndarray:
        """Discounted life years; shape of the draws."""
        return self.outcomes.life_years

    @property
    def cost(self) -> np.ndarray:
        """Discounted cost in NOK; shape of the draws."""
        return self.outcomes.cost


@dataclass(frozen=True, eq=False)
class Results:
    """Both strategies of a run, the treated first. ``costs_incomplete``: the comparator is a drug
    without a known price, so costs leave it out.
    """

    settings: Settings
    strategies: dict[str, Strategy]
    price_per_pack_nok: np.ndarray
    costs_incomplete: bool
    assumed: tuple[str, ...]

    @property
    def treated(self) -> Strategy:
        """Results of the treated strategy."""
        return self.strategies[TREATED]

    @property
    def comparator(self) -> Strategy:
        """Results of the comparator that the settings name."""
        return self.strategies[self.settings.comparator]

    @property
    def increment(self) -> Increment:
        """Cost and QALYs, the drug less comparator."""
        return Increment(
            self.treated.cost - self.comparator.cost, self.treated.qalys - self.comparator.qalys
        )

    @property
    def increment_life_years(self) -> Increment:
        """Cost and life years, the drug less comparator."""
        return Increment(
            self.treated.cost - self.comparator.cost,
            self.treated.life_years - self.comparator.life_years,
        )

    def price_at(self, threshold_nok_per_qaly) -> PriceThreshold:
        """Price per pack at which the ICER equals the threshold, exact: cost is linear in the
        price. Expected values, unless of draws.
        """
        increment, packs = self.increment, self.packs_bought
        at_zero = Increment(increment.cost - packs * self.price_per_pack_nok, increment.effect)
        return price_at_threshold(threshold_nok_per_qaly, at_zero, packs)

    @property
    def packs_bought(self) -> np.ndarray:
        """Discounted packs of the drug, treated less comparator, times one plus the tax of the
        run.
        """
        return (self.treated.packs - self.comparator.packs) * (1 + pack_tax_share(self.settings))


def run_model(
    inputs: Inputs | None = None,
    settings: Settings = Settings(),
    rows: np.ndarray | None = None,
    table: StrategyOccupancy | None = None,
) -> Results:
    """The model for given inputs (name → float or array of draws; None: the base values).

    ``rows``: which draw of the curves goes with each draw of the inputs; None: the expectation over
    all draws of the curves, exact since everything but the cap on PFS is linear in occupancy, and
    the cap is taken draw by draw. ``table``: other curves than those of the settings. ValueError
    for missing or impossible inputs, NoCurve where the printed results do not allow the run.
    """
    values = checked(
        base_values(model_inputs(settings.cohort)) if inputs is None else inputs, settings
    )
    table = (
        (expected_occupancy if rows is None else strategy_occupancy)(settings)
        if table is None
        else table
    )
    return Results(
        settings,
        {name: _strategy(name, table, values, settings, rows) for name in table.occupancy},
        np.asarray(values["price_per_pack_nok"], float),
        costs_incomplete(settings),
        table.assumed + (("crossover not charged",) if crossover_unknown(settings) else ()),
    )


def _strategy(
    name: str,
    table: StrategyOccupancy,
    inputs: Inputs,
    settings: Settings,
    rows: np.ndarray | None,
) -> Strategy:
    curves = table.expected(name) if rows is None else table.occupancy[name]
    occupancy = with_treatment(name, curves, inputs, settings, rows)
    on_treatment = np.asarray(occupancy.on_treatment)
    if name == CONTROL and settings.crossover_paid:
        inputs = {**inputs, "crossover_packs": _crossover_packs(inputs, table, settings)}
    outcomes, packs = _outcomes_and_packs(name, occupancy, inputs, settings, rows)
    years = on_treatment @ table.grid.weights(settings.rates())
    undiscounted_years = on_treatment @ table.grid.weights(constant_discounting(0.0))
    undiscounted = evaluate(
        occupancy, utilities(inputs, settings), [], constant_discounting(0.0), rows=rows
    )
    return Strategy(
        name=name,
        outcomes=outcomes,
        qalys_lost_to_side_effects=qalys_lost(role_of(name), inputs, years),
        packs=packs,
        years_on_treatment=years,
        on_treatment=on_treatment,
        undiscounted_qalys=undiscounted.qalys
        - qalys_lost(role_of(name), inputs, undiscounted_years),
    )


def _outcomes_and_packs(
    name: str,
    occupancy: Occupancy,
    inputs: Inputs,
    settings: Settings,
    rows: np.ndarray | None,
) -> tuple[Outcomes, np.ndarray]:
    """Outcomes of a strategy, and its discounted packs of the treatment: both from one pass."""
    costs = cost_items(name, inputs, settings)
    packs = pack_items(name, inputs, settings)
    both = evaluate(
        occupancy, utilities(inputs, settings), costs + packs, settings.rates(), rows=rows
    )
    by_item = dict(both.cost_by_item)
    used = [by_item.pop(item.name) for item in packs]
    total = sum(used[1:], used[0]) if used else np.zeros_like(both.undiscounted_life_years)
    return replace(both, cost_by_item=by_item), total


def _crossover_packs(inputs: Inputs, table: StrategyOccupancy, settings: Settings) -> np.ndarray:
    """Packs used after crossover, as a mean over all who leave the progression-free state of the
    control arm: those who cross start at progression and use what the treated arm uses, a whole
    course, which is an upper bound.
    """
    free = table.expected(TREATED).progression_free
    on = share_on_treatment(TREATED, free, table.grid, inputs, settings)
    years = on @ table.grid.weights(settings.rates())
    return crossover_share(settings) * packs_per_patient(inputs, settings, years)
