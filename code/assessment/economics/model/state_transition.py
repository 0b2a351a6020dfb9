"""Three states with transitions: progression-free → progressed, progression-free → dead, progressed
→ dead.

The variant that NICE DSU Technical Support Document 19 (Woods et al. 2017) asks for beside
partitioned survival: here survival follows from progression and from death after it, so a gain in
PFS reaches survival through the structure and not through the OS curve. PFS is reproduced exactly.
Deaths before progression are a share of the PFS events, or the general population's deaths. After
progression the rate of death is constant within a panel of the grid: by time since randomisation,
chosen so that an OS curve is met at each edge (clock-forward), or the same at all times
(clock-reset; exponential survival after progression).

With E the share not yet progressed (alive or dead before progressing), S the PFS curve and m the
rate of death after progression, the share progressed is P = W − E with W' = −m (W − E), W(0) = 1.
Each panel is solved by quadrature; put edges at least every half-year.
"""

from __future__ import annotations

import numpy as np

from assessment.economics.model.adjusted_hazard import (
    cumulative_hazard,
)
from assessment.economics.model.before_progression import BEFORE, BeforeProgression
from assessment.economics.model.death_after_progression import progressed_share
from assessment.economics.model.partitioned_survival import Occupancy, partition
from assessment.economics.time.partial_integrals import values_at
from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import LOOSE, ONE_POSITIVE
from assessment.evidence.arguments.object_arguments import CURVE, optional
from assessment.survival.distributions.curve_protocol import Curve


@taking(
    before=BEFORE,
    rates_after=LOOSE,
    treatment=optional(CURVE),
    units_per_year=ONE_POSITIVE,
)
def state_transition(
    before: BeforeProgression,
    rates_after: float | np.ndarray,
    treatment: Curve | None = None,
    units_per_year: float = 1.0,
) -> Occupancy:
    """Occupancy from ``before`` and the rate of death after progression.

    ``rates_after``: per year, a float, (draws,), or draws + (panels,); the floor of ``before`` holds
    after progression too. ``treatment``: optional curve of time on treatment, capped at alive.
    ``units_per_year``: that curve's time units in a year. ValueError for rates below 0, infinite or
    NaN.
    """
    rates = np.asarray(rates_after, float)
    panels = before.floor.size
    if rates.ndim == 0 or rates.shape[-1] != panels:
        rates = rates[..., None]
    if not np.all((rates >= 0) & (rates < np.inf)):
        raise ValueError(
            "the rate of death after progression is 0 or more a year and finite; found"
            f" {rates.min()} to {rates.max()}"
        )
    pd, pd_edges = progressed_share(before, rates)
    pf, pf_edges = before.progression_free, before.progression_free_edges
    grid = before.cycles or before.grid
    if before.cycles and before.progression_free_cycles is not None:
        pf = before.progression_free_cycles
        pd = values_at(pd, before.grid.edges_years, grid.times_years)
    elif grid.mode == "continuous":

        def joined(nodes: np.ndarray, edges: np.ndarray) -> np.ndarray:
            return np.concatenate([nodes.reshape(*nodes.shape[:-2], -1), edges[..., -1:]], axis=-1)

        pf, pd = joined(pf, pf_edges), joined(pd, pd_edges)
    else:
        pf, pd = pf_edges, pd_edges
    with np.errstate(divide="ignore"):
        # Near a steep start the integral for the progressed overshoots by some parts in 1e9.
        free, alive = -np.log(pf), -np.log(np.minimum(pf + np.maximum(pd, 0.0), np.maximum(pf, 1)))
    return partition(
        free,
        alive,
        grid,
        (
            None
            if treatment is None
            else cumulative_hazard(treatment, grid, units_per_year=units_per_year)
        ),
    )
