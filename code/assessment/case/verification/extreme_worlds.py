"""Worlds in which nobody is ill, nobody dies or all die at once: what the black-box tests ask for
beside the model as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from assessment.case.model.curves.strategy_occupancy import StrategyOccupancy, strategy_occupancy
from assessment.case.model.inputs.settings import Settings
from assessment.economics.model.adjusted_hazard import Mortality, cumulative_hazard
from assessment.economics.model.partitioned_survival import partition
from assessment.survival.distributions.curve_protocol import Curve

AS_MODELLED, NO_DEATHS, ALL_DIE, HEALTHY, ALIKE = range(5)


@dataclass(frozen=True, eq=False)
class NoEvents:
    """A curve without events; results have shape (1, times)."""

    def cumulative_hazard(self, t: np.ndarray) -> np.ndarray:
        """0 at every time."""
        return np.zeros((1, np.size(t)))

    def hazard(self, t: np.ndarray) -> np.ndarray:
        """0 at every time."""
        return np.zeros((1, np.size(t)))

    def survival(self, t: np.ndarray) -> np.ndarray:
        """1 at every time."""
        return np.ones((1, np.size(t)))


@dataclass(frozen=True, eq=False)
class ImmediateEvents:
    """A curve on which everybody is gone within hours; results have shape (1, times)."""

    def cumulative_hazard(self, t: np.ndarray) -> np.ndarray:
        """10⁴ a year times ``t`` in years."""
        return 1e4 * np.asarray(t, float)[None]

    def hazard(self, t: np.ndarray) -> np.ndarray:
        """10⁴ a year at every time."""
        return np.full((1, np.size(t)), 1e4)

    def survival(self, t: np.ndarray) -> np.ndarray:
        """Survival at ``t`` years: 1 at the start, nothing after hours."""
        return np.exp(-self.cumulative_hazard(t))


def occupancy_in_world(
    world: int, settings: Settings, comparator: str, mortality: Mortality
) -> StrategyOccupancy:
    """Occupancy of both strategies as the model has it, or in one of the other worlds.

    ``world``: AS_MODELLED; ALIKE, every strategy is the ``comparator``; NO_DEATHS; HEALTHY, only the
    general population's deaths by ``mortality``; ALL_DIE. The last three have one draw.
    """
    modelled = strategy_occupancy(settings)
    if world == AS_MODELLED:
        return modelled
    names, grid = list(modelled.occupancy), modelled.grid
    if world == ALIKE:
        return replace(modelled, occupancy=dict.fromkeys(names, modelled.occupancy[comparator]))
    curve: Curve = ImmediateEvents() if world == ALL_DIE else NoEvents()
    floor = mortality if settings.mortality_floor and world != NO_DEATHS else None
    hazard = cumulative_hazard(curve, grid, mortality=floor)
    return replace(
        modelled,
        occupancy={
            name: partition(curve.cumulative_hazard(grid.times_years), hazard, grid)
            for name in names
        },
        families=modelled.families[:1],
    )
