"""Strategies with Weibull PFS and OS, compared over arrays of draws: the model by which programs
are timed.

Twelve of its sixteen uncertain numbers belong to two strategies (shape and scale of PFS and OS, a
yearly and a one-off cost), four are common (two utilities, two yearly costs of the states). Times
in years, costs in one currency.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from assessment.economics.model.partitioned_survival import CROSSING, excess
from assessment.economics.time.discounting import Discounting, constant_discounting
from assessment.economics.time.time_grid import (
    MONTH_YEARS,
    WEEK_YEARS,
    Grid,
    continuous_grid,
    cycle_grid,
)

BLOCK_NUMBERS = 60_000  # numbers per buffer: small enough for the processor's cache


@dataclass(frozen=True, eq=False)
class WeibullStrategy:
    """S(t) = exp(−(t / scale)^shape) for PFS and OS. Every field a float or an array of draws.

    ``treatment_cost_per_year`` falls while progression-free, ``cost_at_start`` once, undiscounted.
    """

    pfs_shape: float | np.ndarray
    pfs_scale_years: float | np.ndarray
    os_shape: float | np.ndarray
    os_scale_years: float | np.ndarray
    treatment_cost_per_year: float | np.ndarray = 0.0
    cost_at_start: float | np.ndarray = 0.0

    def __post_init__(self):
        _check(self, positive=("pfs_shape", "pfs_scale_years", "os_shape", "os_scale_years"))


@dataclass(frozen=True, eq=False)
class CommonInputs:
    """Utilities and yearly costs of the two living states, and one cost at death, the same for
    every strategy.
    """

    utility_progression_free: float | np.ndarray
    utility_progressed: float | np.ndarray
    cost_progression_free_per_year: float | np.ndarray = 0.0
    cost_progressed_per_year: float | np.ndarray = 0.0
    cost_at_death: float | np.ndarray = 0.0

    def __post_init__(self):
        _check(self, utilities=("utility_progression_free", "utility_progressed"))


@dataclass(frozen=True, eq=False)
class WeibullOutcomes:
    """Discounted life years, QALYs and costs, each of shape (strategies, draws), and per strategy
    the draws whose PFS was capped.
    """

    life_years: np.ndarray
    qalys: np.ndarray
    costs: np.ndarray
    crossings: np.ndarray


def compare_weibull(
    strategies: list[WeibullStrategy],
    common: CommonInputs,
    mode: str = "continuous",
    horizon_years: float = 20.0,
    annual_discount_rate: float | Discounting = 0.04,
    week_years: float = WEEK_YEARS,
) -> WeibullOutcomes:
    """Discounted QALYs and costs of each strategy for every draw.

    ``mode``: "continuous" (quadrature), "monthly" (twelfths of a year) or "weekly"
    (``week_years``), both by the trapezoid rule. ``annual_discount_rate``: one rate, or a
    ``Discounting`` with steps; the same for costs and effects. Memory does not grow with the draws
    beyond the results.
    """
    discounting = (
        annual_discount_rate
        if isinstance(annual_discount_rate, Discounting)
        else constant_discounting(annual_discount_rate)
    )
    grid = _grid(mode, horizon_years, discounting, week_years)
    draws = _draws(strategies + [common])

    def full(owner):
        return {
            f.name: np.broadcast_to(np.asarray(getattr(owner, f.name), float), (draws,))
            for f in fields(owner)
        }

    c = full(common)
    results, crossings = np.empty((3, len(strategies), draws)), np.zeros(len(strategies), int)
    constant, at_death = grid.death_weights(discounting)
    for s, strategy in enumerate(map(full, strategies)):
        years, died, free_years, crossings[s] = _times(
            strategy, grid, np.stack([grid.weights(discounting), at_death], axis=1)
        )
        worse_years = years - free_years
        results[0, s] = years
        results[1, s] = (
            c["utility_progression_free"] * free_years + c["utility_progressed"] * worse_years
        )
        results[2, s] = (
            strategy["cost_at_start"]
            + c["cost_progressed_per_year"] * worse_years
            + c["cost_at_death"] * (constant + died)
            + (strategy["treatment_cost_per_year"] + c["cost_progression_free_per_year"])
            * free_years
        )
    return WeibullOutcomes(results[0], results[1], results[2], crossings)


def _times(strategy: dict, grid: Grid, weights: np.ndarray):
    """Survival @ each of two columns of weights, capped PFS @ the first, and the number of draws
    whose PFS was capped.

    Works in buffers that stay in the processor's cache; ``partitioned_survival.partition`` gives the
    same occupancy without them.
    """
    draws, size = strategy["os_shape"].size, grid.times_years.size
    log_t = np.log(np.maximum(grid.times_years, 1e-300))
    block = max(1, BLOCK_NUMBERS // size)
    alive, free, above = np.empty((3, block, size))
    years, free_years, crossings = np.empty((2, draws)), np.empty(draws), 0
    kept = np.empty((2 * block, size))
    kept_rows: list[int] = []
    for start in range(0, draws, block):
        n = min(block, draws - start)
        part = slice(start, start + n)
        s_os = _weibull_survival(
            strategy["os_shape"][part], strategy["os_scale_years"][part], log_t, alive[:n]
        )
        s_pfs = _weibull_survival(
            strategy["pfs_shape"][part], strategy["pfs_scale_years"][part], log_t, free[:n]
        )
        highest = np.subtract(s_pfs, s_os, out=above[:n]).max(axis=1)
        crossings += int(np.sum(highest > CROSSING))
        years[:, part] = (s_os @ weights).T
        if grid.mode != "continuous":
            free_years[part] = np.minimum(s_pfs, s_os, out=s_pfs) @ weights[:, 0]
            continue
        free_years[part] = s_pfs @ weights[:, 0]
        rows = np.flatnonzero(highest > 0)
        kept[len(kept_rows) : len(kept_rows) + rows.size] = above[rows]
        kept_rows.extend(start + rows)
        if kept_rows and (len(kept_rows) > block or start + n == draws):
            # Rows that cross are gathered over blocks: a correction has a cost for each call more
            # than for each row.
            free_years[kept_rows] -= excess(kept[: len(kept_rows)], grid) @ weights[:, 0]
            kept_rows = []
    return *years, free_years, crossings


def _weibull_survival(shape, scale, log_t, out):
    """exp(−(t / scale)^shape), draws × times, in ``out``."""
    np.multiply(shape[:, None], log_t, out=out)
    out -= (shape * np.log(scale))[:, None]
    np.negative(np.exp(out, out=out), out=out)
    return np.exp(out, out=out)


def _grid(mode: str, horizon_years: float, discounting: Discounting, week_years: float) -> Grid:
    if mode == "continuous":
        return continuous_grid(horizon_years, discounting.steps_years)
    if mode not in ("monthly", "weekly"):
        raise ValueError(f"mode is 'continuous', 'monthly' or 'weekly'; found '{mode}'")
    return cycle_grid(horizon_years, MONTH_YEARS if mode == "monthly" else week_years, "trapezoid")


def _draws(owners) -> int:
    sizes = {
        f"{i}: {f.name}": np.size(getattr(o, f.name))
        for i, o in enumerate(owners)
        for f in fields(o)
    }
    several = {n: size for n, size in sizes.items() if size != 1}
    if len(set(several.values())) > 1 or 0 in several.values():
        raise ValueError(
            "every input is one number or an array of the same number of draws, at least 1; found"
            f" {several}"
        )
    return next(iter(several.values()), 1)


def _check(owner, positive=(), utilities=()):
    for f in fields(owner):
        value = np.asarray(getattr(owner, f.name), float)
        if value.ndim > 1:
            raise ValueError(
                f"{f.name} is a float or a one-dimensional array of draws; found shape"
                f" {value.shape}"
            )
        if f.name in utilities:
            ok, rule = np.all(value <= 1) and np.all(np.isfinite(value)), "at most 1 (0.75, not 75)"
        elif f.name in positive:
            ok, rule = np.all(value > 0) and np.all(np.isfinite(value)), "above 0"
        else:
            ok, rule = np.all(value >= 0) and np.all(np.isfinite(value)), "0 or more"
        if not ok:
            raise ValueError(
                f"{f.name} must be finite and {rule} in every draw; found {value.min()} to"
                f" {value.max()}. Check the distribution it is drawn from."
            )
