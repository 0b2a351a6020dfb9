"""Faults put in on purpose, each with the tests of the battery that notice it.

A battery is worth what it catches: a fault that no test noticed would be a hole in it. Faults
change the package or the model only while they are tried.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from assessment.economics.analysis import (
    cost_effectiveness,
    parameter_distributions,
)
from assessment.economics.model import outcomes, partitioned_survival
from assessment.economics.time import time_grid
from assessment.economics.verification import FAILED, run_battery
from assessment.economics.verification.protocol import Model

SECOND_PROGRAM = "T47"


@dataclass(frozen=True)
class Fault:
    """``apply(model)`` is a context manager that gives the model to be tested."""

    name: str
    apply: Callable


FAULTS: list[Fault] = []


def fault(name: str):
    def register(function):
        FAULTS.append(Fault(name, contextmanager(function)))
        return function

    return register


@contextmanager
def patched(owner, name, value):
    right = getattr(owner, name)
    setattr(owner, name, value(right))
    try:
        yield
    finally:
        setattr(owner, name, right)


def replaced_attribute(name, owner, attribute, value):
    """A fault that replaces ``owner.attribute`` by ``value(what it was)``."""

    @fault(name)
    def apply(model):
        with patched(owner, attribute, value):
            yield model


class _Wrapped:
    """A model whose runs are changed by ``around(run)``; all else is the model's own."""

    def __init__(self, model, around):
        self._model, self.run = model, around(model.run)

    def __getattr__(self, name):
        return getattr(self._model, name)


def changed_runs(name, around):
    """A fault in the model itself: ``around(model)`` gives run → run."""

    @fault(name)
    def apply(model):
        yield _Wrapped(model, around(model))


replaced_attribute(
    "costs and QALYs are not discounted",
    time_grid.Discounting,
    "factor",
    lambda right: lambda self, years: np.ones_like(np.asarray(years, float)),
)
replaced_attribute(
    "discounting is a month late",
    time_grid.Discounting,
    "factor",
    lambda right: lambda self, years: right(self, np.asarray(years, float) + 1 / 12),
)
replaced_attribute(
    "cycles count from their start only (no half-cycle correction)",
    time_grid,
    "trapezoid_weights",
    lambda right: lambda widths: np.append(widths, 0.0),
)
replaced_attribute(
    "the arms are swapped in the increment",
    cost_effectiveness,
    "increment",
    lambda right: lambda c, e, strategy=0, comparator=1: right(c, e, comparator, strategy),
)
replaced_attribute(
    "costs at death count twice",
    outcomes,
    "discounted_quantity",
    lambda right: lambda item, *rest: right(item, *rest) * (2 if item.when == "death" else 1),
)
replaced_attribute(
    "drug and other costs on treatment count twice",
    outcomes,
    "discounted_quantity",
    lambda right: (
        lambda item, *rest: right(item, *rest) * (2 if item.when == "on treatment" else 1)
    ),
)
replaced_attribute(
    "utilities do not fall with age",
    time_grid.Grid,
    "weights",
    lambda right: lambda self, discounting, rate_at=None: right(self, discounting),
)
replaced_attribute(
    "PFS is not capped at OS",
    partitioned_survival,
    "capped_at",
    lambda right: (
        lambda curve, limit, grid: (
            np.broadcast_to(curve, np.broadcast_shapes(curve.shape, limit.shape)),
            np.zeros(limit.shape[:-1], bool),
        )
    ),
)
replaced_attribute(
    "OS is cut down to PFS where they cross",
    partitioned_survival,
    "partition",
    lambda right: (
        lambda pfs, os, grid, treatment=None: right(pfs, np.maximum(pfs, os), grid, treatment)
    ),
)
replaced_attribute(
    "the life table is read a year too young",
    partitioned_survival.Mortality,
    "hazard",
    lambda right: lambda self, years: right(self, np.asarray(years, float) - 1),
)
replaced_attribute(
    "the general population's mortality is left out",
    partitioned_survival.Mortality,
    "hazard",
    lambda right: lambda self, years: 0.0 * right(self, years),
)
replaced_attribute(
    "net benefit has the wrong sign for costs",
    cost_effectiveness.Increment,
    "net_monetary_benefit",
    lambda right: lambda self, threshold: threshold * self.effect + self.cost,
)
replaced_attribute(
    "drawn inputs are 5 % too high",
    parameter_distributions.Distribution1D,
    "draw",
    lambda right: lambda self, rng, n: 1.05 * right(self, rng, n),
)
replaced_attribute(
    "draws do not use the seed",
    parameter_distributions.Distribution1D,
    "draw",
    lambda right: lambda self, rng, n: right(self, np.random.default_rng(), n),
)


