"""Digitised points smoothed no more than the steps of a Kaplan–Meier curve allow."""

from __future__ import annotations

from math import log

import numpy as np

from assessment.survival.reconstruction.digitised_points import isotonic

# The slope is averaged over this many points to each side.
REACH = 3
# A point also misses in time; the misses show as extra scatter where the curve is steep.
FLOOR = 0.003
# Events that fall together (visits, whole weeks) make steps this many times larger; the points
# choose.
TIES = (5.0, 25.0, 125.0)


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
    a point; weight: (m,) clicks behind each point (None: one). The curve itself is a random walk:
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
    error = (max(noise, FLOOR) ** 2 if noise > 3e-4 else noise**2) / (
        np.ones(times.size) if weight is None else np.maximum(weight, 1e-9)
    )
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
    weights = np.ones(times.size)
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
