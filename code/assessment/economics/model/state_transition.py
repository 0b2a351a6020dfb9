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

from dataclasses import dataclass

import numpy as np
from numpy.polynomial import legendre

from assessment.economics.model.partitioned_survival import (
    CYCLE_ORDER,
    Mortality,
    Occupancy,
    Waning,
    cumulative_hazard,
    partition,
)
from assessment.economics.time.quadrature import rule, running_integral, running_matrix
from assessment.economics.time.time_grid import Grid

LARGEST_RATE_PER_YEAR = 24.0
NEWTON_STEPS = 40
SECANT_STEPS = 30


@dataclass(frozen=True, eq=False)
class BeforeProgression:
    """PFS and who has not progressed, on the panels of ``grid`` (times of shape (panels, order),
    and edges).

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


def before_progression(
    pfs,
    grid: Grid,
    *,
    death_share=None,
    mortality: Mortality | None = None,
    waning: Waning | None = None,
    units_per_year: float = 1.0,
) -> BeforeProgression:
    """Leaving the progression-free state: all PFS events, of which ``death_share`` (0 to 1, float
    or draws) are deaths.

    ``death_share`` None: those die who would die in the general population (``mortality``, then
    required). ``mortality`` is also a floor on the hazard of PFS, and later on that of death after
    progression.
    """
    if death_share is None and mortality is None:
        raise ValueError(
            "how many die before progression? Give death_share (0 to 1, of the PFS events), or"
            " mortality for the general population's rate."
        )
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
    return BeforeProgression(grid, s, s_edges, e, e_edges, floor)


def clock_forward_rates(
    before: BeforeProgression,
    os,
    *,
    os_waning: Waning | None = None,
    units_per_year: float = 1.0,
    mortality: Mortality | None = None,
):
    """Rate of death after progression in each panel (draws + (panels,), per year) with which alive
    meets ``os`` at each edge.

    Where no rate from the floor to LARGEST_RATE_PER_YEAR does, the nearest of the two is taken:
    compare ``alive`` with the OS curve. The rates of one arm may be given to another: death after
    progression is then the same in both by time since randomisation.
    """
    inner = panel_grid(before.grid)
    wanted = (
        np.exp(-hazard_on_panels(os, inner, os_waning, mortality, units_per_year)[1])
        - before.progression_free_edges
    )
    shape = np.broadcast_shapes(wanted.shape[:-1], before.not_progressed_edges.shape[:-1])
    rates, progressed = np.empty(shape + (before.floor.size,)), np.zeros(shape)
    for k in range(before.floor.size):
        low = np.broadcast_to(before.floor[k], shape)
        rates[..., k] = _rate_for(before, k, progressed, np.maximum(wanted[..., k + 1], 0.0), low)
        progressed = _step_end(before, k, progressed, rates[..., k])[0]
    return rates


def equal_rate(
    before: BeforeProgression,
    os,
    *,
    os_waning: Waning | None = None,
    units_per_year: float = 1.0,
    mortality: Mortality | None = None,
):
    """One rate of death after progression (draws, per year) with which mean survival up to the
    horizon is that under ``os``.

    Given to both arms it makes survival after progression equal (clock-reset): the whole PFS gain
    becomes a gain in survival. ValueError where no rate does.
    """
    inner = panel_grid(before.grid)
    survival = np.exp(-hazard_on_panels(os, inner, os_waning, mortality, units_per_year)[0])
    wanted = running_integral(survival, before.grid.widths_years)[1][..., -1]
    free = running_integral(before.progression_free, before.grid.widths_years)[1][..., -1]
    wanted, turnover = wanted - free, 1 - before.not_progressed_edges[..., -1]
    if not np.all((wanted > 0) & (turnover > 0)):
        raise ValueError(
            "mean survival must be above mean PFS for a rate of death after progression. Check that"
            " OS is above PFS, and death_share."
        )

    def area(rate):
        return running_integral(
            progressed_share(before, rate[..., None])[0], before.grid.widths_years
        )[1][..., -1]

    # Without a horizon the area is exactly turnover / rate, so its logarithm is nearly straight in
    # that of the rate.
    x = np.log(turnover / wanted)
    y, slope = np.log(area(np.exp(x)) / wanted), -1.0
    for _ in range(SECANT_STEPS):
        step = np.clip(-y / slope, -2.0, 2.0)
        x, before_y = x + step, y
        y = np.log(area(np.exp(x)) / wanted)
        if np.all(np.abs(y) < 1e-12):
            break
        with np.errstate(all="ignore"):
            slope = np.where(
                np.abs(step) > 1e-12, np.clip((y - before_y) / step, -2.0, -0.05), -1.0
            )
    if not np.all(np.abs(y) < 1e-9):
        raise ValueError(
            "no rate of death after progression gives this mean survival: even without such deaths,"
            " or at the general population's rate, fewer years are lived. Check that both curves"
            " belong to the same arm, and death_share."
        )
    return np.exp(x)


def state_transition(
    before: BeforeProgression, rates_after, treatment=None, units_per_year: float = 1.0
) -> Occupancy:
    """Occupancy from ``before`` and the rate of death after progression: a float, draws, or draws +
    (panels,), per year.

    The floor of ``before`` holds after progression too. ``treatment``: optional curve of time on
    treatment, capped at alive.
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
    if before.grid.mode == "continuous":

        def joined(nodes, edges):
            return np.concatenate([nodes.reshape(*nodes.shape[:-2], -1), edges[..., -1:]], axis=-1)

        pf, pd = joined(pf, pf_edges), joined(pd, pd_edges)
    else:
        pf, pd = pf_edges, pd_edges
    with np.errstate(divide="ignore"):
        free, alive = -np.log(pf), -np.log(pf + np.maximum(pd, 0.0))
    return partition(
        free,
        alive,
        before.grid,
        (
            None
            if treatment is None
            else cumulative_hazard(treatment, before.grid, units_per_year=units_per_year)
        ),
    )


