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

    ``strategies``: in the order of results, the comparator last. ``horizon_years``: how long is
    modelled. ``grid``: "continuous", "monthly" or "weekly". ``discounting``: of effects and costs.
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
    """One strategy's results, and the state occupancy they come from."""

    outcomes: Outcomes
    occupancy: Occupancy


@dataclass(frozen=True)
class Roles:
    """Which input is what; names of the model's inputs, or of cost items where it says so. Empty
    where the model has none.

    - ``price``: strategy → input with the price of its drug.
    - ``drug_item``: strategy → cost item that pays the drug.
    - ``utilities``: every state utility. ``utility_order``: (progression-free, progressed).
    - ``disutilities``: losses of QALYs or utility.
    - ``costs``: every price and unit cost.
    - ``adverse_event_rates``: strategy → inputs with rates of adverse events.
    - ``adverse_event_item``: strategy → cost item that pays adverse events.
    - ``hazard_ratios``: input → strategy whose hazard of death or progression it multiplies.
    - ``strengths``: strategy → input with the dose in mg.
    - ``body_weight``: input with weight or body surface.
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

    Optional parts, by name:

    - ``distributions``: name → anything with ``draw(rng, n)`` and ``mean``, ``quantile`` or
      ``interval95``.
    - ``draw(rng, n)``: mapping of all inputs (needed where curve parameters are drawn together).
    - ``mortality``: ``adjusted_hazard.Mortality`` of the general population.
    - ``curves(inputs)``: strategy → (PFS, OS), each a ``Curve`` in years.
    - ``alike(inputs, strategy, other)``: inputs with which ``strategy`` is ``other`` in all but name.
    - ``deathless(inputs)``: inputs with which nobody dies.
    - ``certain_death(inputs)``: inputs with which all die at once.
    - ``healthy(inputs)``: inputs with which only the general population's deaths occur.
    - ``parallel(inputs, settings)``: strategy → (cost, QALYs) by an independent program.
    - ``notes``: test id → (passed, in words) for what can only be told from inside.
    """

    @property
    def name(self) -> str:
        """What the model is called in the results."""
        ...

    @property
    def inputs(self) -> Mapping[str, Any]:
        """Name → base value: a float, or an array whose meaning is the model's."""
        ...

    @property
    def settings(self) -> Any:
        """How the base case is run; a RunSettings, or a frozen dataclass with its fields."""
        ...

    @property
    def roles(self) -> Roles:
        """Which input is what."""
        ...

    def run(self, inputs: Mapping[str, Any], settings: Any) -> Mapping[str, StrategyRun]:
        """Results by strategy, of the shape of the draws where inputs are draws."""
        ...
