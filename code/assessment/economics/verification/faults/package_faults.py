"""Faults in the package: in discounting, grids, occupancy, costs, utilities, draws and increments."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from assessment.economics.analysis import (
    cost_effectiveness,
    distribution_types,
)
from assessment.economics.model import adjusted_hazard, outcomes, partitioned_survival
from assessment.economics.time import discounting, time_grid
from assessment.economics.verification.faults.seeded_faults import (
    Fault,
    package_fault,
    patched,
)
from assessment.economics.verification.framework.model_protocol import Model


@contextmanager
def _swapped_utilities(model: Model) -> Iterator[Model]:
    def swapping(right):
        def after(self):
            right(self)
            free, after_progression = self.progression_free, self.progressed
            object.__setattr__(self, "progression_free", after_progression)
            object.__setattr__(self, "progressed", free)

        return after

    with patched(outcomes.Utilities, "__post_init__", swapping):
        yield model


@contextmanager
def _dead_cost(model: Model) -> Iterator[Model]:
    def costing(right):
        def quantity(item, occupancy, rates):
            extra = (
                (1 - occupancy.alive) @ occupancy.grid.weights(rates, item.rate_at)
                if item.when == "alive"
                else 0.0
            )
            return right(item, occupancy, rates) + extra

        return quantity

    with patched(outcomes, "discounted_quantity", costing):
        yield model


PACKAGE_FAULTS: tuple[Fault, ...] = (
    package_fault(
        "costs and QALYs are not discounted",
        discounting.Discounting,
        "factor",
        lambda right: lambda self, years: np.ones_like(np.asarray(years, float)),
    ),
    package_fault(
        "discounting is a month late",
        discounting.Discounting,
        "factor",
        lambda right: lambda self, years: right(self, np.asarray(years, float) + 1 / 12),
    ),
    package_fault(
        "cycles count from their start only (no half-cycle correction)",
        time_grid,
        "trapezoid_weights",
        lambda right: lambda widths: np.append(widths, 0.0),
    ),
    package_fault(
        "the arms are swapped in the increment",
        cost_effectiveness,
        "increment",
        lambda right: lambda c, e, strategy=0, comparator=1: right(c, e, comparator, strategy),
    ),
    package_fault(
        "costs at death count twice",
        outcomes,
        "discounted_quantity",
        lambda right: lambda item, *rest: right(item, *rest) * (2 if item.when == "death" else 1),
    ),
    package_fault(
        "drug and other costs on treatment count twice",
        outcomes,
        "discounted_quantity",
        lambda right: (
            lambda item, *rest: right(item, *rest) * (2 if item.when == "on treatment" else 1)
        ),
    ),
    package_fault(
        "utilities do not fall with age",
        time_grid.Grid,
        "weights",
        lambda right: lambda self, discounting, rate_at=None: right(self, discounting),
    ),
    package_fault(
        "PFS is not capped at OS",
        partitioned_survival,
        "capped_at",
        lambda right: (
            lambda curve, limit, grid: (
                np.broadcast_to(curve, np.broadcast_shapes(curve.shape, limit.shape)),
                np.zeros(limit.shape[:-1], bool),
            )
        ),
    ),
    package_fault(
        "OS is cut down to PFS where they cross",
        partitioned_survival,
        "partition",
        lambda right: (
            lambda pfs, os, grid, treatment=None: right(pfs, np.maximum(pfs, os), grid, treatment)
        ),
    ),
    package_fault(
        "the life table is read a year too young",
        adjusted_hazard.Mortality,
        "hazard",
        lambda right: lambda self, years: right(self, np.asarray(years, float) - 1),
    ),
    package_fault(
        "the general population's mortality is left out",
        adjusted_hazard.Mortality,
        "hazard",
        lambda right: lambda self, years: 0.0 * right(self, years),
    ),
    package_fault(
        "net benefit has the wrong sign for costs",
        cost_effectiveness.Increment,
        "net_monetary_benefit",
        lambda right: lambda self, threshold: threshold * self.effect + self.cost,
    ),
    package_fault(
        "drawn inputs are 5 % too high",
        distribution_types.Distribution1D,
        "draw",
        lambda right: lambda self, rng, n: 1.05 * right(self, rng, n),
    ),
    package_fault(
        "draws do not use the seed",
        distribution_types.Distribution1D,
        "draw",
        lambda right: lambda self, rng, n: right(self, np.random.default_rng(), n),
    ),
    Fault("utilities before and after progression are swapped", _swapped_utilities),
    Fault("the dead go on costing what the living cost", _dead_cost),
)
