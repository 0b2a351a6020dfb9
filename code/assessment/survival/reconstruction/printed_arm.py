"""An arm's points in its intervals between printed numbers at risk, smoothed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from assessment.survival.reconstruction.points.digitised_points import CleanCurve
from assessment.survival.reconstruction.points.known_levels import levels_without_losses
from assessment.survival.reconstruction.points.smoothing import smooth_points
from assessment.survival.reconstruction.steps.step_events import STEP_TO_NOISE


@dataclass(frozen=True, eq=False)
class PrintedArm:
    """An arm's points and its k intervals between printed numbers; the last may be open.

    curve: the points. table: as printed. edges: (k + 1,) times. starts, ends: (k,) printed numbers.
    open_end: the last interval ends with the curve, without a number. noise: s.d. of a point.
    """

    curve: CleanCurve
    table: np.ndarray
    edges: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    open_end: bool
    noise: float

    @classmethod
    def of(cls, curve: CleanCurve, table: np.ndarray) -> PrintedArm:
        """The intervals of ``curve`` between the printed numbers of ``table``, (k, 2) time, patients."""
        end = max(curve.times[-1], table[-1, 0])
        open_end = bool(end > table[-1, 0] or len(table) == 1)
        edges = np.append(table[:, 0], end) if open_end else table[:, 0]
        ends = np.append(table[1:, 1], 0) if open_end else table[1:, 1]
        return cls(
            curve, table, edges, table[: ends.size, 1], ends, open_end, max(curve.noise, 3e-4)
        )

    def smoothed_with_edges(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Times, survival and weight of the smoothed curve with a point at every printed time. Where
        nobody was lost before a printed number, the curve goes through that number.
        """
        smooth = self._smoothed()
        if smooth is self.curve.survival or self.curve.whole:
            return self.with_edges(smooth)
        times, levels = levels_without_losses(self.curve.times, smooth, self.table, self.noise)
        if not times.size:
            return self.with_edges(smooth)
        known = replace(self, curve=_through(self.curve, times, levels))
        return known.with_edges(known._smoothed())

    def _smoothed(self) -> np.ndarray:
        """Smoothed survival at the curve's points; exact points stay as they are."""
        curve, table, t = self.curve, self.table, self.curve.times
        exact = curve.whole and self.noise * table[0, 1] < 1 / STEP_TO_NOISE
        if curve.corners or curve.noise == 0 or exact:
            return curve.survival
        at_risk = np.interp(t, table[:, 0], table[:, 1])
        late = t > table[-1, 0]
        if len(table) == 1 or late.any():
            at_last = max(np.interp(table[-1, 0], t, curve.survival), 1e-9)
            at_risk = np.where(late, at_risk * np.maximum(curve.survival / at_last, 0.05), at_risk)
        return smooth_points(t, curve.raw, curve.survival, at_risk, self.noise, curve.weight)

    def with_edges(self, survival: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Times, survival and weight of the curve with a point at every at-risk time, so that no gap
        straddles one.
        """
        curve, printed = self.curve, self.table[:, 0]
        inner = np.setdiff1d(printed[(printed > 0) & (printed < curve.times[-1])], curve.times)
        place = np.searchsorted(curve.times, inner)
        flat = curve.corners or curve.whole
        value = survival[place - 1] if flat else np.interp(inner, curve.times, survival)
        weight = np.ones(curve.times.size) if curve.weight is None else curve.weight
        return (
            np.insert(curve.times, place, inner),
            np.insert(survival, place, value),
            np.insert(weight, place, 0.0),
        )


def _through(curve: CleanCurve, times: np.ndarray, levels: np.ndarray) -> CleanCurve:
    """The curve with points of no error put in."""
    place = np.searchsorted(curve.times, times)
    weight = np.ones(curve.times.size) if curve.weight is None else curve.weight
    return replace(
        curve,
        times=np.insert(curve.times, place, times),
        survival=np.insert(curve.survival, place, np.interp(times, curve.times, curve.survival)),
        raw=np.insert(curve.raw, place, levels),
        weight=np.insert(weight, place, np.inf),
    )
