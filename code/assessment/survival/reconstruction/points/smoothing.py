"""Digitised points smoothed no more than the steps of a Kaplan–Meier curve allow."""

from __future__ import annotations

from math import log

import numpy as np

# The slope is averaged over this many points to each side.
REACH = 3
# A point also misses in time; the misses show as extra scatter where the curve is steep.
FLOOR = 0.003
# Events that fall together (visits, whole weeks) make steps this many times larger; the points
# choose.
TIES = (5.0, 25.0, 125.0)


def isotonic(
    values: np.ndarray, weights: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Non-increasing least-squares fit (pool adjacent violators, Robertson, Wright & Dykstra 1988).

    (m,) values, with (m,) weights, give level, weight and size of each block.

    SciPy's isotonic_regression pools equal neighbours too, which moves exact points by rounding; here
    exact points must come back to the last bit, as no error in them means that nothing is smoothed.
    """
    level: list[float] = []
    weight: list[float] = []
    size: list[int] = []
    for i, v in enumerate(values.tolist()):
        w, n = (1.0 if weights is None else weights[i]), 1
        while level and level[-1] < v:
            lv, lw, ln = level.pop(), weight.pop(), size.pop()
            v, w, n = (v * w + lv * lw) / (w + lw), w + lw, n + ln
        level.append(v)
        weight.append(w)
        size.append(n)
    return np.array(level), np.array(weight), np.array(size)


def pooled_points(t: np.ndarray, s: np.ndarray) -> tuple[np.ndarray, float, np.ndarray | None]:
    """Points pooled where they rise, s.d. of a click where the curve is flat, and weight of each."""
    weights = np.ones(len(s))
    weights[0] = 1e6
    level, _, size = isotonic(s, weights)
    fitted = np.repeat(level, size)
    if not np.any(fitted != s):
        return fitted, 0.0, None
    weight = _weight_by_slope(t, fitted)
    level, _, size = isotonic(s, weights * weight)
    fitted = np.repeat(level, size)
    noise = float(np.sqrt(np.sum(((s - fitted) ** 2 * weight)[1:]) / max(len(s) - len(level), 5)))
    return _level_tail(s, fitted, noise), noise, weight


def _weight_by_slope(t: np.ndarray, falling: np.ndarray) -> np.ndarray:
    """(m,) weight of clicks that miss as much along the axis of time as along that of survival, each in
    lengths of its axis: 1 where the curve is flat, less where it is steep.
    """
    window = np.ones(2 * REACH + 1)
    fall, reach = (
        np.convolve(np.diff(x, prepend=x[0]), window)[REACH : REACH + t.size] for x in (-falling, t)
    )
    slope = fall / np.maximum(reach, 1e-12) * t[-1]
    return 1 / (1 + slope**2)


# Lengths of a flat end that are tried, in points.
_TAILS = np.array([60, 50, 42, 35, 29, 24, 20, 17, 14, 12, 10, 8, 6, 5, 4])


def _level_tail(raw: np.ndarray, fitted: np.ndarray, noise: float) -> np.ndarray:
    """Pool the longest end stretch in which no split of the clicks differs by more than noise.

    Isotonic means at the end of a flat tail fall by noise alone; left there they would become
    deaths.
    """
    longest = min(int(_TAILS[0]), raw.size - 1)
    k, head = _TAILS[_TAILS <= longest][:, None], np.arange(1, longest)
    sums = np.concatenate([[0.0], np.cumsum(raw[raw.size - longest :])])
    # Mean before against mean after each split of each tail, in standard errors of white noise.
    first = sums[np.minimum(longest - k + head, longest)] - sums[longest - k]
    rest = np.maximum(k - head, 1)
    gap = (first / head - (sums[-1] - sums[longest - k] - first) / rest) / np.sqrt(
        1 / head + 1 / rest
    )
    flat = np.max(np.where(head < k, gap, -np.inf), axis=1, initial=-np.inf) < 2.5 * noise
    if flat.any():
        tail = int(k[np.argmax(flat), 0])
        fitted = fitted.copy()
        fitted[-tail:] = min(raw[-tail:].mean(), fitted[-tail - 1])
    return fitted


def smooth_points(
    times: np.ndarray,
    points: np.ndarray,
    falling: np.ndarray,
    at_risk: np.ndarray,
    noise: float,
    weight: np.ndarray | None = None,
) -> np.ndarray:
    """Most likely survival at each point, never rising: (m,).

    points, falling: (m,) raw and isotonic survival; at_risk: (m,) patients, roughly; noise: s.d. of
    a point; weight: (m,) clicks behind each point (None: one; inf: a point without error). The curve
    itself is a random walk:
    on top of the local slope its fall over a gap has variance S x fall / at risk (Greenwood's
    increment), times TIES. Kalman filter and smoother (Rauch, Tung & Striebel 1965), then pooled
    where it rises. The first point is known.
    """
    window = np.ones(2 * REACH + 1)
    gap = np.diff(times, prepend=times[0])
    # The middle part by hand: of fewer points than the window NumPy's "same" is as long as the window.
    fall, reach = (
        np.convolve(x, window)[REACH : REACH + times.size]
        for x in (-np.diff(falling, prepend=falling[0]), gap)
    )
    drift = fall / np.maximum(reach, 1e-12) * gap
    walk = falling * drift / np.maximum(at_risk, 1)
    weight = np.ones(times.size) if weight is None else np.clip(weight, 1e-9, 1e9)
    error = (max(noise, FLOOR) ** 2 if noise > 3e-4 else noise**2) / weight
    best = _filter(points, drift, walk, error)
    for ties in TIES:
        run = _filter(points, drift, walk * ties, error)
        if run[-1] <= best[-1]:
            break
        best = run
    seen, seen_spread, before, before_spread, _ = best
    smooth = [seen[-1]]
    for i in range(len(seen) - 2, -1, -1):
        part = seen_spread[i] / before_spread[i + 1] if before_spread[i + 1] > 0 else 0.0
        smooth.append(seen[i] + part * (smooth[-1] - before[i + 1]))
    weights = np.where(weight < 1e9, 1.0, 1e6)
    weights[0] = 1e6
    pooled, _, size = isotonic(np.array(smooth[::-1]), weights)
    return np.clip(np.repeat(pooled, size), 0, 1)


def _filter(
    points: np.ndarray, drift: np.ndarray, walk: np.ndarray, error: np.ndarray
) -> tuple[list[float], list[float], list[float], list[float], float]:
    """Forward pass: level and variance after and before each point, log-likelihood."""
    level, spread, fit = float(points[0]), 0.0, 0.0
    seen, seen_spread, before, before_spread = [level], [spread], [level], [spread]
    for point, step, more, blur in zip(
        points[1:].tolist(), drift[1:].tolist(), walk[1:].tolist(), error[1:].tolist()
    ):
        level, spread = level - step, spread + more
        before.append(level)
        before_spread.append(spread)
        total, miss = spread + blur, point - level
        gain = spread / total
        fit -= 0.5 * (log(total) + miss * miss / total)
        level, spread = level + gain * miss, (1 - gain) * spread
        seen.append(level)
        seen_spread.append(spread)
    return seen, seen_spread, before, before_spread, fit


class MonotoneCubic:
    """Piecewise cubic through (k,) points that rises and falls only where they do (Fritsch &
    Butland 1984).

    The curve of SciPy's PchipInterpolator (tested against it) without its checks of the input, which
    take a seventh of the time of a reconstruction.
    """

    def __init__(self, x: np.ndarray, y: np.ndarray):
        x, y = np.asarray(x, float), np.asarray(y, float)
        h = x[1:] - x[:-1]
        d = (y[1:] - y[:-1]) / h
        slope = np.empty(x.size)
        if x.size == 2:
            slope[:] = d
        else:
            w, v = 2 * h[1:] + h[:-1], h[1:] + 2 * h[:-1]
            turn = d[1:] * d[:-1] <= 0
            a, b = np.where(turn, 1.0, d[:-1]), np.where(turn, 1.0, d[1:])
            slope[1:-1] = np.where(turn, 0.0, (w + v) / (w / a + v / b))
            slope[0], slope[-1] = (
                _end_slope(h[0], h[1], d[0], d[1]),
                _end_slope(h[-1], h[-2], d[-1], d[-2]),
            )
        self.x, self.y, self.slope = x, y, slope
        self.square, self.cube = (
            (3 * d - 2 * slope[:-1] - slope[1:]) / h,
            (slope[:-1] + slope[1:] - 2 * d) / h**2,
        )

    def __call__(self, t: np.ndarray) -> np.ndarray:
        """Values of the curve at ``t``, of its shape; the end pieces go on outside the points."""
        i = np.clip(self.x.searchsorted(t, side="right") - 1, 0, self.x.size - 2)
        u = t - self.x[i]
        return self.y[i] + u * (self.slope[i] + u * (self.square[i] + u * self.cube[i]))


def _end_slope(h: float, h_next: float, d: float, d_next: float) -> float:
    """Three-point slope at an end, kept within the shape of the points."""
    slope = ((2 * h + h_next) * d - h * d_next) / (h + h_next)
    if slope * d <= 0:
        return 0.0
    return 3 * d if d * d_next < 0 and abs(slope) > 3 * abs(d) else slope
