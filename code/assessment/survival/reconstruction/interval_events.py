"""Events and losses between printed numbers where single steps cannot be told apart.

With G(t) the share not yet lost, n S(t) G(t) patients are at risk. Where a number is printed, G is
known; in between it is interpolated (monotone cubic), and a gap over which S falls by f holds
n G f events. How losses pile up between printed numbers and before the end of the curve is the
largest unknown of a reconstruction; a printed total of events tells something about it.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from assessment.survival.reconstruction.loss_shares import shares_not_lost, times_at_equal_steps
from assessment.survival.reconstruction.points.smoothing import MonotoneCubic

# Of those under observation after the last printed number, the share not lost before the end of the
# curve, when nothing is known of losses before it; and how unsure that share is in any case.
STAY, STAY_SD = 0.5, 0.3
# Standard deviation of the bend of losses within an interval, beyond chance (share -> share + bend
# x share (1 - share)).
BEND_SD = 0.2
# Error of the curve's level that a total may correct, in click errors; how much an interval may be
# scaled for it, and from how few events.
LEVEL_NOISE, MOST_SCALED, FEWEST = 0.4, 3.0, 0.2


class IntervalEvents:
    """Intervals 0..k-1 of an arm, each from one printed number to the next; the last may be open.

    times, survival: (m,) points of these intervals, the first at time 0; place: (m,) interval of
    each; edges (k + 1,), starts, ends (k,): times and printed numbers; open_end: the last interval
    has no number at its end; whole: events come at the points themselves, not between them. asked:
    (k,) events the curve asks for if nobody were lost.
    """

    def __init__(
        self,
        times: np.ndarray,
        survival: np.ndarray,
        place: np.ndarray,
        edges: np.ndarray,
        starts: np.ndarray,
        ends: np.ndarray,
        open_end: bool,
        noise: float,
        whole: bool = False,
    ):
        self.times, self.place, self.edges = times, place, edges
        self.starts, self.ends, self.open_end = starts, ends, open_end
        k, n = starts.size, float(starts[0])
        drop = np.diff(-np.log(np.maximum(survival, 0.3 / n)), prepend=0.0)
        hazard = np.bincount(place, drop, minlength=k)
        self.asked = starts * -np.expm1(-hazard)
        stay = shares_not_lost(np.append(starts, ends[-1]), hazard, noise)
        self.remain = STAY
        if open_end and k > 1:
            # Losses go on at the rate of the interval before.
            self.remain = min(
                (stay[k - 1] / stay[k - 2])
                ** ((edges[k] - edges[k - 1]) / (edges[k - 1] - edges[k - 2])),
                0.95,
            )
        for i in range(k):
            if open_end and i == k - 1:
                stay[i + 1] = stay[i] * self.remain
            elif ends[i] > 0 and hazard[i] > 0:
                # The printed number is right; the points give way.
                drop[place == i] *= (
                    max(np.log(starts[i] / ends[i] * stay[i + 1] / stay[i]), 0.0) / hazard[i]
                )
        self.stay = stay
        self.survival = np.exp(-np.cumsum(drop))
        self.fall = n * -np.diff(self.survival, prepend=1.0)
        # At whole units, those lost at a time are still at risk for the events of that time.
        clock = (lambda t: np.maximum(np.ceil(t) - 1, 0)) if whole else (lambda t: t)
        smooth = (
            MonotoneCubic(clock(edges), stay)
            if k > 1 and np.all(np.diff(clock(edges)) > 0)
            else lambda t: np.interp(t, clock(edges), stay)
        )
        self._smooth = lambda t: smooth(clock(t))
        at = self._smooth(times)
        self.share = self._share(
            at if whole else np.concatenate([[1.0], (at[:-1] + at[1:]) / 2]), place
        )
        # Which way the unknowns move the number of events, and how far they may go.
        room = stay[place] - stay[place + 1]
        pull = -np.bincount(place, self.fall * room * self.share * (1 - self.share), minlength=k)
        lost = np.maximum(
            starts - ends - np.bincount(place, self._events(0.0, np.zeros(k), 0.0), minlength=k),
            1.0,
        )
        variance = BEND_SD**2 + 3 / lost  # 3 / lost: uniform times of that many losses
        last = place == k - 1
        pull_end = float(np.sum((self.fall * stay[k - 1] * self.share)[last])) if open_end else 0.0
        stay_sd = STAY_SD * min(2 * (1 - self.remain), 1.0)
        self.bend, self.bend_end = variance * pull, stay_sd**2 * pull_end
        self.variance = float(np.sum(variance * pull**2) + stay_sd**2 * pull_end**2)
        self.amount, self.factor, self.noise = 0.0, np.ones(k), noise
        # A point stands at each printed time.
        self.levels = np.append(
            1.0, self.survival[np.searchsorted(place, np.arange(k), side="right") - 1]
        )

    def _share(self, stay: np.ndarray, place: np.ndarray) -> np.ndarray:
        high, low = self.stay[place], self.stay[place + 1]
        return np.clip((high - stay) / np.maximum(high - low, 1e-12), 0, 1)

    def _bent(
        self, share: np.ndarray, place: np.ndarray, amount: float, bend: np.ndarray
    ) -> np.ndarray:
        return np.clip(share + amount * bend[place] * share * (1 - share), 0, 1)

    def _end(self, amount: float, bend_end: float) -> float:
        return float(np.clip(self.remain + amount * bend_end, 0, 1))

    def _events(self, amount: float, bend: np.ndarray, bend_end: float) -> np.ndarray:
        high, low = self.stay[self.place], self.stay[self.place + 1]
        if self.open_end:
            k = self.starts.size
            low = np.where(self.place == k - 1, self.stay[k - 1] * self._end(amount, bend_end), low)
        return self.fall * (high - (high - low) * self._bent(self.share, self.place, amount, bend))

    def expected(self) -> np.ndarray:
        """Events, not whole, in the gap before each point."""
        return self._events(self.amount, self.bend, self.bend_end) * self.factor[self.place]

    def total_variance(self) -> float:
        """Variance of the total of the expected events, from the losses' and the clicks' errors."""
        pull = self._by_level().sum(0) * LEVEL_NOISE * self.noise
        return self.variance + float(pull @ pull)

    def match_total_events(self, total: float) -> None:
        """Move the expected events towards `total`; losses and the curve's levels give way, each as far
        as it is unsure: the mean of Gaussian deviations given their sum.
        """
        slope = self._by_level()
        pull = slope.sum(0) * (LEVEL_NOISE * self.noise) ** 2
        variance, miss = self.total_variance(), total - self.expected().sum()
        by_levels = variance - self.variance
        if abs(miss) < 0.02 or variance <= 0:
            return
        levels = miss * by_levels / variance
        self._bend_to(total - levels)
        if by_levels > 0:
            more = slope @ pull * levels / by_levels
            events = np.bincount(self.place, self.expected(), minlength=self.starts.size)
            self.factor = np.clip(1 + more / np.maximum(events, FEWEST), 0, MOST_SCALED)

    def _by_level(self) -> np.ndarray:
        """(k, k + 1) slope of each interval's events in the curve's level at each edge.

        Of (at risk / level at the start + the same at the end) / 2 x fall of the level: the printed
        numbers stay.
        """
        s, k, i = np.maximum(self.levels, 1e-3), self.starts.size, np.arange(self.starts.size)
        left = np.append(self.starts, self.ends[-1]).astype(float)
        if self.open_end:
            left[-1] = self.starts[0] * s[-1] * self.stay[-1]
        slope = np.zeros((k, k + 1))
        slope[i, i] = left[1:] / s[1:] / 2 + left[:-1] * s[1:] / s[:-1] ** 2 / 2
        slope[i, i + 1] = -left[:-1] / s[:-1] / 2 - left[1:] * s[:-1] / s[1:] ** 2 / 2
        slope[:, 0] = 0  # everybody is at risk at time 0
        return slope

    def _bend_to(self, total: float) -> None:
        """Bend the losses, each as far as it is unsure, so that the expected events come to `total`
        if they can.
        """

        def excess(amount: float) -> float:
            self.amount = amount
            return self.expected().sum() - total

        miss = -excess(0.0)
        if abs(miss) < 0.02 or self.variance <= 0:
            return
        far = 64 * miss / self.variance
        if excess(far) * miss > 0:
            self.amount = brentq(
                excess, min(0.0, far), max(0.0, far), xtol=1e-3 * abs(miss) / self.variance
            )

    def whole_events(self, total: int | None = None, alive: bool = True) -> np.ndarray:
        """(k,) whole events per interval; total: their sum, where met; alive: someone is left at the end."""
        expected = self.expected()
        if total is not None and expected.sum() > 0:
            expected = expected * total / expected.sum()
        sums = np.cumsum(np.bincount(self.place, expected, minlength=self.starts.size))
        events = np.diff(np.rint(sums), prepend=0.0).astype(int)
        most = (self.starts - self.ends).astype(int)
        if self.open_end and alive:
            most[-1] -= 1
        events = np.clip(events, 0, most)
        while total is not None and events.sum() != total:
            miss = total - events.sum()
            left = most - events if miss > 0 else events
            if not left.any():
                if self.open_end and miss > 0 and events[-1] == most[-1] and alive:
                    most[-1], alive = most[-1] + 1, False
                    continue
                break
            i = int(np.argmax(left))
            events[i] += np.sign(miss) * min(abs(miss), max(left[i] // 2, 1))
        return events

    def to_patients(self, events: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(event times, censoring times) with this many events in each interval."""
        expected = np.maximum(self.expected(), 0)
        died, lost = [], []
        for i, d in enumerate(events):
            start, end = self.edges[i], self.edges[i + 1]
            inside = self.place == i
            t = np.concatenate([[start], self.times[inside & (self.times > start)]])
            t = t if t[-1] >= end else np.append(t, end)
            sums = (
                np.interp(t, self.times[inside], np.cumsum(expected[inside]), left=0.0)
                if inside.any()
                else t - start
            )
            last = self.open_end and i == self.starts.size - 1
            latest = end if last else end - 1e-9 * (end - start)
            died.append(np.minimum(times_at_equal_steps(t, sums - sums[0], d), latest))
            count = int(self.starts[i] - self.ends[i] - d)
            if count > 0:
                lost.append(self._loss_times(t, i, count, last))
        return np.concatenate(died), np.concatenate(lost) if lost else np.array([])

    def _loss_times(self, t: np.ndarray, i: int, count: int, last: bool) -> np.ndarray:
        start, end = self.edges[i], self.edges[i + 1]
        place = np.full(t.size, i)
        gone = np.maximum.accumulate(
            self._bent(self._share(self._smooth(t), place), place, self.amount, self.bend)
        )
        alive = np.interp(t, self.times, self.survival)
        sums = np.concatenate([[0.0], np.cumsum(np.diff(gone) * (alive[:-1] + alive[1:]) / 2)])
        if not last:
            return np.minimum(times_at_equal_steps(t, sums, count), end - 1e-9 * (end - start))
        on_the_way = (
            sums[-1]
            / max(alive[0], 1e-12)
            * self.starts[i]
            * (1 - self._end(self.amount, self.bend_end))
        )
        on_the_way = int(min(np.rint(on_the_way), count - 1))
        return np.concatenate(
            [times_at_equal_steps(t, sums, on_the_way), np.full(count - on_the_way, end)]
        )
