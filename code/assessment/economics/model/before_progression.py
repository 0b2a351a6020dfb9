"""Who has not progressed, and who of them is alive: the first state of the state-transition model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.polynomial import legendre

from assessment.economics.model.adjusted_hazard import (
    CYCLE_ORDER,
    MORTALITY,
    WANING,
    Mortality,
    Waning,
    added_hazard,
    cumulative_hazard,
)
from assessment.economics.time.quadrature import rule, running_integral
from assessment.economics.time.time_grid import GRID, Grid
from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import LOOSE, ONE_POSITIVE
from assessment.evidence.arguments.object_arguments import CURVE, made_by, optional
from assessment.survival.distributions.curve_protocol import Curve


@dataclass(frozen=True, eq=False)
class BeforeProgression:
    """PFS and who has not progressed, on the panels of ``grid`` (times of shape (panels, order),
    and edges).

    ``cycles``: the grid at whose times occupancy is read, where it is not ``grid`` itself, and
    ``progression_free_cycles`` S there, draws + (times,).

    ``progression_free`` S and ``not_progressed`` E at nodes, draws + (panels, order); ``..._edges``
    at edges, draws + (panels + 1,). ``floor`` general-population death rate in each panel, per
    year, 0 without mortality.
    """

    grid: Grid
    progression_free: np.ndarray
    progression_free_edges: np.ndarray
    not_progressed: np.ndarray
    not_progressed_edges: np.ndarray
    floor: np.ndarray
    cycles: Grid | None = None
    progression_free_cycles: np.ndarray | None = None


BEFORE = made_by(BeforeProgression, "before_progression()")


@taking(
    pfs=CURVE,
    grid=GRID,
    death_share=optional(LOOSE),
    mortality=MORTALITY,
    waning=WANING,
    units_per_year=ONE_POSITIVE,
)
def before_progression(
    pfs: Curve,
    grid: Grid,
    *,
    death_share: float | np.ndarray | None = None,
    mortality: Mortality | None = None,
    waning: Waning | None = None,
    units_per_year: float = 1.0,
) -> BeforeProgression:
    """Leaving the progression-free state: all PFS events, some of them deaths.

    ``death_share``: deaths among PFS events, 0 to 1, a float or (draws,). None: those die who would
    die in the general population (``mortality``, then required). ``mortality`` is also a floor on
    the hazard of PFS, and later on that of death after progression. ``waning``: where the effect on
    PFS fades. ``units_per_year``: the curve's time units in a year (12 for months). Cycles are solved
    on the grid's ``panels`` where it has them, else each as a panel of its own. ValueError where it is
    not said how many die, and for shares outside 0 to 1.
    """
    if death_share is None and mortality is None:
        raise ValueError(
            "how many die before progression? Give death_share (0 to 1, of the PFS events), or"
            " mortality for the general population's rate."
        )
    cycles, at_cycles = None, None
    if grid.panels is not None:
        cycles, grid = grid, grid.panels
        at_cycles = np.exp(-cumulative_hazard(pfs, cycles, waning, mortality, units_per_year))
    inner = panel_grid(grid)
    hazard, at_edges = hazard_on_panels(pfs, inner, waning, mortality, units_per_year)
    s, s_edges = np.exp(-hazard), np.exp(-at_edges)
    middles = (grid.edges_years[:-1] + grid.edges_years[1:]) / 2
    floor = np.zeros(middles.size) if mortality is None else mortality.hazard(middles)
    if death_share is None:
        within, ends = running_integral(s * floor[:, None], grid.widths_years)
        e, e_edges = (
            s + within,
            s_edges + np.concatenate([np.zeros_like(ends[..., :1]), ends], axis=-1),
        )
    else:
        share = np.asarray(death_share, float)
        if not np.all((share >= 0) & (share <= 1)):
            raise ValueError(
                f"death_share is a share of the PFS events, 0 to 1; found {share.min()} to"
                f" {share.max()}. Write 0.1, not 10."
            )
        e, e_edges = (
            s + share[..., None, None] * (1 - s),
            s_edges + share[..., None] * (1 - s_edges),
        )
    return BeforeProgression(grid, s, s_edges, e, e_edges, floor, cycles, at_cycles)


def panel_grid(grid: Grid) -> Grid:
    """The grid itself, or for cycles a continuous grid with one panel a cycle."""
    if grid.mode == "continuous":
        return grid
    edges = grid.edges_years
    t = (edges[:-1] + edges[1:])[:, None] / 2 + grid.widths_years[:, None] / 2 * rule(CYCLE_ORDER)[
        0
    ]
    return Grid("continuous", edges, np.append(t.ravel(), edges[-1]), order=CYCLE_ORDER)


def hazard_on_panels(
    curve: Curve,
    grid: Grid,
    waning: Waning | None,
    mortality: Mortality | None,
    units_per_year: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Cumulative hazard at the nodes, draws + (panels, order), and at the edges, draws + (panels +
    1,).

    Arguments as those of ``cumulative_hazard``; ``grid`` is continuous.
    """
    base = curve.cumulative_hazard(grid.times_years * units_per_year)
    at_edges = curve.cumulative_hazard(grid.edges_years * units_per_year)

    def nodes(at_times: np.ndarray) -> np.ndarray:
        return at_times[..., :-1].reshape(*at_times.shape[:-1], -1, grid.order)

    more = added_hazard(curve, grid, waning, mortality, units_per_year)
    if more is None:
        return nodes(base), at_edges
    # What waning and floor add is smooth in each panel, so its polynomial gives the ends; the curve
    # itself may be steep at 0.
    to_end = (legendre.legvander(np.array([1.0]), grid.order - 1) @ rule(grid.order)[2]).T
    added = nodes(more) @ to_end
    added = np.concatenate([np.zeros_like(added[..., :1, 0]), added[..., 0]], axis=-1)
    return nodes(np.maximum(base + more, 0.0)), at_edges + added