@fault("utilities before and after progression are swapped")
def _swapped_utilities(model):
    def swapping(right):
        def after(self):
            right(self)
            free, after_progression = self.progression_free, self.progressed
            object.__setattr__(self, "progression_free", after_progression)
            object.__setattr__(self, "progressed", free)

        return after

    with patched(outcomes.Utilities, "__post_init__", swapping):
        yield model


@fault("the dead go on costing what the living cost")
def _dead_cost(model):
    def costing(right):
        def quantity(item, occupancy, discounting):
            extra = (
                (1 - occupancy.alive) @ occupancy.grid.weights(discounting, item.rate_at)
                if item.when == "alive"
                else 0.0
            )
            return right(item, occupancy, discounting) + extra

        return quantity

    with patched(outcomes, "discounted_quantity", costing):
        yield model


changed_runs(
    "hazard ratios are turned upside down",
    lambda model: (
        lambda run: (
            lambda inputs, settings: run(
                {
                    **inputs,
                    **{n: 1 / np.asarray(inputs[n], float) for n in model.roles.hazard_ratios},
                },
                settings,
            )
        )
    ),
)
changed_runs(
    "the price is taken for each mg of the base strength",
    lambda model: (
        lambda run: (
            lambda inputs, settings: run(
                {
                    **inputs,
                    **{
                        p: (
                            np.asarray(inputs[p], float)
                            * np.asarray(inputs[model.roles.strengths[s]])
                            / model.inputs[model.roles.strengths[s]]
                        )
                        for s, p in model.roles.price.items()
                        if s in model.roles.strengths
                    },
                },
                settings,
            )
        )
    ),
)
changed_runs(
    "a unit cost has a fixed part that nobody entered",
    lambda model: (
        lambda run: (
            lambda inputs, settings: run(
                {
                    **inputs,
                    **{c: np.asarray(inputs[c], float) + 1000 for c in model.roles.costs[-1:]},
                },
                settings,
            )
        )
    ),
)
changed_runs(
    "the horizon is half of what was set",
    lambda model: (
        lambda run: (
            lambda inputs, settings: run(
                inputs, replace(settings, horizon_years=settings.horizon_years / 2)
            )
        )
    ),
)
changed_runs(
    "utilities are lowered by a tenth on the way",
    lambda model: (
        lambda run: (
            lambda inputs, settings: run(
                {
                    **inputs,
                    **{u: 0.9 * np.asarray(inputs[u], float) for u in model.roles.utilities},
                },
                settings,
            )
        )
    ),
)


class _Remembering:
    """The model with its second program run once: faults do not reach it, so it need not run again."""

    def __init__(self, model):
        self._model = model
        second = getattr(model, "parallel", None)
        kept = None if second is None else second(model.inputs, model.settings)
        self.parallel = None if second is None else lambda inputs, settings: kept

    def __getattr__(self, name):
        return getattr(self._model, name)


def mutation_table(model: Model, draws: int = 60, seed: int = 20261125, tests=None) -> pd.DataFrame:
    """One row per fault: fault, black_box (ids of the tests that noticed it from outside),
    second_program (yes, no or none given), caught.

    ``tests``: ids to run, all by default. ValueError when the model fails the battery without any
    fault.
    """
    kept = _Remembering(model)
    before = _failing(kept, draws, seed, tests)
    if before:
        raise ValueError(
            f"{model.name} fails {', '.join(before)} before any fault is put in; mend that first"
        )
    rows = []
    for one in FAULTS:
        with one.apply(kept) as faulty:
            failing = _failing(faulty, draws, seed, tests)
        second = (
            "none given" if kept.parallel is None else "yes" if SECOND_PROGRAM in failing else "no"
        )
        rows.append(
            (one.name, ", ".join(i for i in failing if i != SECOND_PROGRAM), second, bool(failing))
        )
    return pd.DataFrame(rows, columns=["fault", "black_box", "second_program", "caught"])


def _failing(model, draws, seed, tests) -> list[str]:
    table = run_battery({"model": model}, tests, draws, seed)
    return sorted(set(table.loc[table["verdict"] == FAILED, "id"]))
