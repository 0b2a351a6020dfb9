"""Faults in the package: in discounting, grids, occupancy, costs, utilities, draws and increments."""

from __future__ import annotations

import numpy as np

from assessment.economics.analysis import (
    cost_effectiveness,
    distribution_types,
)
from assessment.economics.model import adjusted_hazard, outcomes, partitioned_survival
from assessment.economics.time import discounting, time_grid
from assessment.economics.verification.faults.seeded_faults import (
    fault,
    patched,
    replaced_attribute,
)

replaced_attribute(
    "costs and QALYs are not discounted",
    discounting.Discounting,
    "factor",
    lambda right: lambda self, years: np.ones_like(np.asarray(years, float)),
)


replaced_attribute(
    "discounting is a month late",
    discounting.Discounting,
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
    adjusted_hazard.Mortality,
    "hazard",
    lambda right: lambda self, years: right(self, np.asarray(years, float) - 1),
)


replaced_attribute(
    "the general population's mortality is left out",
    adjusted_hazard.Mortality,
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
    distribution_types.Distribution1D,
    "draw",
    lambda right: lambda self, rng, n: 1.05 * right(self, rng, n),
)


replaced_attribute(
    "draws do not use the seed",
    distribution_types.Distribution1D,
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
