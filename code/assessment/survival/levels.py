"""Whole numbers of events and losses behind coarse steps, block by block."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Beam:
    """Candidates: events, losses (b, g) per block, total (g,) events, cost (g,): -2 log likelihood, up to a constant."""

    events: np.ndarray
    losses: np.ndarray
    total: np.ndarray
    cost: np.ndarray

    def median(self):
        """(events, losses) (b,) of the cheapest candidate with the median total, candidates weighted by likelihood."""
        cheapest = {int(self.total[i]): int(i) for i in np.argsort(-self.cost)}
        totals = np.array(sorted(cheapest))
        cost = self.cost[[cheapest[d] for d in totals]]
        weight = np.cumsum(np.exp(-(cost - cost.min()) / 2))
        i = cheapest[int(totals[np.searchsorted(weight, weight[-1] / 2)])]
        return self.events[:, i], self.losses[:, i]


def beam_levels(mean, size, expected, stops, level, start, noise, width=32):
    """Events and losses flat stretch by flat stretch, where single steps stand out from the noise.

    mean, size: (b,) isotonic blocks of clicks; expected: (b,) losses foreseen in the gap before each;
    stops: (b,) number at risk printed at this point (size 0), else nan. Beam search over (at risk,
    events so far); cost: squared standardised distance of level and block mean - 2 log Poisson
    probability of the losses. Returns a Beam; None if stuck.
    """
    n, done = np.array([float(start)]), np.array([0.0])
    s, cost = np.array([float(level)]), np.array([0.0])
    history = []
    for aim, weight, rate, stop in zip(mean.tolist(), size.tolist(), expected.tolist(), stops.tolist()):
        rate, edge = max(rate, 0.02), stop == stop
        first = 0 if edge else max(int(rate - 2 * rate**0.5), 0)
        c = np.zeros(1, int) if edge else np.arange(first, int(rate + 2 * rate**0.5) + 3)
        fee = 0.0 if edge else 2 * (rate - c * np.log(rate) + _LOG_FACTORIAL[c])
        left = n[:, None] - c
        best = np.floor(left * (1 - aim / np.maximum(s, 1e-12)[:, None]))[..., None]
        d = np.maximum(best + _NEAR, 0)
        left = left[..., None]
        after = left - d
        now = s[:, None, None] * (1 - d / np.maximum(left, 1))
        total = (cost[:, None] + fee)[..., None] + weight * ((now - aim) / noise) ** 2
        ok = (after >= (stop if edge else 0)) & ((best + _NEAR >= 0) | (_NEAR == 2))
        if edge:
            lost = np.maximum(after - stop, 0).astype(int)
            total = total + 2 * (rate - lost * np.log(rate) + _LOG_FACTORIAL[np.minimum(lost, 1999)])
        flat = np.where(ok, total, np.inf).ravel()
        order = np.argsort(flat)[: 4 * width]
        order = order[np.isfinite(flat[order])]
        if order.size == 0:
            return None
        parent, choice = np.divmod(order, c.size * _NEAR.size)
        dd, cc = d.ravel()[order], c[choice // _NEAR.size].astype(float)
        nn = after.ravel()[order]
        if edge:
            cc, nn = nn - stop, np.full(nn.size, stop)
        key = nn * 8192 + done[parent] + dd
        keep = np.sort(np.unique(key, return_index=True)[1])[:width]
        history.append((parent[keep], dd[keep], cc[keep]))
        parent = parent[keep]
        n, done, s, cost = nn[keep], done[parent] + dd[keep], now.ravel()[order[keep]], flat[order[keep]]
    events, losses = np.zeros((len(history), n.size)), np.zeros((len(history), n.size))
    at = np.arange(n.size)
    for i in range(len(history) - 1, -1, -1):
        parent, d, c = history[i]
        events[i], losses[i] = d[at], c[at]
        at = parent[at]
    return Beam(events.astype(int), losses.astype(int), done.astype(int), cost)


_NEAR = np.array([-1, 0, 1, 2])
_LOG_FACTORIAL = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, 2000)))])
