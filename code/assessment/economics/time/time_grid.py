"""Time grids: where curves are evaluated and how their values add up to discounted time.

Every outcome is a weighted sum of state occupancy at the grid's times, so continuous time and
cycles share all other code. Times in years from randomisation.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from assessment.economics.time.discounting import DISCOUNTING, Discounting
from assessment.economics.time.quadrature import rule
from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import as_numbers, count, number, numbers
from assessment.evidence.arguments.object_arguments import (
    function,
    made_by,
    optional,
    text,
)

MONTH_YEARS = 1 / 12
WEEK_YEARS = 1 / 52
ORDER = 10
# A horizon beyond this is given in another unit; a cycle below it too.
LONGEST_YEARS, MOST_CYCLES = 10_000, 1_000_000


@dataclass(frozen=True, eq=False)
class Grid:
    """Times at which curves are evaluated; the last is the horizon.

    ``mode`` is "continuous" (Gauss–Legendre panels between ``edges_years``), "trapezoid" or
    "life-table" (cycles between ``edges_years``). ``order``: nodes of a panel. ``discount_at`` says
    which time of a cycle discounts it, in "life-table" only: start, middle or end. ``panels``: the
    continuous grid on which a hazard is changed before cycles read it; None for a panel each cycle.
    """

    mode: str
    edges_years: np.ndarray
    times_years: np.ndarray
    discount_at: str | None = None
    order: int = ORDER
    panels: Grid | None = None

    @property
    def horizon_years(self) -> float:
        """How long is modelled, in years from the start: the last edge."""
        return float(self.edges_years[-1])

    @property
    def widths_years(self) -> np.ndarray:
        """Lengths of the panels or cycles in years, (edges - 1,)."""
        return np.diff(self.edges_years)

    @taking(discounting=DISCOUNTING, rate_at=optional(function))
    def weights(
        self, discounting: Discounting, rate_at: Callable[[np.ndarray], np.ndarray] | None = None
    ) -> np.ndarray:
        """Weights w with discounted time in a state = occupancy @ w; shape (times,), years.

        ``rate_at`` (function of times in years, e.g. an age-adjusted utility) multiplies the
        integrand.
        """
        t = self.times_years
        if self.mode == "continuous":
            base = np.append((self.widths_years[:, None] / 2 * rule(self.order)[1]).ravel(), 0.0)
            weights = base * discounting.factor(t)
        elif self.mode == "trapezoid":
            weights = trapezoid_weights(self.widths_years) * discounting.factor(t)
        else:
            weights = trapezoid_weights(self.widths_years * self._cycle_factor(discounting))
        if rate_at is None:
            return weights
        rate = as_numbers("rate_at(years)", rate_at(t))
        if rate.shape not in ((), t.shape) or not np.all(np.isfinite(rate)):
            raise ValueError(
                f"rate_at gives one finite number for each of {t.size} times; found shape {rate.shape}, or"
                " NaN or infinity. Look at its values over the horizon."
            )
        return weights * rate

    @taking(discounting=DISCOUNTING)
    def death_weights(self, discounting: Discounting) -> tuple[float, np.ndarray]:
        """(c, w) with discounted deaths (one unit at each death) = c + survival @ w, when all are
        alive at time 0.

        Continuous time by parts: 1 − DF(T) S(T) − ∫ S(t) δ(t) DF(t) dt. Cycles: deaths of a cycle
        at the mean of the factors at its ends (trapezoid) or at the cycle's own factor
        (life-table).
        """
        if self.mode == "continuous":
            weights = -self.weights(discounting) * discounting.force(self.times_years)
            weights[-1] -= float(discounting.factor(self.horizon_years))
            return 1.0, weights
        if self.mode == "trapezoid":
            factor = discounting.factor(self.times_years)
            factor = (factor[1:] + factor[:-1]) / 2
        else:
            factor = self._cycle_factor(discounting)
        return 0.0, np.append(factor, 0.0) - np.insert(factor, 0, 0.0)

    def _cycle_factor(self, discounting: Discounting) -> np.ndarray:
        """Discount factor of each cycle of a life table, (cycles,)."""
        assert self.discount_at is not None  # what cycle_grid sees to
        at = {"start": 0.0, "middle": 0.5, "end": 1.0}[self.discount_at]
        return discounting.factor(self.edges_years[:-1] + at * self.widths_years)


GRID = made_by(Grid, "continuous_grid()")


def trapezoid_weights(widths: np.ndarray) -> np.ndarray:
    """Weight of each edge, (cycles + 1,): half of the widths of the cycles on either side."""
    return (np.append(widths, 0.0) + np.insert(widths, 0, 0.0)) / 2


def _breaks(name: str, value) -> np.ndarray:
    """Times of breaks, of which there may be none."""
    found = as_numbers(name, value).ravel()
    return found if found.size == 0 else numbers()(name, found)


@taking(
    horizon_years=number(),
    breaks_years=_breaks,
    panels=count(1, 10_000),
    power=number(low=0.1, high=100),
    order=count(1, 64),
    span_years=optional(number()),
)
def continuous_grid(
    horizon_years: float,
    breaks_years=(),
    panels: int = 12,
    power: float = 4.0,
    order: int = ORDER,
    span_years: float | None = None,
) -> Grid:
    """Panels that are short near time 0, where hazards may be steep, and longer later; extra edges
    at ``breaks_years``.

    Give a break wherever a curve, a rate or the discounting has a step
    (``Discounting.steps_years``, birthdays of the life table). ``order`` nodes a panel: with a
    break each year 6 are enough. ``span_years``: the panels are those of this horizon, cut off at
    the other; grids of one span have the same times up to where they end, so curves need be
    evaluated once.
    """
    _check_horizon(horizon_years)
    if span_years is not None:
        _check_horizon(span_years)
    graded = (span_years or horizon_years) * (np.arange(panels + 1) / panels) ** power
    breaks = np.unique([horizon_years, *(b for b in breaks_years if 0 < b < horizon_years)])
    # Of two edges that all but coincide the break is kept: it is where the kink is.
    apart = np.abs(graded[:, None] - breaks).min(axis=1) > 1e-9 * horizon_years
    edges = np.union1d(graded[apart & (graded < horizon_years)], breaks)
    middle, half = (edges[1:] + edges[:-1]) / 2, np.diff(edges) / 2
    return Grid(
        "continuous",
        edges,
        np.append((middle[:, None] + half[:, None] * rule(order)[0]).ravel(), horizon_years),
        order=order,
    )


@taking(horizon_years=number(), cycle_years=number(), panels=optional(GRID))
def cycle_grid(
    horizon_years: float,
    cycle_years: float,
    method: str,
    discount_at: str | None = None,
    panels: Grid | None = None,
) -> Grid:
    """Cycles of equal length (MONTH_YEARS, WEEK_YEARS, …); the last is cut at the horizon.

    ``horizon_years``: end of the last cycle. ``cycle_years``: length of the others. ValueError for a
    horizon or cycle of 0 or less, and for a method or time of discounting that there is not.

    ``method`` "trapezoid" integrates occupancy × discount factor by the trapezoid rule;
    "life-table" gives each cycle the mean of its two ends, discounted at ``discount_at`` of the
    cycle. ``panels``: a continuous grid to the same horizon, with a break wherever a rate or a curve
    has a step, on which a hazard is changed (``cumulative_hazard``): fewer nodes than a panel each
    cycle, and finer near 0.
    """
    _check_horizon(horizon_years)
    if panels is not None and (
        panels.mode != "continuous" or abs(panels.horizon_years / horizon_years - 1) > 1e-12
    ):
        raise ValueError(
            f"panels is a continuous_grid() to the same horizon, {horizon_years:g} years; found mode"
            f" {panels.mode!r} to {panels.horizon_years:g} years"
        )
    if not max(0, horizon_years / MOST_CYCLES) < cycle_years <= horizon_years:
        raise ValueError(
            f"a cycle is longer than 0 and at most the horizon ({horizon_years:g} years); found"
            f" {cycle_years}"
        )
    if not isinstance(method, str) or method not in ("trapezoid", "life-table"):
        raise ValueError(
            f"method is 'trapezoid' or 'life-table'; found '{method}'. For continuous time use"
            " continuous_grid()."
        )
    discount_at = optional(text)("discount_at", discount_at)
    if (method == "life-table") != (discount_at in ("start", "middle", "end")):
        raise ValueError(
            "'life-table' needs discount_at='start', 'middle' or 'end', 'trapezoid' takes none;"
            f" found {discount_at!r}"
        )
    count = math.ceil(horizon_years / cycle_years - 1e-9)
    edges = np.append(np.arange(count) * cycle_years, horizon_years)
    return Grid(method, edges, edges, discount_at, panels=panels)


def _check_horizon(horizon_years: float) -> None:
    if not 0 < horizon_years <= LONGEST_YEARS:
        raise ValueError(
            f"the horizon is above 0 years and finite, at most {LONGEST_YEARS}; found"
            f" {horizon_years}. Give the years to be modelled, e.g. 20."
        )
