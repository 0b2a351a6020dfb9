"""Partitioned survival with three states: progression-free, progressed, dead.

Occupancy is read off two curves, S_PFS and S_OS, from randomisation. PFS above OS is impossible;
PFS is capped at OS and every draw in which that happened is counted (other programs lift OS, or let
occupancy leave 0–1: the rule changes results). Method: Woods et al., NICE DSU Technical Support
Document 19 (2017). A curve is anything with ``cumulative_hazard(t)`` and ``hazard(t)``, shape draws
+ times, such as the families of ``assessment.survival``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assessment.economics.model.adjusted_hazard import Mortality, Waning, cumulative_hazard
from assessment.economics.time.quadrature import positive_part
from assessment.economics.time.time_grid import Grid

CROSSING = 1e-6  # counted where PFS exceeds OS by more than one patient in a million


@dataclass(frozen=True, eq=False)
class Occupancy:
    """State occupancy at the grid's times, shape draws + (times,).

    In continuous time ``progression_free`` is exact in every integral; within a panel where the
    curves cross its single values ripple about min(S_PFS, S_OS): use ``states`` on a cycle grid for
    pictures. ``crossed`` marks draws where the cap was needed.
    """

    grid: Grid
    progression_free: np.ndarray
    alive: np.ndarray
    crossed: np.ndarray
    on_treatment: np.ndarray | None = None

    @property
    def crossings(self) -> int:
        """Number of draws in which PFS exceeded OS somewhere and was capped."""
        return int(np.sum(self.crossed))

    @property
    def states(self) -> np.ndarray:
        """Progression-free, progressed, dead: shape draws + (times, 3), adding up to 1."""
        return np.stack(
            [self.progression_free, self.alive - self.progression_free, 1 - self.alive], axis=-1
        )


def partition(
    pfs_hazard: np.ndarray,
    os_hazard: np.ndarray,
    grid: Grid,
    treatment_hazard: np.ndarray | None = None,
) -> Occupancy:
    """Occupancy from cumulative hazards of PFS, OS and (optional) time on treatment at the grid's
    times.

    ValueError on NaN and on negative hazards. Time on treatment is capped at OS too, without being
    counted.
    """
    return occupancy_under(
        _survival(pfs_hazard, "PFS"),
        _survival(os_hazard, "OS"),
        grid,
        None if treatment_hazard is None else _survival(treatment_hazard, "time on treatment"),
    )


def occupancy_under(
    pfs: np.ndarray, os: np.ndarray, grid: Grid, treatment: np.ndarray | None = None
) -> Occupancy:
    """``partition`` from the curves' values at the grid's times in place of their cumulative
    hazards.
    """
    progression_free, crossed = capped_at(pfs, os, grid)
    return Occupancy(
        grid,
        progression_free,
        os,
        crossed,
        None if treatment is None else capped_at(treatment, os, grid)[0],
    )


def partitioned_survival(
    pfs,
    os,
    grid: Grid,
    *,
    treatment=None,
    pfs_waning: Waning | None = None,
    os_waning: Waning | None = None,
    mortality: Mortality | None = None,
    units_per_year: float = 1.0,
) -> Occupancy:
    """Occupancy from curves; ``mortality`` is a floor on the hazard of OS, and PFS is then capped
    at OS.
    """

    def hazard(curve, **more):
        return cumulative_hazard(curve, grid, units_per_year=units_per_year, **more)

    return partition(
        hazard(pfs, waning=pfs_waning),
        hazard(os, waning=os_waning, mortality=mortality),
        grid,
        None if treatment is None else hazard(treatment),
    )


def _survival(hazard, name):
    hazard = np.asarray(hazard, float)
    smallest = hazard.min(initial=0.0)  # NaN if any is NaN
    if not smallest >= -1e-9:
        raise ValueError(
            f"the cumulative hazard of {name} must be 0 or more and not NaN; smallest found"
            f" {smallest}. Check the parameters of the curve for NaN and for units of time."
        )
    survival = np.negative(hazard)
    return np.exp(survival, out=survival if survival.ndim else None)


def capped_at(curve, limit, grid):
    """(min(curve, limit), whether each draw needed it)."""
    above = curve - limit
    highest = above.max(axis=-1)
    crossed = highest > CROSSING
    if grid.mode != "continuous":
        return np.minimum(curve, limit), crossed
    capped = np.broadcast_to(curve, above.shape)
    rows = highest > 0
    if np.any(rows):
        capped = np.array(capped)
        capped[rows] -= excess(above[rows], grid)
    return capped, crossed


def excess(above: np.ndarray, grid: Grid) -> np.ndarray:
    """max(above, 0) at the times of a continuous ``grid``, exact in integrals; ``above`` (draws,
    times) is curve − limit.
    """
    within = positive_part(above[:, :-1].reshape(len(above), -1, grid.order)).reshape(
        len(above), -1
    )
    return np.concatenate([within, np.maximum(above[:, -1:], 0)], axis=1)
