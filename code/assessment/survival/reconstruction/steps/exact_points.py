"""Points without error between which the curve falls: events and patients at risk as whole numbers.

From one point to the next the curve falls by the product of (1 - 1 / at risk) over the events between
them. A gap with one event tells the number at risk exactly, one with a few events nearly so, whoever is
lost between them; the numbers must follow from one gap to the next and meet those printed.
"""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np

from assessment.survival.estimation.nonparametric import at_risk_table
from assessment.survival.reconstruction.points.digitised_points import CleanCurve
from assessment.survival.reconstruction.steps.exact_steps import (
    foreseen_by,
    losses_between,
    precision,
)

# Gaps of up to so many events, with up to so many losses between them, are tried in every order.
EVENTS, LOSSES = 5, 2
# Cost, -log likelihood, of numbers that fit a gap only if more is lost between its events.
ROUGH = 6.0
# Share of gaps with such numbers beyond which the points are not on the curve of whole patients.
ROUGH_GAPS = 0.25
# Survival values that are not rounded are right to this much.
EXACT = 1e-9
# Candidates kept for a gap. Points must be read this much finer than the first step.
KEPT, FINER = 24, 20
# Trials of a price per event that brings the total to the printed one.
PRICES = 12


def _patterns() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Events (p,), losses (p,), and patients gone before each event (p, EVENTS) of every order of both."""
    rows = []
    for d in range(1, EVENTS + 1):
        for lost in range(LOSSES + 1 if d > 1 else 1):
            for after in combinations_with_replacement(range(1, d), lost):
                rank = np.arange(EVENTS)
                gone = rank + np.sum([rank >= place for place in after], axis=0, initial=0)
                rows.append((d, lost, np.where(rank < d, gone, -1)))
    events, losses, gone = zip(*rows)
    return np.array(events), np.array(losses), np.array(gone)


D, LOST, GONE = _patterns()
# Stands for the pattern of any number of events without a loss between them.
IN_TURN = len(D)
# Log of losses' factorial and of the orders that share a number of events and losses.
_RARITY = np.log([max(c, 1) * np.sum((D == d) & (LOST == c)) for d, c in zip(D, LOST)])


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
    layers = _candidates(fall, slack, most, least, np.maximum(within, 0.02))
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


def _candidates(
    fall: np.ndarray, slack: np.ndarray, most: np.ndarray, least: np.ndarray, within: np.ndarray
) -> list[np.ndarray] | None:
    """(c, 5) of each gap: events, at risk, losses between events, cost, row of the pattern or -1; None
    if a gap has none.
    """
    # All orders of few events at once: (gaps, patterns, offsets of the number at risk).
    first = np.ceil(D / (fall + slack)[:, None] - 1e-9)
    n = first[..., None] + np.arange(LOSSES + 2)
    left = np.ones(n.shape)
    for gone in GONE.T[:, :, None]:
        left *= np.where(gone >= 0, 1 - 1 / np.maximum(n - gone, 1), 1.0)
    fits = np.abs(1 - left - fall[:, None, None]) <= slack[:, None, None]
    fits &= (n <= most[:, None, None]) & (n - (D + LOST)[:, None] >= least[:, None, None])
    cost = within[:, None] - LOST * np.log(within)[:, None] + _RARITY
    layers = []
    for j in range(fall.size):
        p, offset = np.nonzero(fits[j])
        found = np.stack([D[p], n[j, p, offset], LOST[p], cost[j, p], p], axis=1)
        if not len(found) or fall[j] * most[j] > EVENTS:
            rough = _rough(fall[j], slack[j], most[j], least[j], within[j])
            found = np.vstack([found, rough])
        if not len(found):
            return None
        layers.append(found[np.argsort(found[:, 3], kind="stable")[:KEPT]])
    return layers


def _rough(fall: float, slack: float, most: float, least: float, within: float) -> np.ndarray:
    """Candidates of a gap with more events than are tried in every order: a loss between d events at
    risk n makes the fall larger by about d / 2 n²; none lost, the fall is d / n.
    """
    d = np.arange(1, int(fall * most) + 2)[:, None]
    n = np.ceil(d / (fall + slack) - 1e-9) + np.arange(12)
    miss = fall - d / n
    lost = miss * n**2 / (d / 2)
    whole = np.rint(lost)
    log_factorial = np.where(whole > 1, whole * np.log(np.maximum(whole, 1)) - whole, 0.0)
    cost = within - whole * np.log(within) + log_factorial + 2 * (lost - whole) ** 2 + ROUGH
    fits = (np.abs(miss) <= slack) & (d > EVENTS)
    cost, whole = np.where(fits, within, cost), np.where(fits, 0.0, whole)
    keep = (n <= most) & (n >= d) & (n - d - whole >= least) & (fits | (lost > 0.5) & (d > 1))
    every = np.broadcast_arrays(d, n, whole, cost, np.where(fits, IN_TURN, -1))
    return np.stack([x[keep] for x in every], axis=1)


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
    times, at_risk = [], []
    for (d, n, lost, _, pattern), start, stop in zip(path, a, b):
        rank = np.arange(int(d))
        tried = 0 <= pattern < IN_TURN
        gone = GONE[int(pattern), : rank.size] if tried else rank + rank * lost // max(d, 1)
        left = n - gone
        inside = table[(table[:, 0] > start) & (table[:, 0] < stop)]
        limits = np.concatenate([[start], inside[:, 0], [stop]])
        side = np.sum(left[:, None] <= inside[:, 1], axis=1)
        for k in np.unique(side):
            count = int(np.sum(side == k))
            times.append(limits[k] + (limits[k + 1] - limits[k]) * (np.arange(count) + 0.5) / count)
        at_risk.append(left)
    return np.concatenate(times), np.concatenate(at_risk)
