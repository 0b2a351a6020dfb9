"""Curves whose events come at whole units of time, because durations were counted in weeks, months
or years.

Such a curve is flat within a unit and falls at its end. Known to be so, all clicks within a unit
measure one level, and events of two arms fall on the same times, as they did; spread over the gaps
between clicks they would come in an order that the clicks' errors made up.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.special import ndtr

from assessment.survival.reconstruction.points.digitised_points import CleanCurve
from assessment.survival.reconstruction.points.smoothing import isotonic

# Units are told apart from a smooth fall only where clicks are at most this far apart, in units,
# and there are this many units. One click a unit says nothing: any curve falls from unit to unit.
WIDEST_GAP, FEWEST = 0.85, 5
# Clicks to each side over which the rate of falling is averaged.
REACH = 6
# Share of the fall that must come at whole units, and how many standard errors it must be above 0.
SHARE, SURE = 0.4, 2.0
# Rounds of estimating levels and to which unit a click belongs (Dempster, Laird & Rubin 1977); few
# clicks are in doubt.
ROUNDS = 4
LEAST_NOISE = 3e-4
# Weight of a click, in clicks, that stands for a unit by itself.
LEAST = 0.05


def at_whole_units(curve: CleanCurve) -> CleanCurve | None:
    """The curve as one point per unit, at the time of its step; None where the fall does not come
    at whole units.

    curve: CleanCurve of clicks. In the result ``weight`` counts the clicks behind each point and
    ``whole`` is True.
    """
    times, last = curve.times, curve.times[-1]
    if curve.corners or last < FEWEST or _usual_gap(times) > WIDEST_GAP:
        return None
    unit = np.floor(times + 1e-9)
    if curve.noise == 0 and np.any((np.diff(curve.survival) < -1e-9) & (np.diff(unit) == 0)):
        return None
    # Clicks that were pooled with none say nothing about errors; a step clicked on the wrong side
    # would say too much.
    miss = np.abs(curve.raw - curve.survival)
    noise = (
        max(1.4826 * np.median(miss[miss > 0]), LEAST_NOISE) if np.any(miss > 0) else LEAST_NOISE
    )
    blur = noise * last
    share, error = share_at_units(curve, blur)
    if not share > max(SHARE, SURE * error):
        return None
    units = np.arange(int(np.rint(last)) + 1)
    here = np.minimum(np.floor(times[1:]).astype(int), units[-1])
    after = times[1:] - here
    other = np.clip(np.where(after < 0.5, here - 1, here + 1), 0, units[-1])
    nearest = ndtr(np.minimum(after, 1 - after) / blur)
    here[-1] = other[-1] = units[-1]  # the last click is at the end of follow-up
    unit, chance, y = (
        np.append(here, other),
        np.append(nearest, 1 - nearest),
        np.append(curve.raw[1:], curve.raw[1:]),
    )
    weight = chance
    for _ in range(ROUNDS):
        seen, raw, count = _mean_points(unit, weight, chance, y)
        level, _, size = isotonic(raw, np.append(1e6, count[1:]))
        fitted = np.repeat(level, size)
        miss = y - fitted[np.clip(np.searchsorted(seen, unit, side="right") - 1, 0, seen.size - 1)]
        odds = chance * np.exp(-np.minimum(miss**2 / (2 * noise**2), 500))
        weight = odds / np.tile(np.maximum(odds[: here.size] + odds[here.size :], 1e-300), 2)
    return replace(
        curve,
        times=seen.astype(float),
        survival=np.clip(fitted, 0, 1),
        raw=raw,
        noise=noise,
        weight=count,
        whole=True,
    )


def _mean_points(
    unit: np.ndarray, weight: np.ndarray, chance: np.ndarray, y: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Units with clicks, mean click and weight of each; time 0 is known. A unit that lost its
    clicks to others keeps the likeliest.
    """
    weight, order = weight.copy(), np.argsort(chance, kind="stable")
    likeliest = dict(zip(unit[order].tolist(), order.tolist()))
    count = np.bincount(unit, weight)
    held = [click for k, click in likeliest.items() if k and count[k] < LEAST < chance[click]]
    weight[held] = LEAST
    count = np.bincount(unit, weight)
    seen = np.append(0, np.flatnonzero(count[1:] >= LEAST / 2) + 1)
    mean = np.bincount(unit, weight * y)[seen[1:]] / count[seen[1:]]
    return seen, np.append(1.0, mean), np.append(1.0, count[seen[1:]])


def share_at_units(curve: CleanCurve, blur: float) -> tuple[float, float]:
    """(share, standard error): how much of the curve's fall comes at whole units rather than
    evenly, by least squares.

    Each click is taken less the mean of those within half a unit, and so are the two curves it may
    have come from: one that falls evenly at the local rate and one that falls at whole units, each
    click missing in time by ``blur``.
    """
    times, gap = curve.times, np.diff(curve.times, prepend=0.0)
    near = max(int(np.rint(0.5 / _usual_gap(times))), 1)
    if times.size <= 2 * near + 2:
        return 0.0, np.inf
    rate = _mean(-np.diff(curve.survival, prepend=1.0), REACH) / np.maximum(
        _mean(gap, REACH), 1e-12
    )
    units = np.arange(1, int(times[-1]) + 1)
    passed = ndtr((times[:, None] - units) / blur).sum(1)
    high, even, steps = (x - _mean(x, near) for x in (curve.raw, times, passed))
    inner = slice(near, times.size - near)
    apart, miss = (-rate * (steps - even))[inner], (high + rate * even)[inner]
    size = float(apart @ apart)
    if size == 0:
        return 0.0, np.inf
    share = float(apart @ miss) / size
    return share, float(np.sqrt(np.mean((miss - share * apart) ** 2) / size))


def _usual_gap(times: np.ndarray) -> float:
    """Median gap between points, in units; of several at one time, as where times are rounded, the mean
    gap.
    """
    gap = float(np.median(np.diff(times)))
    return gap if gap > 0 else float(times[-1] - times[0]) / max(times.size - 1, 1)


def _mean(values: np.ndarray, reach: int) -> np.ndarray:
    """Mean of each value and its `reach` neighbours on either side; at the ends those missing count
    as 0.
    """
    window = np.full(2 * reach + 1, 1 / (2 * reach + 1))
    return np.convolve(values, window)[reach : reach + values.size]


def on_units(times: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Event times moved up to whole units, or down where a printed time (rising ``edges``, the
    first 0) comes before the unit's end.
    """
    up, down = np.ceil(times - 1e-9), np.floor(times)
    place = np.searchsorted(edges, times, side="right")
    start, end = edges[place - 1], np.append(edges, np.inf)[place]
    return np.where(up < end, up, np.where(down >= start, down, times))
