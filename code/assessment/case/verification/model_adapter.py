"""The model as the black-box tests see it: one for each cohort and comparator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from assessment.case.model.costs.cost_rows import rows_of_role
from assessment.case.model.costs.cost_utility import run_model
from assessment.case.model.curves.strategy_occupancy import strategy_occupancy
from assessment.case.model.inputs.input_checks import LOSSES
from assessment.case.model.inputs.model_inputs import (
    base_values,
    comparator_prices,
    distributions,
    model_inputs,
)
from assessment.case.model.inputs.settings import CONTROL, TREATED, Settings
from assessment.case.trial.trial import COHORTS
from assessment.case.verification.adapted_results import (
    DRUG_ITEM,
    SIDE_EFFECTS,
    occupancy_of_draws,
    outcomes_of,
)
from assessment.case.verification.extreme_worlds import (
    ALIKE,
    ALL_DIE,
    AS_MODELLED,
    HEALTHY,
    NO_DEATHS,
    occupancy_in_world,
)
from assessment.case.verification.independent_model import independent_results
from assessment.economics.analysis.monte_carlo import draw_inputs
from assessment.economics.model.adjusted_hazard import Mortality
from assessment.economics.model.population_health import norm_at
from assessment.economics.time.time_units import DAYS_PER_YEAR
from assessment.economics.verification import Roles, RunSettings, StrategyRun
from assessment.evidence import load_population_table
from assessment.evidence.cells.formulas import names_in

# few, since the independent program goes through each in small steps; enough that the mean gain has the
# sign it has over all
CURVE_DRAWS = 72


EXPECTED = -1.0  # value of the input "curve" that stands for the expectation over the draws


@dataclass(frozen=True, eq=False)
class ModelUnderTest:
    """Implements the verification's ``Model``.

    ``cohort``, ``comparator``: as in ``Settings``. ``own_ratio``: the effect on survival is a hazard
    ratio, an input, instead of that observed. ``notes``: what can only be told from inside.
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
        """The model's own settings of the base case, with CURVE_DRAWS curves."""
        return Settings(self.cohort, comparator=self.comparator, curve_draws=CURVE_DRAWS)

    @property
    def name(self) -> str:
        """Cohort and comparator, and whether the hazard ratio of death is an input."""
        return f"{COHORTS[self.cohort]}, against {self.comparator}" + (
            ", own hazard ratio" if self.own_ratio else ""
        )

    @property
    def settings(self) -> RunSettings:
        """The base case's settings as the verification knows them."""
        return RunSettings((TREATED, self.comparator), self.base.horizon, self.base.rates())

    @property
    def inputs(self) -> dict[str, float]:
        """Base values, the curve, the world and, where it is an input, the hazard ratio of death."""
        ratio = {"hazard_ratio_of_death": 0.8} if self.own_ratio else {}
        return (
            base_values(model_inputs(self.cohort))
            | {"curve": EXPECTED, "world": AS_MODELLED}
            | ratio
        )

    @property
    def distributions(self):
        """Input → its distribution, where that has an interval of its own."""
        return {
            name: made
            for name, made in distributions(model_inputs(self.cohort)).items()
            if hasattr(made, "interval95")
        }

    @property
    def roles(self) -> Roles:
        """Which input is what."""
        # A comparator's price may be that of treatment after progression too, in both arms, so it
        # counts as a unit cost and no strategy's own.
        price = {TREATED: "price_per_pack_nok"}
        costs = tuple(name for name in model_inputs(self.cohort) if "_nok" in name)
        return Roles(
            price=price,
            drug_item={TREATED: DRUG_ITEM},
            utilities=("utility_progression_free",),
            disutilities=LOSSES,
            costs=costs,
            adverse_event_rates={TREATED: ("severe_events_treated",)}
            | ({CONTROL: ("severe_events_control",)} if self.comparator == CONTROL else {}),
            adverse_event_item={TREATED: SIDE_EFFECTS, CONTROL: SIDE_EFFECTS},
            hazard_ratios={"hazard_ratio_of_death": TREATED} if self.own_ratio else {},
        )

    @property
    def reference(self) -> str:
        """The strategy that the hazard ratio of death refers to."""
        return self.comparator

    @property
    def mortality(self) -> Mortality:
        """Mortality of the general population from the cohort's start age on."""
        return Mortality(load_population_table("life-table"), self.base.start_age_years)

    def age_weight(self, years):
        """Utility norm at each time, relative to that at the start."""
        norms, age = load_population_table("hrqol-norms"), self.base.start_age_years
        return norm_at(age + np.asarray(years), norms) / norm_at(age, norms)

    def packs_per_year(self, inputs):
        """Packs bought in a year on treatment; what is left over at the end and at dose reductions is
        in the drug cost, so it is spread over the years treated.
        """
        on = run_model(
            {k: v for k, v in inputs.items() if k in model_inputs(self.cohort)},
            replace(self.base, discounting=0.0),
        ).treated
        left = (
            inputs["unused_packs"]
            + inputs["dose_reduced_share"] * inputs["packs_left_at_reduction"]
        )
        taken = DAYS_PER_YEAR * inputs["dosed_days_share"] / inputs["units_per_pack"]
        return {TREATED: taken + left / float(on.years_on_treatment)}

    def draw(self, rng, n):
        """``n`` draws of all inputs, (n,) each; curves by their row."""
        given = distributions(model_inputs(self.cohort))
        more = {name: np.full(n, value) for name, value in self.inputs.items() if name not in given}
        return (
            draw_inputs(given, rng, n)
            | more
            | {"curve": rng.integers(0, strategy_occupancy(self.base).size, n).astype(float)}
        )

    def run(self, inputs: Mapping[str, Any], settings: RunSettings) -> dict[str, StrategyRun]:
        """Each strategy's results, the drug's cost gathered in DRUG_ITEM, and its occupancy."""
        known = model_inputs(self.cohort)
        changed: dict[str, Any] = {
            "horizon_years": settings.horizon_years,
            "discounting": settings.discounting,
            "grid": settings.grid,
            "age_adjusted": settings.age_adjusted,
            "mortality_floor": settings.mortality_floor,
        }
        if self.own_ratio:
            changed["survival_effect"] = float(np.ravel(inputs["hazard_ratio_of_death"])[0])
        run_settings = replace(self.base, **changed)
        curve = np.asarray(inputs["curve"])
        rows = None if np.all(curve == EXPECTED) else curve.astype(int)
        world = int(np.ravel(inputs["world"])[0])
        occupied = occupancy_in_world(world, run_settings, self.comparator, self.mortality)
        values = {name: value for name, value in inputs.items() if name in known}
        results = run_model(values, run_settings, rows, occupied)
        return {
            name: StrategyRun(
                outcomes_of(results.strategies[name]),
                replace(
                    occupied.expected(name)
                    if rows is None
                    else occupancy_of_draws(occupied, name, rows),
                    on_treatment=results.strategies[name].on_treatment,
                ),
            )
            for name in settings.strategies
        }

    def alike(self, inputs, strategy, other):
        """The treatment with the comparator's curves, a free drug, no visits, events or other costs
        of its own.
        """
        free = dict.fromkeys(self._unit_costs("treated") - self._unit_costs("control"), 0.0)
        same = (
            {"severe_events_treated": inputs["severe_events_control"]}
            if other == CONTROL
            else {comparator_prices()[other]: 0.0}
        )
        return {
            **inputs,
            "world": ALIKE,
            **free,
            "price_per_pack_nok": 0.0,  # the control arm pays for some packs too
            "visit_interval_treated_weeks": inputs["visit_interval_control_weeks"],
            **same,
        }

    def _unit_costs(self, role: str) -> set[str]:
        """Inputs that unit costs of this arm are made of."""
        rows = rows_of_role(role, self.base)
        return {name for row in rows for name in names_in(row.unit_cost_nok)}

    def deathless(self, inputs):
        """Inputs with which nobody dies."""
        return {**inputs, "world": NO_DEATHS}

    def healthy(self, inputs):
        """Inputs with which only the general population's deaths occur."""
        return {**inputs, "world": HEALTHY}

    def certain_death(self, inputs):
        """Inputs with which all die at once."""
        return {**inputs, "world": ALL_DIE}

    @property
    def parallel(self) -> Callable | None:
        """The independent program, which knows the base case only; None for other models."""
        if self.comparator != CONTROL or self.own_ratio:
            return None

        def totals(inputs: Mapping[str, Any], settings: RunSettings) -> dict[str, tuple]:
            known = model_inputs(self.cohort)
            results = independent_results(
                self.base, {name: value for name, value in inputs.items() if name in known}
            )
            return {strategy: tuple(values[:2]) for strategy, values in results.items()}

        return totals
