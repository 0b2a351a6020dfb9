"""Exact step corners: events and patients at risk as whole numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from assessment.survival.reconstruction.points.digitised_points import CleanCurve

# (events, at risk, misfit) that explain one step
Candidate = tuple[int, int, float]
# (events, at risk) of every step
Path = list[tuple[int, int]]


def solve_steps(
    curve: CleanCurve, table: np.ndarray, total_events: int | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """Whole-number solution of an exactly digitised curve, or None when there is none.

    Each step falls by d/n with whole d and n; n never rises, loses d at each step and meets the
    printed numbers at risk. Dynamic programming over the (d, n) that fit each step, preferring
    those that fit best and losses that spread evenly between printed numbers.
    Returns (event times, events at each, censoring times).
    """
    times, before, after = _steps(curve)
    tolerance = precision(curve.raw)
    n0, edges = table[0, 1], table[:, 0]
    # Upper and lower limits of the number at risk just before each step.
    k_before = np.searchsorted(edges, times, side="right") - 1
    upper = table[np.maximum(k_before, 0), 1]
    nxt = np.searchsorted(edges, times, side="left")
    lower = np.where(nxt < len(table), table[np.minimum(nxt, len(table) - 1), 1], 1)
    end = max(curve.times[-1], edges[-1])
    by = foreseen_by(times, 1 - after / before, table, end)
    foreseen = np.diff(by(times), prepend=0.0)
    then = np.searchsorted(edges, times, side="right")
    stays = np.where(then < len(table), table[np.minimum(then, len(table) - 1), 1], 0)
    layers = [
        [c for c in _candidates(b, a, lo, up, tolerance) if c[1] - c[0] >= stay]
        for b, a, lo, up, stay in zip(before, after, lower, upper, stays)
    ]
    if any(len(layer) == 0 for layer in layers):
        return None
    path = _best_path(layers, n0, foreseen, 0.0)
    if path is not None and total_events is not None and sum(d for d, _ in path) != total_events:
        path = _path_with_total(layers, n0, foreseen, total_events)
    if path is None:
        return None
    events = np.array([d for d, _ in path])
    at_risk = np.array([n for _, n in path])
    censored = losses_between(times, events, at_risk, table, end)
    return (times, events, censored) if events.sum() + censored.size == n0 else None


def _steps(curve: CleanCurve) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    t, s = curve.times, curve.survival
    drop = np.flatnonzero(np.diff(s) < -1e-12)
    times, first = np.unique(t[drop + 1], return_index=True)
    last = np.append(first[1:], drop.size) - 1
    return times, s[drop[first]], s[drop[last] + 1]


def precision(s: np.ndarray) -> float:
    """Half the last printed digit of the survival values."""
    for digits in range(2, 9):
        if np.max(np.abs(s - np.round(s, digits))) < 1e-10:
            return 0.5 * 10.0**-digits
    return 1e-9


def _candidates(
    before: float, after: float, low: float, high: float, tolerance: float
) -> list[Candidate]:
    """(events, at risk, misfit) that explain one step, best first, at most 60."""
    if after <= tolerance:
        return [(int(n), int(n), 0.0) for n in range(int(max(low, 1)), int(high) + 1)]
    ratio = 1 - after / before
    slack = tolerance * (1 / before + after / before**2) + 1e-12
    d = np.arange(1, int(np.floor((ratio + slack) * high)) + 1)
    first = np.maximum(np.ceil(d / (ratio + slack) - 1e-9), low)
    last = np.minimum(np.floor(d / max(ratio - slack, 1e-300) + 1e-9), high)
    keep = first <= last
    candidates = []
    for di, a, b in zip(d[keep], first[keep], last[keep]):
        n = np.arange(a, min(b, a + 400) + 1)
        candidates += [(int(di), int(ni), float(abs(ratio - di / ni) / slack)) for ni in n]
    if len(candidates) <= 60:
        return candidates
    return sorted(candidates, key=lambda c: c[2])[:60]


def _path_with_total(
    layers: list[list[Candidate]], n0: float, foreseen: np.ndarray, total: int
) -> Path | None:
    """A chain with the printed total, by bisection on a price per event; None if none is found."""
    low, high = -12.0, 12.0
    for _ in range(18):
        price = (low + high) / 2
        path = _best_path(layers, n0, foreseen, price)
        if path is None:
            return None
        events = sum(d for d, _ in path)
        if events == total:
            return path
        low, high = (price, high) if events > total else (low, price)
    return None


def foreseen_by(
    times: np.ndarray, ratio: np.ndarray, table: np.ndarray, end: float
) -> Callable[[np.ndarray], np.ndarray]:
    """Losses expected by any time, spread evenly in time between printed numbers, where the curve falls
    by these parts at these times.
    """
    edges = np.append(table[:, 0], end) if end > table[-1, 0] else table[:, 0]
    n = np.append(table[:, 1], 0.0) if end > table[-1, 0] else table[:, 1]
    events = np.interp(times, edges, n) * ratio
    place = np.clip(np.searchsorted(edges, times, side="left") - 1, 0, edges.size - 2)
    lost = np.maximum(n[:-1] - n[1:] - np.bincount(place, events, minlength=edges.size - 1), 0.0)
    if end > table[-1, 0]:
        # After the last printed number many stay to the end, as in a cut-off of the data: go on at
        # the rate seen before.
        lost[-1] *= (
            0.3
            if len(table) == 1
            else -np.expm1(-_loss_rate(n[:-1], lost[:-1], edges[:-1]) * (end - table[-1, 0]))
        )
    gone = np.concatenate([[0.0], np.cumsum(lost)])
    return lambda t: np.interp(t, edges, gone)


def _loss_rate(n: np.ndarray, lost: np.ndarray, edges: np.ndarray) -> float:
    """Losses per patient and time in the last printed interval with (k,) numbers at (k,) times, (k
    - 1,) losses in between.
    """
    return -np.log1p(-min((lost[-1] + 0.2) / max(n[-2], 1.0), 0.99)) / (edges[-1] - edges[-2])


def _best_path(
    layers: list[list[Candidate]], n0: float, foreseen: np.ndarray, price: float
) -> Path | None:
    """Cheapest chain of candidates: at risk falls by the events and by losses, which follow a
    Poisson law.
    """
    left, cost, history = np.array([float(n0)]), np.array([0.0]), []
    # Where ties are seen anyway, a multiple of d/n is no surprise.
    tie = 0.3 if np.mean([min(c[0] for c in layer) > 1 for layer in layers]) > 0.2 else 1.0
    for layer, rate in zip(layers, foreseen):
        rate = max(rate, 0.05)
        d, n, misfit = np.array(layer, float).T
        lost = left - n[:, None]
        c = np.maximum(lost, 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            fee = np.where(c > 0, c * np.log(c / rate), 0) - (c - rate)
        total = np.where(lost >= 0, cost + fee, np.inf)
        parent = total.argmin(1)
        own = 0.5 * misfit**2 + tie * (d / d.min() - 1) + price * d
        cost = total[np.arange(d.size), parent] + own
        keep = np.flatnonzero(np.isfinite(cost))
        if keep.size == 0:
            return None
        history.append((parent[keep], d[keep], n[keep]))
        left, cost = (n - d)[keep], cost[keep]
    i, path = int(np.argmin(cost)), []
    for parent, d, n in reversed(history):
        path.append((int(d[i]), int(n[i])))
        i = parent[i]
    return path[::-1]


def losses_between(
    times: np.ndarray,
    events: np.ndarray,
    at_risk: np.ndarray,
    table: np.ndarray,
    end: float,
) -> np.ndarray:
    """Censoring times: the patients missing between steps, spread evenly and split at printed
    times.
    """
    marks = [(t, 1, n, d) for t, n, d in zip(times, at_risk, events)]
    # A printed number counts patients before events at the same time.
    marks += [(t, 0, n, 0) for t, n in table[1:]]
    marks.sort()
    out, left, t0 = [], table[0, 1], 0.0
    for t, _, n, d in marks:
        gone = int(left - n)
        if gone > 0:
            out.append(t0 + (t - t0) * (np.arange(gone) + 0.5) / gone)
        left, t0 = n - d, t
    if left > 0:
        # Some leave at the rate seen so far, the rest at the end.
        since = table[max(len(table) - 2, 0), 0]
        seen = sum(int(np.sum(x > since)) for x in out)
        rate = seen / (left + seen) / (t0 - since) if t0 > since else 0.0
        early = int(min(np.rint(left * -np.expm1(-rate * (end - t0))), left - 1))
        out.append(
            np.concatenate(
                [
                    t0 + (end - t0) * (np.arange(early) + 0.5) / max(early, 1),
                    np.full(int(left) - early, end),
                ]
            )
        )
    return np.concatenate(out) if out else np.array([])
