"""Where few are left and single steps stand out: events and losses by search over whole numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from assessment.survival.reconstruction.points.smoothing import MonotoneCubic
from assessment.survival.reconstruction.steps.beam_search import Beam, beam_search

# Times, survival, weight and interval of points; edges, starts and ends of intervals.
Points = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]
# Of the patients who leave after the last printed number without an event, the share expected to
# leave before the end.
ON_THE_WAY = 0.7
# Share of patients that stays under observation over an interval without losses, at most.
LIKELY_STAY = 0.95
# Single steps are told apart once a step is this many errors of a point high.
STEP_TO_NOISE = 3.0
# Most patients who leave between two printed numbers, for a search that ends in time.
MOST_LEAVING = 200


def first_with_clear_steps(
    times: np.ndarray,
    survival: np.ndarray,
    weight: np.ndarray,
    place: np.ndarray,
    edges: np.ndarray,
    starts: np.ndarray,
    ends: np.ndarray,
    noise: float,
) -> int:
    """The first interval from which single steps stand out from the points' errors, which are larger
    where the curve is steep; how many there are if they do in none. Arguments as of StepEvents.
    """
    step = np.interp(edges[:-1], times, survival) / np.maximum(starts, 1)
    most = np.maximum.accumulate((starts - ends)[::-1])[::-1]
    points = np.bincount(place, weight > 0, ends.size)
    spread = np.bincount(place, 1 / np.where(weight > 0, weight, np.inf), ends.size)
    error = noise * np.sqrt(spread / np.maximum(points, 1))
    clear = np.flatnonzero((step > STEP_TO_NOISE * error) & (most <= MOST_LEAVING))
    return int(clear[0]) if clear.size else ends.size


class StepEvents:
    """Intervals from `first` to the end of an arm, searched together.

    times, survival, weight: (m,) isotonic points, weight 0 where a point was only put in; place:
    (m,) interval of each; edges, starts, ends: of all intervals; noise: s.d. of a point.
    """

    def __init__(
        self,
        times: np.ndarray,
        survival: np.ndarray,
        weight: np.ndarray,
        place: np.ndarray,
        edges: np.ndarray,
        starts: np.ndarray,
        ends: np.ndarray,
        first: int,
        open_end: bool,
        noise: float,
    ):
        self.times, self.edges, self.first = times, edges, first
        self.starts, self.ends = starts, ends
        self.open_end, self.noise = open_end, noise
        self.inside = [np.flatnonzero((place == k) & (times > 0)) for k in range(ends.size)]
        level = np.maximum(np.interp(edges, times, survival), 1e-3)
        share = _share_of_losses(times, survival, edges, starts, ends)
        rows, size, foreseen, stops, mean = [], [], [], [], []
        for k in range(first, ends.size):
            index, last = self.inside[k], open_end and k == ends.size - 1
            if not index.size:
                continue
            p, room = survival[index], starts[k] - ends[k]
            # A block starts where the smoothed curve falls; a printed time stands alone.
            fall = np.diff(p, prepend=np.inf) < 0
            if not last:
                fall[-1] = True
            head = np.flatnonzero(fall)
            ratio = max(p[-1] / max(survival[index[0] - 1], 1e-12), 1e-6)
            losses = (
                room * (1 - min(np.log(1 / ratio) / np.log(starts[k] / max(ends[k], 0.5)), 1))
                if room
                else 0.0
            )
            if last:
                losses *= ON_THE_WAY
                if k > 0:
                    # Losses go on at the rate of the interval before.
                    stayed = ends[k - 1] / max(starts[k - 1], 1) * level[k - 1] / level[k]
                    longer = (edges[k + 1] - edges[k]) / (edges[k] - edges[k - 1])
                    losses = min(losses, starts[k] * (1 - min(stayed, LIKELY_STAY) ** longer))
            rows.append(index[head])
            mean.append(p[head])
            size.append(np.add.reduceat(weight[index], head))
            foreseen.append(np.diff(share(times[index[head]], k), prepend=0.0) * max(losses, 0.3))
            mark = np.full(head.size, np.nan)
            if not last:
                mark[-1] = ends[k]
            stops.append(mark)
        self.rows = np.concatenate(rows) if rows else np.array([], int)
        self._blocks = [
            np.concatenate(x) if rows else np.array([]) for x in (mean, size, foreseen, stops)
        ]

    def search(self, level: float) -> Beam | None:
        """Candidates that start at this survival; None if the numbers at risk leave no room."""
        mean, size, foreseen, stops = self._blocks
        start = int(self.starts[self.first])
        return beam_search(mean, size, foreseen, stops, level, start, self.noise)

    def to_patients(self, events: np.ndarray, losses: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(event times, censoring times) of one candidate."""
        gaps = np.zeros(self.times.size, int)
        gaps[self.rows] = events
        died, lost = [], []
        for k in range(self.first, self.ends.size):
            index = self.inside[k]
            at = np.isin(self.rows, index)
            count = int(self.starts[k] - self.ends[k] - gaps[index].sum())
            stop = self._stop(k)
            died.append(np.minimum(self._between(self.rows[at], gaps[self.rows[at]], k), stop))
            lost.append(
                self._losses(self.rows[at], losses[at].astype(int), events[at], count, k, stop)
            )
        return np.concatenate(died), np.concatenate(lost)

    def _between(self, index: np.ndarray, events: np.ndarray, k: int) -> np.ndarray:
        """Event times within the gap before each point, evenly, never across an at-risk time."""
        index, count = index[events > 0], events[events > 0]
        before = np.maximum(self.times[np.maximum(index - 1, 0)], self.edges[k])
        row = np.repeat(np.arange(index.size), count)
        rank = np.arange(row.size) - np.repeat(np.cumsum(count) - count, count)
        return before[row] + (self.times[index] - before)[row] * (rank + 0.5) / count[row]

    def _stop(self, k: int) -> float:
        """Latest time in an interval: those of whom a number at its end counts nobody leave before it."""
        start, end = self.edges[k], self.edges[k + 1]
        open_end = self.open_end and k == self.ends.size - 1
        return float(end if open_end else end - 1e-9 * (end - start))

    def _losses(
        self,
        index: np.ndarray,
        losses: np.ndarray,
        events: np.ndarray,
        count: int,
        k: int,
        stop: float,
    ) -> np.ndarray:
        """Times of losses counted in the gap before each point; what is left leaves after the last
        point.
        """
        start, times = self.edges[k], []
        since = np.concatenate([[start], self.times[index[:-1]]]) if index.size else index
        for a, i, c, d in zip(since, index, losses, events):
            if c > 0:
                # Up to the first event of this step, which may come anywhere in the gap before its point.
                b = max(self.times[i - 1], start)
                b += (self.times[i] - b) * (0.5 / d if d else 1.0)
                times.append(a + (b - a) * (np.arange(c) + 0.5) / c)
        counted = np.minimum(np.concatenate(times), stop) if times else np.array([])
        if count <= counted.size:
            return counted[: max(count, 0)]
        return np.concatenate([counted, np.full(count - counted.size, stop)])


def _share_of_losses(
    times: np.ndarray,
    survival: np.ndarray,
    edges: np.ndarray,
    starts: np.ndarray,
    ends: np.ndarray,
) -> Callable[[np.ndarray, int], np.ndarray]:
    """share(t, k): part of the losses of interval k gone by time t, smooth across the printed
    times.

    Losses are first taken from constant hazards of event and loss within each interval.
    """
    level = np.maximum(np.interp(edges, times, survival), 1e-3)
    with np.errstate(all="ignore"):
        part = np.log(level[:-1] / level[1:]) / np.log(starts / np.maximum(ends, 0.5))
    lost = (starts - ends) * (1 - np.clip(np.where(np.isfinite(part), part, 0), 0, 1))
    gone = np.concatenate([[0.0], np.cumsum(lost)])
    smooth = MonotoneCubic(edges, gone) if edges.size > 2 else None

    def share(t: np.ndarray, k: int) -> np.ndarray:
        a, b = edges[k], edges[k + 1]
        if smooth is None or lost[k] < 1e-9:
            return (t - a) / (b - a)
        return np.clip((smooth(t) - gone[k]) / (gone[k + 1] - gone[k]), 0, 1)

    return share
