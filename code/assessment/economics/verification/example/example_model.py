"""An invented three-state model with everything the tests can ask for. Its numbers say nothing about
any drug or disease.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import numpy as np

from assessment.economics.model.adjusted_hazard import Mortality
from assessment.economics.model.drug_cost import DAYS_PER_YEAR, PackDosing
from assessment.economics.model.outcomes import CostItem, Utilities, evaluate
from assessment.economics.model.partitioned_survival import partitioned_survival
from assessment.economics.model.population_health import norm_at
from assessment.economics.time.discounting import Discounting
from assessment.economics.time.time_grid import (
    MONTH_YEARS,
    WEEK_YEARS,
    continuous_grid,
    cycle_grid,
)
from assessment.economics.verification.example.example_inputs import (
    BASE,
    DAYS_PER_PACK,
    DISTRIBUTIONS,
    NEW,
    OLD,
)
from assessment.economics.verification.framework.model_protocol import (
    Roles,
    RunSettings,
    StrategyRun,
)
from assessment.evidence import load_population_table
from assessment.survival import Weibull

population_table = lru_cache(load_population_table)  # the tests run the model some hundred times


@dataclass(frozen=True, eq=False)
class Example:
    """Implements ``model_protocol.Model`` with every optional part."""

    name: str = "example (invented)"
    age_years: int = 65
    inputs: Mapping[str, Any] = field(default_factory=lambda: dict(BASE))
    settings: RunSettings = field(
        default_factory=lambda: RunSettings(
            (NEW, OLD), 25.0, Discounting(population_table("discount-schedule"))
        )
    )
    distributions = DISTRIBUTIONS
    reference = OLD
    roles = Roles(
        price={NEW: "price_per_pack"},
        drug_item={NEW: "drug"},
        utilities=("utility_free", "utility_after"),
        utility_order=("utility_free", "utility_after"),
        disutilities=("adverse_event_loss",),
        costs=(
            "price_per_pack",
            "visits_per_year",
            "progressed_per_year",
            "at_death",
            "adverse_event_cost",
        ),
        adverse_event_rates={NEW: ("adverse_events_new",), OLD: ("adverse_events_old",)},
        adverse_event_item={NEW: "adverse events", OLD: "adverse events"},
        hazard_ratios={"pfs_hazard_ratio": NEW, "os_hazard_ratio": NEW},
        strengths={NEW: "strength_mg"},
    )

    @property
    def mortality(self) -> Mortality:
        """Mortality of the general population from the start age on."""
        return Mortality(population_table("life-table"), self.age_years)

    def age_weight(self, years):
        """Utility norm at each time, relative to that at the start."""
        norms = population_table("hrqol-norms")
        return norm_at(self.age_years + np.asarray(years), norms) / norm_at(self.age_years, norms)

    def curves(self, inputs) -> Mapping[str, tuple[Weibull, Weibull]]:
        """strategy → (PFS, OS); a hazard ratio multiplies the hazard of usual care."""

        def curve(endpoint: str, treated: float) -> Weibull:
            shape = inputs[f"{endpoint}_shape"]
            ratio = np.asarray(inputs[f"{endpoint}_hazard_ratio"])
            scale_years = inputs[f"{endpoint}_scale_years"]
            return Weibull(shape, scale_years * ratio ** (-treated / np.asarray(shape)))

        return {
            strategy: (curve("pfs", treated), curve("os", treated))
            for strategy, treated in ((NEW, 1.0), (OLD, 0.0))
        }

    def grid(self, settings: RunSettings):
        """Times of a run: panels of a year at most for continuous time, otherwise months or weeks."""
        if settings.grid == "continuous":
            breaks = np.concatenate(
                [np.arange(1.0, settings.horizon_years), settings.discounting.steps_years]
            )
            return continuous_grid(settings.horizon_years, breaks, order=8)
        return cycle_grid(
            settings.horizon_years,
            min(
                {"monthly": MONTH_YEARS, "weekly": WEEK_YEARS}[settings.grid],
                settings.horizon_years,
            ),
            "trapezoid",
        )

    def packs_per_year(self, inputs):
        """Packs in a year on treatment, by strategy that has a drug."""
        return {NEW: DAYS_PER_YEAR / DAYS_PER_PACK}

    def run(self, inputs, settings):
        """Results and occupancy by strategy; draws may stand in place of any input."""
        grid, curves = self.grid(settings), self.curves(inputs)
        utilities = Utilities(
            inputs["utility_free"],
            inputs["utility_after"],
            self.age_weight if settings.age_adjusted else None,
        )
        return {
            s: self._run_one(s, inputs, settings, grid, curves[s], utilities)
            for s in settings.strategies
        }

    def _run_one(self, s, inputs, settings, grid, curves, utilities):
        suffix = "new" if s == NEW else "old"
        at = partitioned_survival(
            *curves,
            grid,
            treatment=curves[0],
            mortality=self.mortality if settings.mortality_floor else None,
        )
        events = np.asarray(inputs[f"adverse_events_{suffix}"], float)
        costs = [
            CostItem("visits", "alive", inputs["visits_per_year"]),
            CostItem("care after progression", "progressed", inputs["progressed_per_year"]),
            CostItem("end of life", "death", inputs["at_death"]),
            CostItem("adverse events", "start", np.asarray(inputs["adverse_event_cost"]) * events),
        ]
        if s == NEW:
            costs.append(
                CostItem(
                    "drug",
                    "on treatment",
                    np.asarray(inputs["price_per_pack"]) * PackDosing(DAYS_PER_PACK).packs_per_year,
                )
            )
        out = evaluate(at, utilities, costs, settings.discounting)
        return StrategyRun(
            replace(
                out,
                qalys_progression_free=out.qalys_progression_free
                - events * inputs["adverse_event_loss"],
            ),
            at,
        )

    def alike(self, inputs, strategy, other):
        """The new drug without effect, price or events of its own."""
        return {
            **inputs,
            "pfs_hazard_ratio": 1.0,
            "os_hazard_ratio": 1.0,
            "price_per_pack": 0.0,
            "adverse_events_new": inputs["adverse_events_old"],
        }

    def deathless(self, inputs):
        """Inputs with which nobody dies within the horizon."""
        return {**inputs, "os_scale_years": 1e15, "os_hazard_ratio": 1.0}

    healthy = deathless

    def certain_death(self, inputs):
        """Inputs with which all die within hours."""
        return {**inputs, "os_scale_years": 1e-4}

    def parallel(self, inputs, settings, steps_per_year: int = 4000):
        """Costs and QALYs as a spreadsheet would have them: one row a step, plain sums; continuous
        time only.
        """
        n, dt = int(round(settings.horizon_years * steps_per_year)), 1 / steps_per_year
        t, middle = np.arange(n + 1) * dt, (np.arange(n) + 0.5) * dt
        # Rundskriv R-109, typed again on purpose
        rate = np.select([middle < 40, middle < 75], [0.04, 0.03], 0.02)
        factor = np.exp(-np.concatenate([[0.0], np.cumsum(np.log1p(rate) * dt)]))
        table = population_table("life-table").set_index("age")["death_probability"]
        floor = (
            -np.log1p(
                -np.minimum(
                    table.reindex(
                        self.age_years + np.floor(middle).astype(int), method="ffill"
                    ).to_numpy(float),
                    1 - 1e-9,
                )
            )
            * dt
        )
        weight = self.age_weight(middle) if settings.age_adjusted else np.ones(n)

        def area(y, by=1.0):
            return float(np.sum((y[1:] + y[:-1]) / 2 * by) * dt)

        found = {}
        for s in settings.strategies:
            k = "new" if s == NEW else "old"
            hr = {c: inputs[f"{c}_hazard_ratio"] if s == NEW else 1.0 for c in ("pfs", "os")}
            risk = {
                c: hr[c] * (t / inputs[f"{c}_scale_years"]) ** inputs[f"{c}_shape"]
                for c in ("pfs", "os")
            }
            dying = (
                np.maximum(np.diff(risk["os"]), floor)
                if settings.mortality_floor
                else np.diff(risk["os"])
            )
            alive = np.exp(-np.concatenate([[0.0], np.cumsum(dying)]))
            free = np.minimum(np.exp(-risk["pfs"]), alive)
            qalys = (
                inputs["utility_free"] * area(free * factor, weight)
                + inputs["utility_after"] * area((alive - free) * factor, weight)
                - inputs[f"adverse_events_{k}"] * inputs["adverse_event_loss"]
            )
            cost = (
                inputs["visits_per_year"] * area(alive * factor)
                + inputs["progressed_per_year"] * area((alive - free) * factor)
                + inputs["at_death"]
                * float(np.sum(-np.diff(alive) * (factor[1:] + factor[:-1]) / 2))
                + inputs["adverse_event_cost"] * inputs[f"adverse_events_{k}"]
            )
            if s == NEW:
                cost += (
                    inputs["price_per_pack"] * DAYS_PER_YEAR / DAYS_PER_PACK * area(free * factor)
                )
            found[s] = (cost, qalys)
        return found
