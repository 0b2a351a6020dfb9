"""Whole numbers of events and losses behind coarse steps, block by block."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import log

import numpy as np


@dataclass(frozen=True, eq=False)
class Beam:
    """Candidates: events, losses (b, g) per block, total (g,) events, cost (g,): -2 log likelihood,
    up to a constant.
    """

    events: np.ndarray
    losses: np.ndarray
    total: np.ndarray
    cost: np.ndarray

    def median(self, among: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        """(events, losses) (b,) of the cheapest candidate with the median total, candidates weighted by
        likelihood; among: (g,) which candidates.
        """
        order = np.argsort(-self.cost)
        order = order if among is None else order[among[order]]
        cheapest = {int(self.total[i]): int(i) for i in order}
        totals = np.array(sorted(cheapest))
        cost = self.cost[[cheapest[d] for d in totals]]
        weight = np.cumsum(np.exp(-(cost - cost.min()) / 2))
        i = cheapest[int(totals[np.searchsorted(weight, weight[-1] / 2)])]
        return self.events[:, i], self.losses[:, i]

    def given_rest(
        self, rest: int, most: float, expected: float, variance: float
    ) -> tuple[np.ndarray, np.ndarray] | None:
        """The median of candidates that leave 0 to `most` of `rest` events to the intervals before, where
        so many are expected with this variance; None if none does.
        """
        left = rest - self.total
        cost = self.cost + (left - expected) ** 2 / variance
        among = (left >= 0) & (left <= most) & (cost <= self.cost.min() + TOO_DEAR)
        return replace(self, cost=cost).median(among) if among.any() else None

    def with_total(self, total: int) -> tuple[np.ndarray, np.ndarray] | None:
        """(events, losses) (b,) of the cheapest candidate with this total; None if none has it that comes
        near the cheapest of all.
        """
        same = np.flatnonzero((self.total == total) & (self.cost <= self.cost.min() + TOO_DEAR))
        if not same.size:
            return None
        i = same[np.argmin(self.cost[same])]
        return self.events[:, i], self.losses[:, i]


def beam_search(
    mean: np.ndarray,
    size: np.ndarray,
    expected: np.ndarray,
    stops: np.ndarray,
    level: float,
    start: int,
    noise: float,
    width: int = 32,
) -> Beam | None:
    """Events and losses flat stretch by flat stretch, where single steps stand out from the noise.

    mean, size: (b,) isotonic blocks of points: their mean survival and how many points; expected:
    (b,) losses foreseen in the gap before each; stops: (b,) number at risk printed at this point
    (size 0), else nan; level, start: survival and patients at risk at the beginning; noise: s.d. of
    a point; width: candidates kept. Beam search over (at risk, events so far); cost: squared
    standardised distance of level and block mean - 2 log Poisson probability of the losses. Returns
    a Beam; None if stuck.
    """
    n, done = np.array([float(start)]), np.array([0.0])
    s, cost = np.array([float(level)]), np.array([0.0])
    history = []
    # Losses in a gap: within two standard deviations of what is foreseen; into a printed number:
    # what is left over.
    rate = np.maximum(expected, 0.02)
    first = np.maximum(rate - 2 * rate**0.5, 0).astype(int)
    count = (rate + 2 * rate**0.5).astype(int) + 3 - first
    losses = first[:, None] + np.arange(count.max(initial=0))
    fees = 2 * (
        rate[:, None] - losses * np.log(rate)[:, None] + _LOG_FACTORIAL[np.minimum(losses, 1999)]
    )
    none, free = np.zeros(1), np.zeros(1)
    for i, (aim, weight, stop, k) in enumerate(
        zip(mean.tolist(), (size / noise**2).tolist(), stops.tolist(), count.tolist())
    ):
        edge = stop == stop
        c, fee = (none, free) if edge else (losses[i, :k], fees[i, :k])
        # Axes: the whole number of events below or above what the level asks for, candidate,
        # losses.
        left = n[:, None] - c
        near = np.floor(left * (1 - aim / np.maximum(s, 1e-12))[:, None])
        d = np.maximum([near, near + 1], 0)
        after = left - d
        now = s[:, None] * (1 - d / np.maximum(left, 1))
        total = weight * (now - aim) ** 2 + (cost[:, None] + fee)
        if edge:
            lost = np.maximum(after - stop, 0).astype(int)
            total += 2 * (rate[i] - lost * log(rate[i]) + _LOG_FACTORIAL[np.minimum(lost, 1999)])
        # Not below zero or the printed number; no count of events twice.
        total[after < (stop if edge else 0)] = np.inf
        total[0][near < 0] = np.inf
        flat = total.ravel()
        best = flat.argpartition(4 * width)[: 4 * width] if flat.size > 4 * width else None
        order = flat.argsort() if best is None else best[flat[best].argsort()]
        ranked = flat[order]
        order = order[: ranked.searchsorted(ranked[0] + TOO_FAR)]
        if order.size == 0:
            return None
        # The cheapest way to each (at risk, events so far).
        parent, gone, remain = order // c.size % n.size, d.ravel()[order], after.ravel()[order]
        key = ((0 if edge else remain * 8192) + done[parent] + gone).tolist()
        keep = np.array(sorted(dict(zip(key[::-1], range(len(key) - 1, -1, -1))).values())[:width])
        parent, gone, remain = parent[keep], gone[keep], remain[keep]
        here = np.full(keep.size, stop) if edge else remain
        history.append((parent, gone, n[parent] - gone - here))
        n, done, s, cost = here, done[parent] + gone, now.ravel()[order[keep]], ranked[keep]
    events, losses = np.zeros((len(history), n.size)), np.zeros((len(history), n.size))
    at = np.arange(n.size)
    for i in range(len(history) - 1, -1, -1):
        parent, d, c = history[i]
        events[i], losses[i] = d[at], c[at]
        at = parent[at]
    return Beam(events.astype(int), losses.astype(int), done.astype(int), cost)


# A printed total this far from the cheapest candidate says that the search went astray.
TOO_DEAR = 6.0
# Candidates dearer than the cheapest by this much are dropped: their weight is below 1e-8.
TOO_FAR = 40.0
_LOG_FACTORIAL = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, 2000)))])
