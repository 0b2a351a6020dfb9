"""Digitised curves and numbers at risk: checking and tidying."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from assessment.evidence.arguments.number_arguments import as_numbers, shown
from assessment.survival.reconstruction.points.smoothing import pooled_points


@dataclass(frozen=True, eq=False)
class CleanCurve:
    """Points ready for reconstruction.

    times, survival: (m,) sorted, proportions, never rising, first point (0, 1). raw: (m,) the same
    points before monotone smoothing. noise: standard deviation of a point (S scale). corners: True
    when the points are exact step corners. corrections: what was changed, and how often. weight:
    (m,) points behind each, None for one each. whole: True when events come at whole units of
    time only.
    """

    times: np.ndarray
    survival: np.ndarray
    raw: np.ndarray
    noise: float
    corners: bool
    corrections: dict[str, int]
    weight: np.ndarray | None = None
    whole: bool = False


# Clicks this far before time 0, in lengths of the axis, are clicks on its start.
EARLY = 0.02
# Scatter of clicks around a falling curve beyond which something else is wrong than the clicking.
SCATTER = 0.03
# How far points rise and still fall by survival's law: with the errors of clicks on a flat curve.
RISE = 0.05
# Rounded times: this many points share a time, as many at each time but for this part of them.
SHARED, ALIKE = 3, 0.2


def as_pairs(values: Any, what: str, early: float = 0.0) -> np.ndarray:
    """(m, 2) float array from pairs, a 2-row array, a mapping or a data frame's first two columns.

    early: how far before time 0 a time may lie, in longest times. Raises ValueError for other shapes,
    what is no number, and times further before 0.
    """
    if isinstance(values, dict):
        values = list(values.items())
    a = as_numbers(what, values.to_numpy() if hasattr(values, "to_numpy") else values)
    if a.ndim == 2 and a.shape[1] != 2 and a.shape[0] == 2:
        a = a.T
    if a.ndim != 2 or a.shape[1] != 2 or len(a) == 0:
        raise ValueError(f"{what}: expected rows of two numbers, got an array of shape {a.shape}.")
    if not np.all(np.isfinite(a)):
        raise ValueError(
            f"{what}: row {int(np.argmin(np.isfinite(a).all(1)))} is not a number. Remove it or"
            " fill it in."
        )
    if np.any(a[:, 0] < -early * a[:, 0].max()):
        raise ValueError(f"{what}: time {a[:, 0].min():g} < 0. Calibrate the time axis again.")
    return a


def clean_points(points: Any, unit: str = "auto") -> CleanCurve:
    """Check and tidy digitised points into a CleanCurve.

    points: (m, 2) time, survival (proportion or percent). unit: "auto", "proportion", "percent".
    Clicks that rise are pooled by isotonic least squares, never dropped.
    """
    a = as_pairs(points, "points", EARLY)
    if len(a) < 3:
        raise ValueError(
            f"points: {len(a)} points make no curve. Digitise at least 3, better 60 or more."
        )
    t, s, unit = np.maximum(a[:, 0], 0.0), *_as_proportion(a[:, 1], unit)
    _refuse_other_curves(a)
    if s.min() < -0.02:
        raise ValueError(f"points: survival {s.min():g} < 0. Calibrate the survival axis again.")
    # Within one time, the upper corner comes first; points are otherwise in time order.
    order = np.lexsort((-s, t))
    moved = int(np.sum(np.diff(t) < 0))
    t, s = t[order], s[order]
    corrections = {
        "read as percent": int(unit == "percent"),
        "points out of time order": moved,
        "clicks before time 0 moved to it": int(np.sum(a[:, 0] < 0)),
        "clicks above 1 or below 0 moved to the limit": int(np.sum((s > 1) | (s < 0))),
    }
    again = np.append(False, (np.diff(t) == 0) & (np.diff(s) == 0))
    spread = None if again.sum() >= t.size - np.unique(t).size else _spread_rounded(t)
    if spread is None:
        corrections["points given again"] = int(again.sum())
        t, s = t[~again], s[~again]
    elif not _steps_only(t, s):
        corrections["points of a rounded time spread over it"] = int(np.sum(spread != t))
        t = spread
    added = t[0] > 0 or s[0] < 1 - 1e-9
    if added:
        t, s = np.concatenate([[0.0], t]), np.concatenate([[1.0], s])
    corrections["start (0, 1) added"] = int(added)
    rising = np.diff(s) > 1e-9
    corrections["clicks that rise, pooled"] = int(rising.sum())
    raw = s
    corners = not rising.any() and _steps_only(t, s)
    if corners:
        return CleanCurve(t, np.clip(s, 0, 1), raw, 0.0, True, corrections)
    smooth, noise, weight = pooled_points(t, s)
    return CleanCurve(t, np.clip(smooth, 0, 1), raw, noise, False, corrections, weight)


def _refuse_other_curves(a: np.ndarray) -> None:
    """Raises ValueError where (m, 2) points are no survival: they rise, as one minus survival does, or
    stand in swapped columns.
    """
    t, y = a[:, 0], a[:, 1]
    y = y[np.lexsort((-y, t))]
    size, share = np.abs(y).max(), max(len(y) // 10, 1)
    if y[-share:].mean() - y[:share].mean() > RISE * size:
        raise ValueError(
            f"points: the curve rises, from {y[:share].mean():.3g} to {y[-share:].mean():.3g}; survival"
            " falls. If it is one minus survival (a cumulative incidence), give 1 minus each value; else"
            " check that the columns are time, survival."
        )

    def looks_like_survival(values: np.ndarray) -> bool:
        return bool(any(0.98 * top <= values.max() <= 1.02 * top for top in (1, 100)))

    if looks_like_survival(t) and not looks_like_survival(y) and y[-1] <= 0.02 * size:
        raise ValueError(
            f"points: values fall from {y[0]:g} to {y[-1]:g} while times end at {t.max():g}: the columns"
            " look swapped. Give time first, then survival."
        )


def _spread_rounded(t: np.ndarray) -> np.ndarray | None:
    """Sorted times as before they were rounded, spread evenly over what rounds to each; None where
    they were not.

    Clicks at even distances put about as many on each rounded time; half as many at the two ends.
    """
    times, count = np.unique(t, return_counts=True)
    usual = np.median(count)
    if times.size < 3 or usual < SHARED or t.size < SHARED * times.size:
        return None
    gap = np.diff(times)
    uneven = np.abs(count[1:-1] - usual) > max(1, ALIKE * usual)
    if uneven.mean() > ALIKE or np.ptp(gap) > 0.1 * gap.min():
        return None
    width, index = np.median(gap), np.repeat(np.arange(times.size), count)
    rank = np.arange(t.size) - np.repeat(np.cumsum(count) - count, count)
    low, high = np.full(times.size, -0.5), np.full(times.size, 0.5)
    low[0], high[-1] = 0.0, 0.5 if count[-1] > 0.75 * usual else 0.0
    share = (rank + 0.5) / count[index]
    return times[index] + width * (low[index] + share * (high - low)[index])


def _as_proportion(s: np.ndarray, unit: str) -> tuple[np.ndarray, str]:
    top = s.max()
    if not isinstance(unit, str) or unit not in ("auto", "proportion", "percent"):
        raise ValueError(f"unit {shown(unit)}: use 'auto', 'proportion' or 'percent'.")
    if unit == "percent" and top <= 1.02:
        raise ValueError(
            f"points: unit is percent but no value exceeds {top:g}. Use unit='proportion' if they"
            " are proportions."
        )
    if unit == "proportion" and top > 1.02 or top > 102:
        raise ValueError(
            f"points: survival {top:g} > {'1' if top <= 102 else '100 %'}. Calibrate the survival"
            " axis again" + (", or pass unit='percent'." if top <= 102 else ".")
        )
    if unit == "auto" and 1.02 < top < 50:
        raise ValueError(
            f"points: the highest survival is {top:g}: > 1, and unclear as a percentage. "
            "Pass unit='percent' or correct the points."
        )
    percent = unit == "percent" or top > 1.02
    return s / 100 if percent else s, "percent" if percent else "proportion"


def _steps_only(t: np.ndarray, s: np.ndarray) -> bool:
    """True when survival changes only at repeated times, as exact step corners do."""
    drop = np.diff(s) < -1e-12
    vertical = np.diff(t) <= 1e-9 * t[-1]
    return bool(drop.any() and vertical[drop].mean() > 0.999)