def panel_grid(grid: Grid) -> Grid:
    """The grid itself, or for cycles a continuous grid with one panel a cycle."""
    if grid.mode == "continuous":
        return grid
    edges = grid.edges_years
    t = (edges[:-1] + edges[1:])[:, None] / 2 + grid.widths_years[:, None] / 2 * rule(CYCLE_ORDER)[
        0
    ]
    return Grid("continuous", edges, np.append(t.ravel(), edges[-1]), order=CYCLE_ORDER)


def hazard_on_panels(curve, grid: Grid, waning, mortality, units_per_year):
    """Cumulative hazard at the nodes, draws + (panels, order), and at the edges, draws + (panels +
    1,).
    """
    total = cumulative_hazard(curve, grid, waning, mortality, units_per_year)
    base = curve.cumulative_hazard(grid.times_years * units_per_year)
    at_edges = curve.cumulative_hazard(grid.edges_years * units_per_year)

    def nodes(x):
        return x[..., :-1].reshape(*x.shape[:-1], -1, grid.order)

    # What waning and floor add is smooth in each panel, so its polynomial gives the ends; the curve
    # itself may be steep at 0.
    added = (
        nodes(total - base)
        @ (legendre.legvander(np.array([1.0]), grid.order - 1) @ rule(grid.order)[2]).T
    )
    added = np.concatenate([np.zeros_like(added[..., :1, 0]), added[..., 0]], axis=-1)
    return nodes(total), at_edges + added


def _step_end(before, k, progressed, rate):
    """Share progressed at the end of panel k and its derivative by the rate, from the share at the
    start.
    """
    x, w, _ = rule(before.not_progressed.shape[-1])
    width = before.grid.widths_years[k]
    left = width / 2 * (1 - x)
    decay = np.exp(-rate[..., None] * left) * (width / 2 * w)
    e = before.not_progressed[..., k, :]
    start = (progressed + before.not_progressed_edges[..., k]) * np.exp(-rate * width)
    area = np.sum(e * decay, axis=-1)
    slope = -width * start + area - rate * np.sum(e * decay * left, axis=-1)
    return start - before.not_progressed_edges[..., k + 1] + rate * area, slope


def _rate_for(before, k, progressed, wanted, low):
    """Rate that leaves ``wanted`` progressed at the end of panel k; Newton on the logarithm, which
    is convex in the rate.
    """
    rate = np.array(low, float)
    for _ in range(NEWTON_STEPS):
        value, slope = _step_end(before, k, progressed, rate)
        moving = (value > wanted) & (value > 1e-300) & (slope < 0) & (rate < LARGEST_RATE_PER_YEAR)
        with np.errstate(all="ignore"):
            step = np.where(
                moving, np.log(value / np.maximum(wanted, 1e-300)) * value / -slope, 0.0
            )
        step = np.where(np.isfinite(step), step, 0.0)
        rate = np.minimum(rate + step, LARGEST_RATE_PER_YEAR)
        if np.all(step <= 1e-13 * np.maximum(rate, 1.0)):
            break
    return rate


def progressed_share(before, rates):
    """Share progressed at the nodes, draws + (panels, order), and at the edges, draws + (panels +
    1,).
    """
    e, at_start, widths = (
        before.not_progressed,
        before.not_progressed_edges,
        before.grid.widths_years,
    )
    order = e.shape[-1]
    x, w, _ = rule(order)
    rate = np.maximum(rates, before.floor)[..., None]  # one for all draws stays one
    left, half = widths[:, None] / 2 * (1 - x), widths[:, None] / 2
    died = rate[..., 0] * ((e * (np.exp(-rate * left) * (half * w))) @ np.ones(order))
    staying = np.exp(-rate[..., 0] * widths)
    at_edges = np.zeros(died.shape[:-1] + (widths.size + 1,))
    for k in range(widths.size):
        at_edges[..., k + 1] = (
            (at_edges[..., k] + at_start[..., k]) * staying[..., k]
            - at_start[..., k + 1]
            + died[..., k]
        )
    grown = np.exp(rate * half * (1 + x))
    at_nodes = (e * grown) @ running_matrix(order)[:, :order]
    at_nodes *= rate * half
    at_nodes += (at_edges[..., :-1] + at_start[..., :-1])[..., None]
    at_nodes /= grown
    at_nodes -= e
    return at_nodes, at_edges
