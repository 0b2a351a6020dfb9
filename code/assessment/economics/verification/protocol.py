"""What a model must show of itself so that the black-box battery can run on it.

A model is anything with ``name``, ``inputs``, ``settings``, ``roles`` and ``run(inputs,
settings)``; the rest of ``Model`` is optional, and a test that needs what is not there says "not
applicable" and why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import numpy as np

from assessment.economics.analysis.monte_carlo import draw_inputs
from assessment.economics.analysis.parameter_distributions import Fixed
from assessment.economics.model.outcomes import Outcomes
from assessment.economics.model.partitioned_survival import Occupancy
from assessment.economics.time.discounting import Discounting


@dataclass(frozen=True)
class Settings:
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
class Run:
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
    drawn together); ``mortality`` (``psm.Mortality``); ``curves(inputs)`` strategy → (PFS, OS) in
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

    def run(self, inputs: Mapping[str, Any], settings: Any) -> Mapping[str, Run]: ...


@dataclass(frozen=True)
class Finding:
    """What one test saw: ``value`` against ``expected``, as text."""

    compared: str
    value: str
    expected: str
    passed: bool


class NotApplicable(Exception):
    """Raised by a test that the model gives no ground for; the message is the reason."""


@dataclass(frozen=True)
class Test:
    """One test of the battery: id, what it asks, whence it is taken, and the function that answers
    with Findings.
    """

    id: str
    text: str
    source: str
    check: Callable


TECH_VER, DASBACH, PRACTICE = "TECH-VER, table 2", "Dasbach and Elbasha 2017", "standard practice"
BATTERY: dict[str, Test] = {}


def test(identifier: str, text: str, source: str):
    """Registers a function ``check(case)`` → list of Findings."""

    def register(function):
        BATTERY[identifier] = Test(identifier, text, source, function)
        return function

    return register


test.__test__ = Test.__test__ = False  # names that a test runner would otherwise collect


class Case:
    """A model under test: runs it with changes and keeps the base run. Strategies are those of the
    base settings, in their order.
    """

    def __init__(self, model: Model, draws: int = 200, seed: int = 20261125):
        self.model, self.draws, self.seed = model, draws, seed
        self.strategies = tuple(model.settings.strategies)
        self._kept: dict = {}

    def run(self, changed: Mapping[str, Any] | None = None, **settings) -> Mapping[str, Run]:
        """Results with some inputs and settings changed; ValueError for an input that the model
        does not have.
        """
        unknown = set(changed or {}) - set(self.model.inputs)
        if unknown:
            raise ValueError(
                f"{self.model.name} has no input {', '.join(sorted(unknown))}; its roles name"
                " inputs that are not there"
            )
        return self.model.run(
            {**self.model.inputs, **(changed or {})}, replace(self.model.settings, **settings)
        )

    def run_all(self, inputs, **settings):
        return self.model.run(inputs, replace(self.model.settings, **settings))

    @property
    def base(self) -> Mapping[str, Run]:
        return self.remember("base", self.run)

    @property
    def psa(self) -> tuple[Mapping[str, np.ndarray], Mapping[str, Run]]:
        """(draws of all inputs, results)."""
        inputs = self.remember("drawn", lambda: self.drawn(self.seed))
        return inputs, self.remember("psa", lambda: self.run_all(inputs))

    def drawn(self, seed: int) -> Mapping[str, np.ndarray]:
        rng = np.random.default_rng(seed)
        if hasattr(self.model, "draw"):
            return self.model.draw(rng, self.draws)
        own = self.need("distributions", "no distributions of inputs are given")
        return draw_inputs(
            {n: own.get(n, Fixed(v)) for n, v in self.model.inputs.items()}, rng, self.draws
        )

    def need(self, name: str, reason: str):
        """An optional part of the model, or NotApplicable."""
        found = getattr(self.model, name, None)
        if found is None:
            raise NotApplicable(reason)
        return found

    def role(self, name: str, reason: str):
        found = getattr(self.model.roles, name)
        if not found:
            raise NotApplicable(reason)
        return found

    def remember(self, name, make):
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]


def close(compared, found, expected, rel=1e-9, absolute=1e-9) -> Finding:
    """Finding that two numbers (or arrays, by their largest difference) agree."""
    found, expected = np.asarray(found, float), np.asarray(expected, float)
    gap = np.abs(found - expected)
    ok = bool(np.all(gap <= absolute + rel * np.abs(expected)))
    at = (
        np.unravel_index(
            int(np.argmax(np.broadcast_to(gap, np.broadcast_shapes(found.shape, expected.shape)))),
            gap.shape,
        )
        if gap.ndim
        else ()
    )

    def pick(x):
        return float(np.broadcast_to(x, gap.shape)[at])

    return Finding(compared, written(pick(found)), written(pick(expected)), ok)


def holds(compared, value, expected, ok) -> Finding:
    return Finding(
        compared, value if isinstance(value, str) else written(value), expected, bool(ok)
    )


def written(value: float) -> str:
    """A number with six significant digits, in plain notation where that is readable."""
    value = float(value) if abs(float(value)) > 1e-12 else 0.0
    if value != 0 and abs(value) < 1e-3:
        return f"{value:.2e}".replace("-", "−")
    return (
        f"{value:,.6g}".replace("-", "−").replace(",", "\u202f")
        if abs(value) < 1e6
        else f"{value:,.0f}".replace("-", "−").replace(",", "\u202f")
    )
