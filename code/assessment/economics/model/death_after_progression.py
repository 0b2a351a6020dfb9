"""Rates of death after progression with which survival meets an OS curve, and the share progressed
under them.
"""

from __future__ import annotations

import numpy as np

from assessment.economics.model.adjusted_hazard import (
    MORTALITY,
    WANING,
    Mortality,
    Waning,
)
from assessment.economics.model.before_progression import (
    BEFORE,
    BeforeProgression,
    hazard_on_panels,
    panel_grid,
)
from assessment.economics.time.quadrature import rule, running_integral, running_matrix
from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import ONE_POSITIVE
from assessment.evidence.arguments.object_arguments import CURVE
from assessment.survival.distributions.curve_protocol import Curve

LARGEST_RATE_PER_YEAR = 24.0


NEWTON_STEPS = 40


SECANT_STEPS = 30


@taking(
    before=BEFORE,
    os=CURVE,
    os_waning=WANING,
    units_per_year=ONE_POSITIVE,
    mortality=MORTALITY,
)
def clock_forward_rates(
    before: BeforeProgression,
    os: Curve,
    *,
    os_waning: Waning | None = None,
    units_per_year: float = 1.0,
    mortality: Mortality | None = None,
) -> np.ndarray:
    """Rate of death after progression in each panel (draws + (panels,), per year) with which alive
    meets ``os`` at each edge.

    ``os_waning``, ``mortality``: fading effect and floor of ``os``. ``units_per_year``: its time
    units in a year (12 for months).

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


@taking(
    before=BEFORE,
    os=CURVE,
    os_waning=WANING,
    units_per_year=ONE_POSITIVE,
    mortality=MORTALITY,
)
def equal_rate(
    before: BeforeProgression,
    os: Curve,
    *,
    os_waning: Waning | None = None,
    units_per_year: float = 1.0,
    mortality: Mortality | None = None,
) -> np.ndarray:
    """One rate of death after progression (draws, per year) with which mean survival up to the
    horizon is that under ``os``.

    Given to both arms it makes survival after progression equal (clock-reset): the whole PFS gain
    becomes a gain in survival. Arguments as those of ``clock_forward_rates``. ValueError where no
    rate does.
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

    def area(rate: np.ndarray) -> np.ndarray:
        return running_integral(
            progressed_share(before, rate[..., None])[0], before.grid.widths_years
        )[1][..., -1]

    # Without a horizon the area is exactly turnover / rate, so its logarithm is nearly straight in
    # that of the rate.
    log_rate = np.log(turnover / wanted)
    excess: np.ndarray = np.log(area(np.exp(log_rate)) / wanted)
    slope: np.ndarray | float = -1.0
    for _ in range(SECANT_STEPS):
        step = np.clip(-excess / slope, -2.0, 2.0)
        log_rate, excess_before = log_rate + step, excess
        excess = np.log(area(np.exp(log_rate)) / wanted)
        if np.all(np.abs(excess) < 1e-12):
            break
        with np.errstate(all="ignore"):
            slope = np.where(
                np.abs(step) > 1e-12, np.clip((excess - excess_before) / step, -2.0, -0.05), -1.0
            )
    if not np.all(np.abs(excess) < 1e-9):
        raise ValueError(
            "no rate of death after progression gives this mean survival: even without such deaths,"
            " or at the general population's rate, fewer years are lived. Check that both curves"
            " belong to the same arm, and death_share."
        )
    return np.exp(log_rate)


def _step_end(
    before: BeforeProgression, k: int, progressed: np.ndarray, rate: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
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


def _rate_for(
    before: BeforeProgression,
    k: int,
    progressed: np.ndarray,
    wanted: np.ndarray,
    low: np.ndarray,
) -> np.ndarray:
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


def progressed_share(before: BeforeProgression, rates: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Share progressed at the nodes, draws + (panels, order), and at the edges, draws + (panels +
    1,).

    ``rates``: of death after progression, per year, draws + (panels,) or draws + (1,).
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
