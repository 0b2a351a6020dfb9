"""The Norwegian model as the black-box battery sees it: one for each cohort and comparator, with
worlds in which nobody is ill or all die.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from assessment.case.model.costs.cost_rows import cost_rows
from assessment.case.model.costs.cost_utility import run_model
from assessment.case.model.curves.strategy_occupancy import StrategyOccupancy, strategy_occupancy
from assessment.case.model.inputs.model_inputs import base_values, distributions, model_inputs
from assessment.case.model.inputs.settings import CONTROL, TREATED, Settings
from assessment.case.trial.trial import COHORTS
from assessment.case.verification.extreme_worlds import (
    ALIKE,
    ALL_DIE,
    AS_MODELLED,
    HEALTHY,
    NO_DEATHS,
    AtOnce,
    Nobody,
)
from assessment.case.verification.independent_model import independent_results
from assessment.economics.analysis.monte_carlo import draw_inputs
from assessment.economics.model.absolute_shortfall import norm_at
from assessment.economics.model.adjusted_hazard import Mortality, cumulative_hazard
from assessment.economics.model.partitioned_survival import partition
from assessment.economics.time.discounting import Discounting
from assessment.economics.time.time_units import DAYS_PER_YEAR
from assessment.economics.verification import Roles, StrategyRun
from assessment.evidence import load_population_table

DRUG_ITEM = "drug"


# few, since the second path goes through each in small steps; enough that the mean gain has the
# sign it has over all
CURVE_DRAWS = 72


EXPECTED = -1.0  # value of the input "curve" that stands for the expectation over the draws


@dataclass(frozen=True)
class BatterySettings:
    """The fields the battery changes; everything else as in ``Settings``."""

    strategies: tuple[str, ...]
    horizon_years: float
    discounting: Discounting
    grid: str = "continuous"
    age_adjusted: bool = True
    mortality_floor: bool = True


@dataclass(frozen=True, eq=False)
class ModelUnderTest:
    """Implements the battery's ``Model``. ``own_ratio``: the effect on survival is a hazard ratio,
    an input, instead of that observed.
    """

    cohort: str
    comparator: str = CONTROL
    own_ratio: bool = False
    notes: Mapping[str, tuple[bool, str]] = field(
        default_factory=lambda: {
            "T06": (
                True,
                "both arms of an endpoint come from one joint calibration to all printed results",
            )
        }
    )

    @property
    def base(self) -> Settings:
        return Settings(self.cohort, comparator=self.comparator, curve_draws=CURVE_DRAWS)

    @property
    def name(self) -> str:
        return f"{COHORTS[self.cohort]}, against {self.comparator}" + (
            ", own hazard ratio" if self.own_ratio else ""
        )

    @property
    def settings(self) -> BatterySettings:
        return BatterySettings((TREATED, self.comparator), self.base.horizon, self.base.rates())

    @property
    def inputs(self) -> dict[str, float]:
        ratio = {"hazard_ratio_of_death": 0.8} if self.own_ratio else {}
        return (
            base_values(model_inputs(self.cohort))
            | {"curve": EXPECTED, "world": AS_MODELLED}
            | ratio
        )

    @property
    def distributions(self):
        return {
            name: made
            for name, made in distributions(model_inputs(self.cohort)).items()
            if hasattr(made, "interval95")
        }

    @property
    def roles(self) -> Roles:
        # Everolimus's price is that of treatment after progression too, in both arms, so it counts
        # as a unit cost and no strategy's own.
        price = {TREATED: "price_per_pack_nok"}
        costs = tuple(name for name in model_inputs(self.cohort) if "_nok" in name)
        return Roles(
            price=price,
            drug_item={TREATED: DRUG_ITEM},
            utilities=("utility_progression_free",),
            disutilities=("utility_loss_progression", "severe_event_utility_loss"),
            costs=costs,
            adverse_event_rates={TREATED: ("severe_events_treated",)}
            | ({CONTROL: ("severe_events_control",)} if self.comparator == CONTROL else {}),
            adverse_event_item={TREATED: "side_effects", CONTROL: "side_effects"},
            hazard_ratios={"hazard_ratio_of_death": TREATED} if self.own_ratio else {},
        )

    @property
    def reference(self) -> str:
        return self.comparator

    @property
    def mortality(self) -> Mortality:
        return Mortality(load_population_table("life-table"), self.base.start_age_years)

    def age_weight(self, years):
        """Utility norm at each time, relative to that at the start."""
        norms, age = load_population_table("hrqol-norms"), self.base.start_age_years
        return norm_at(age + np.asarray(years), norms) / norm_at(age, norms)

    def packs_per_year(self, inputs):
        """Packs bought in a year on treatment; the half pack left over is in the drug cost, so it
        is spread over the years treated.
        """
        on = run_model(
            {k: v for k, v in inputs.items() if k in model_inputs(self.cohort)},
            replace(self.base, discounting=0.0),
        ).treated
        return {
            TREATED: (
                DAYS_PER_YEAR * inputs["dosed_days_share"] / inputs["units_per_pack"]
                + inputs["unused_packs"] / float(on.years_on_treatment)
            )
        }

    def draw(self, rng, n):
        given = distributions(model_inputs(self.cohort))
        more = {name: np.full(n, value) for name, value in self.inputs.items() if name not in given}
        return (
            draw_inputs(given, rng, n)
            | more
            | {"curve": rng.integers(0, strategy_occupancy(self.base).size, n).astype(float)}
        )

    def run(self, inputs, settings) -> dict[str, StrategyRun]:
        x = {name: value for name, value in inputs.items() if name in model_inputs(self.cohort)}
        given = replace(
            self.base,
            horizon_years=settings.horizon_years,
            discounting=settings.discounting,
            grid=settings.grid,
            age_adjusted=settings.age_adjusted,
            mortality_floor=settings.mortality_floor,
            **(
                {"survival_effect": float(np.ravel(inputs["hazard_ratio_of_death"])[0])}
                if self.own_ratio
                else {}
            ),
        )
        curve = np.asarray(inputs["curve"])
        rows = None if np.all(curve == EXPECTED) else curve.astype(int)
        table = self._table(given, int(np.ravel(inputs["world"])[0]))
        found = run_model(x, given, rows, table)
        out, of_the_drug = {}, {row.id for row in cost_rows() if row.group == "drug"}
        for name in settings.strategies:
            one, at = found.strategies[name], table.occupancy[name]
            items = {k: v for k, v in one.outcomes.cost_by_item.items() if k not in of_the_drug}
            items[DRUG_ITEM] = one.cost - sum(items.values())
            outcomes = replace(
                one.outcomes,
                cost_by_item=items,
                qalys_progression_free=one.outcomes.qalys_progression_free
                - one.qalys_lost_to_side_effects,
            )
            at = (
                replace(
                    at,
                    progression_free=at.progression_free.mean(axis=0),
                    alive=at.alive.mean(axis=0),
                )
                if rows is None
                else replace(
                    at,
                    progression_free=at.progression_free[rows],
                    alive=at.alive[rows],
                    crossed=at.crossed[rows],
                )
            )
            out[name] = StrategyRun(outcomes, replace(at, on_treatment=one.on_treatment))
        return out

    def _table(self, given: Settings, which: int) -> StrategyOccupancy:
        table = strategy_occupancy(given)
        if which == AS_MODELLED:
            return table
        names, grid = list(table.occupancy), table.grid
        if which == ALIKE:
            return replace(table, occupancy=dict.fromkeys(names, table.occupancy[self.comparator]))
        curve = {NO_DEATHS: Nobody(), HEALTHY: Nobody(), ALL_DIE: AtOnce()}[which]
        hazard = cumulative_hazard(
            curve,
            grid,
            mortality=self.mortality if given.mortality_floor and which != NO_DEATHS else None,
        )
        return replace(
            table,
            occupancy={
                name: partition(curve.cumulative_hazard(grid.times_years), hazard, grid)
                for name in names
            },
            families=table.families[:1],
        )

    def alike(self, inputs, strategy, other):
        """Cabozantinib with the comparator's curves, a free drug, no visits or events of its own."""
        return {
            **inputs,
            "world": ALIKE,
            "price_per_pack_nok": 0.0,
            "visit_interval_treated_weeks": inputs["visit_interval_control_weeks"],
            **(
                {"severe_events_treated": inputs["severe_events_control"]}
                if other == CONTROL
                else {"later_treatment_price_per_pack_nok": 0.0}
            ),
        }

    def deathless(self, inputs):
        return {**inputs, "world": NO_DEATHS}

    def healthy(self, inputs):
        return {**inputs, "world": HEALTHY}

    def certain_death(self, inputs):
        return {**inputs, "world": ALL_DIE}

    def __getattr__(self, name):
        # The second path knows the base case only; for other models the battery must say that there
        # is none.
        if name == "parallel" and self.comparator == CONTROL and not self.own_ratio:
            return lambda inputs, settings: {
                s: tuple(v[:2])
                for s, v in independent_results(
                    self.base, {k: x for k, x in inputs.items() if k in model_inputs(self.cohort)}
                ).items()
            }
        raise AttributeError(name)


def models_under_test() -> dict[str, ModelUnderTest]:
    """Both cohorts: against placebo as observed, with a hazard ratio of death as an input, and
    against everolimus.
    """
    made = [
        ModelUnderTest(cohort, comparator, ratio)
        for cohort in COHORTS
        for comparator, ratio in ((CONTROL, False), (CONTROL, True), ("everolimus", False))
    ]
    return {model.name: model for model in made}
