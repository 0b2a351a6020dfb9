"""Points without error between which the curve falls: events and patients at risk as whole numbers.

From one point to the next the curve falls by the product of (1 - 1 / at risk) over the events between
them. A gap with one event tells the number at risk exactly, one with a few events nearly so, whoever is
lost between them; the numbers must follow from one gap to the next and meet those printed.
"""

from __future__ import annotations

import numpy as np

from assessment.survival.estimation.nonparametric import at_risk_table
from assessment.survival.reconstruction.points.digitised_points import CleanCurve
from assessment.survival.reconstruction.steps.exact_steps import (
    foreseen_by,
    losses_between,
    precision,
)
from assessment.survival.reconstruction.steps.gap_candidates import (
    EVENTS,
    EXACT,
    GONE,
    IN_TURN,
    candidates,
    smooth_hazard,
)

# Share of gaps with rough numbers beyond which the points are not on the curve of whole patients.
ROUGH_GAPS = 0.25
# Points must be read this much finer than the first step.
FINER = 20
# Trials of a price per event that brings the total to the printed one.
PRICES = 12


def solve_points(
    curve: CleanCurve, table: np.ndarray, total_events: int | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """Whole-number solution of points on the curve without error, or None when there is none.

    table: (k, 2) times and numbers at risk, the first at time 0. Dynamic programming over the events,
    patients at risk and losses that explain each fall, losses following a Poisson law spread evenly
    between printed numbers. Returns (event times, events at each, censoring times).
    """
    for tolerance in (EXACT, precision(curve.raw)):
        if table[0, 1] * tolerance * FINER < 1:
            solved = _solved(curve, table, total_events, tolerance)
            if solved is not None:
                return solved
    return None


def _solved(
    curve: CleanCurve, table: np.ndarray, total_events: int | None, tolerance: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """The solution where survival is read to this tolerance; None where too few gaps allow it."""
    t, s, edges = curve.times, curve.survival, table[:, 0]
    here = np.flatnonzero(np.diff(s) < -tolerance) + 1
    if not here.size:
        return None
    a, b = t[here - 1], t[here]
    fall = 1 - s[here] / s[here - 1]
    slack = tolerance * (1 / s[here - 1] + s[here] / s[here - 1] ** 2) + 1e-12
    most = table[np.searchsorted(edges, a, side="right") - 1, 1]
    nxt = np.searchsorted(edges, b, side="left")
    least = np.where(nxt < len(table), table[np.minimum(nxt, len(table) - 1), 1], 0)
    end = max(t[-1], edges[-1])
    between = foreseen_by((a + b) / 2, fall, table, end)
    within = np.minimum(between(b) - between(a), most)
    layers = candidates(
        fall, slack, most, least, np.maximum(within, 0.02), smooth_hazard(t, s, a, b)
    )
    if layers is None:
        return None
    rate = np.maximum(np.diff(between((a + b) / 2), prepend=0.0), 0.05)
    path = _cheapest(layers, table[0, 1], rate, 0.0)
    if path is not None and total_events is not None:
        path = _with_total(path, layers, table[0, 1], rate, total_events)
    if path is None or np.mean(path[:, 4] < 0) > ROUGH_GAPS:
        return None
    times, at_risk = _event_times(path, a, b, table)
    ones = np.ones(times.size, int)
    lost = losses_between(times, ones, at_risk, table, end)
    seen = at_risk_table(np.concatenate([times, lost]), edges)
    return (times, ones, lost) if np.array_equal(seen, table[:, 1]) else None


def _cheapest(
    layers: list[np.ndarray], n0: float, rate: np.ndarray, price: float
) -> np.ndarray | None:
    """(gaps, 5) cheapest chain of candidates; losses before each gap follow a Poisson law."""
    left, cost = np.array([n0]), np.array([0.0])
    history = []
    for layer, foreseen in zip(layers, rate):
        lost = left - layer[:, 1:2]
        c = np.maximum(lost, 0)
        fee = np.where(c > 0, c * np.log(np.maximum(c, 1) / foreseen), 0.0) - (c - foreseen)
        total = np.where(lost >= 0, cost + fee, np.inf)
        parent = total.argmin(1)
        cost = total[np.arange(len(layer)), parent] + layer[:, 3] + price * layer[:, 0]
        keep = np.flatnonzero(np.isfinite(cost))
        if not keep.size:
            return None
        chosen = layer[keep]
        history.append((parent[keep], chosen))
        left, cost = chosen[:, 1] - chosen[:, 0] - chosen[:, 2], cost[keep]
    i, path = int(np.argmin(cost)), []
    for parent, chosen in reversed(history):
        path.append(chosen[i])
        i = parent[i]
    return np.array(path[::-1])


def _with_total(
    path: np.ndarray, layers: list[np.ndarray], n0: float, rate: np.ndarray, total: int
) -> np.ndarray | None:
    """The chain, or by bisection on a price per event another, with the printed total; None if no price
    brings it there.
    """
    low, high, price = -12.0, 12.0, 0.0
    for _ in range(PRICES):
        miss = path[:, 0].sum() - total
        if miss == 0:
            return path
        low, high = (price, high) if miss > 0 else (low, price)
        price = (low + high) / 2
        again = _cheapest(layers, n0, rate, price)
        if again is None:
            return None
        path = again
    return None


def _event_times(
    path: np.ndarray, a: np.ndarray, b: np.ndarray, table: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Times of single events and patients at risk before each: evenly in their gap, on the side of a
    printed number that it asks for.
    """
    events, edges = path[:, 0].astype(int), table[:, 0]
    gap = np.repeat(np.arange(events.size), events)
    rank = np.arange(gap.size) - np.repeat(np.cumsum(events) - events, events)
    lost, pattern = path[gap, 2], path[gap, 4].astype(int)
    tried = (pattern >= 0) & (pattern < IN_TURN)
    in_order = GONE[np.where(tried, pattern, 0), np.minimum(rank, EVENTS - 1)]
    at_risk = path[gap, 1] - np.where(tried, in_order, rank + rank * lost // events[gap])
    # Printed times within the gap, and how many of them each event comes after.
    first = np.searchsorted(edges, a, side="right")[gap]
    inside = np.searchsorted(edges, b, side="left")[gap] - first
    side = np.zeros(gap.size, int)
    for k in range(inside.max(initial=0)):
        printed = table[np.minimum(first + k, len(table) - 1), 1]
        side += (k < inside) & (at_risk <= printed)
    last = len(edges) - 1
    low = np.where(side > 0, edges[np.minimum(first + side - 1, last)], a[gap])
    high = np.where(side < inside, edges[np.minimum(first + side, last)], b[gap])
    new = np.append(True, (np.diff(gap) > 0) | (np.diff(side) > 0))
    begin = np.flatnonzero(new)
    count = np.diff(np.append(begin, gap.size))
    place = np.arange(gap.size) - np.repeat(begin, count)
    return low + (high - low) * (place + 0.5) / np.repeat(count, count), at_risk
