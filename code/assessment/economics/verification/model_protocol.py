"""What a model must show of itself so that the black-box tests can run on it.

A model is anything with ``name``, ``inputs``, ``settings``, ``roles`` and ``run(inputs,
settings)``; the rest of ``Model`` is optional, and a test that needs what is not there says "not
applicable" and why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from assessment.economics.model.outcomes import Outcomes
from assessment.economics.model.partitioned_survival import Occupancy
from assessment.economics.time.discounting import Discounting


@dataclass(frozen=True)
class RunSettings:
    """How a model is run. A model may have settings of its own class, if it is a frozen dataclass
    with these fields.

    ``grid``: "continuous", "monthly" or "weekly". ``discounting``: of effects and costs.
    ``age_adjusted``: utilities fall with age. ``mortality_floor``: nobody dies at a lower rate than
    the general population.
    """

    strategies: tuple[str, ...]
    horizon_years: float
    discounting: Discounting
    grid: str = "continuous"
    age_adjusted: bool = True
    mortality_floor: bool = True


@dataclass(frozen=True, eq=False)
class StrategyRun:
    """One strategy's results."""

    outcomes: Outcomes
    occupancy: Occupancy


@dataclass(frozen=True)
class Roles:
    """Which input is what; names of the model's inputs, or of cost items where it says so. Empty
    where the model has none.

    ``price``, ``drug_item``: strategy → input with the price of its drug, and cost item that pays
    it. ``utilities``: every state utility; ``utility_order``: (progression-free, progressed).
    ``disutilities``: losses of QALYs or utility. ``costs``: every price and unit cost.
    ``adverse_event_rates``, ``adverse_event_item``: strategy → inputs with rates of adverse events,
    and the cost item that pays them. ``hazard_ratios``: input → strategy whose hazard of death or
    progression it multiplies. ``strengths``: strategy → input with the dose in mg. ``body_weight``:
    input with weight or body surface. ``zero_for_item``: item → input that at 0 makes it cost
    nothing.
    """

    price: Mapping[str, str] = field(default_factory=dict)
    drug_item: Mapping[str, str] = field(default_factory=dict)
    utilities: tuple[str, ...] = ()
    utility_order: tuple[str, str] | None = None
    disutilities: tuple[str, ...] = ()
    costs: tuple[str, ...] = ()
    adverse_event_rates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    adverse_event_item: Mapping[str, str] = field(default_factory=dict)
    hazard_ratios: Mapping[str, str] = field(default_factory=dict)
    strengths: Mapping[str, str] = field(default_factory=dict)
    body_weight: str | None = None


class Model(Protocol):
    """``inputs``: name → base value (a float, or an array whose meaning is the model's). ``run``
    also takes draws in their place.

    Optional: ``distributions`` name → anything with ``draw(rng, n)`` and ``mean``, ``quantile`` or
    ``interval95``; ``draw(rng, n)`` → mapping of all inputs (needed where curve parameters are
    drawn together); ``mortality`` (``adjusted_hazard.Mortality``); ``curves(inputs)`` strategy → (PFS, OS) in
    years; ``alike(inputs, strategy, other)`` inputs with which ``strategy`` is ``other`` in all but
    name; ``deathless(inputs)``, ``certain_death(inputs)``, ``healthy(inputs)`` inputs with which
    nobody dies, all die at once, only the general population's deaths occur; ``parallel(inputs,
    settings)`` strategy → (cost, QALYs) by an independent program; ``notes`` test id → (passed, in
    words) for what can only be told from inside.
    """

    name: str
    inputs: Mapping[str, Any]
    settings: Any
    roles: Roles

    def run(self, inputs: Mapping[str, Any], settings: Any) -> Mapping[str, StrategyRun]: ...
