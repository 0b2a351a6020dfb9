"""Partitioned survival with three states: progression-free, progressed, dead.

Occupancy is read off two curves, S_PFS and S_OS, from randomisation. PFS above OS is impossible;
PFS is capped at OS and every draw in which that happened is counted (other programs lift OS, or let
occupancy leave 0–1: the rule changes results). Method: Woods et al., NICE DSU Technical Support
Document 19 (2017).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assessment.economics.model.adjusted_hazard import (
    MORTALITY,
    WANING,
    Mortality,
    Waning,
    cumulative_hazard,
)
from assessment.economics.time.quadrature import positive_part
from assessment.economics.time.time_grid import GRID, Grid
from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import ONE_POSITIVE, as_numbers
from assessment.evidence.arguments.object_arguments import CURVE, made_by, optional
from assessment.survival.distributions.curve_protocol import Curve

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


OCCUPANCY = made_by(Occupancy, "partitioned_survival()")


@taking(grid=GRID)
def partition(
    pfs_hazard: np.ndarray,
    os_hazard: np.ndarray,
    grid: Grid,
    treatment_hazard: np.ndarray | None = None,
) -> Occupancy:
    """Occupancy from cumulative hazards of PFS, OS and (optional) time on treatment.

    ``pfs_hazard``, ``os_hazard``, ``treatment_hazard``: H at the grid's times, draws + (times,).
    Time on treatment is capped at OS too, without being counted. ValueError on NaN and on negative
    hazards.
    """
    return occupancy_under(
        _survival(pfs_hazard, "PFS", grid),
        _survival(os_hazard, "OS", grid),
        grid,
        None
        if treatment_hazard is None
        else _survival(treatment_hazard, "time on treatment", grid),
    )


def occupancy_under(
    pfs: np.ndarray, os: np.ndarray, grid: Grid, treatment: np.ndarray | None = None
) -> Occupancy:
    """``partition`` from values of the curves in place of their cumulative hazards.

    ``pfs``, ``os``, ``treatment``: S at the grid's times, draws + (times,).
    """
    progression_free, crossed = capped_at(pfs, os, grid)
    return Occupancy(
        grid,
        progression_free,
        os,
        crossed,
        None if treatment is None else capped_at(treatment, os, grid)[0],
    )


@taking(
    pfs=CURVE,
    os=CURVE,
    grid=GRID,
    treatment=optional(CURVE),
    pfs_waning=WANING,
    os_waning=WANING,
    mortality=MORTALITY,
    units_per_year=ONE_POSITIVE,
)
def partitioned_survival(
    pfs: Curve,
    os: Curve,
    grid: Grid,
    *,
    treatment: Curve | None = None,
    pfs_waning: Waning | None = None,
    os_waning: Waning | None = None,
    mortality: Mortality | None = None,
    units_per_year: float = 1.0,
) -> Occupancy:
    """Occupancy from the curves of progression-free survival and of survival.

    ``treatment``: curve of time on treatment, capped at OS. ``pfs_waning``, ``os_waning``: where an
    effect fades. ``mortality``: a floor on the hazard of OS; PFS is then capped at OS.
    ``units_per_year``: the curves' time units in a year (12 for months). ValueError on NaN and on
    negative hazards.
    """

    def hazard(
        curve: Curve, waning: Waning | None = None, floor: Mortality | None = None
    ) -> np.ndarray:
        return cumulative_hazard(curve, grid, waning, floor, units_per_year)

    return partition(
        hazard(pfs, pfs_waning),
        hazard(os, os_waning, mortality),
        grid,
        None if treatment is None else hazard(treatment),
    )


def _survival(hazard: np.ndarray, name: str, grid: Grid) -> np.ndarray:
    """exp(−H); ValueError on NaN and below 0, with the curve's ``name``."""
    hazard = as_numbers(f"cumulative hazard of {name}", hazard)
    if hazard.shape[-1:] != grid.times_years.shape:
        raise ValueError(
            f"the cumulative hazard of {name} has shape {hazard.shape}; its last axis must be the"
            f" {grid.times_years.size} times of the grid."
        )
    smallest = hazard.min(initial=0.0)  # NaN if any is NaN
    if not smallest >= -1e-9:
        raise ValueError(
            f"the cumulative hazard of {name} must be 0 or more and not NaN; smallest found"
            f" {smallest}. Check the parameters of the curve for NaN and for units of time."
        )
    survival = np.negative(hazard)
    return np.exp(survival, out=survival if survival.ndim else None)


def capped_at(curve: np.ndarray, limit: np.ndarray, grid: Grid) -> tuple[np.ndarray, np.ndarray]:
    """(min(curve, limit), whether each draw needed it), from values at the grid's times.

    A draw counts from CROSSING on. In continuous time the minimum is exact in integrals.
    """
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
    """max(above, 0) at the times of a continuous ``grid``, exact in integrals.

    ``above``: curve − limit, (draws, times).
    """
    within = positive_part(above[:, :-1].reshape(len(above), -1, grid.order)).reshape(
        len(above), -1
    )
    return np.concatenate([within, np.maximum(above[:, -1:], 0)], axis=1)
