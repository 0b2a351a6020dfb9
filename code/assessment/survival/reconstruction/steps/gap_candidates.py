"""What explains the fall of a curve without error over one gap: events, patients at risk and losses."""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np
from scipy.special import gammaln

# Gaps of up to so many events, with up to so many losses between them, are tried in every order.
EVENTS, LOSSES = 5, 2
# Cost, -log likelihood, of numbers that fit a gap only if more is lost between its events.
ROUGH = 6.0
# Survival values that are not rounded are right to this much.
EXACT = 1e-9
# Candidates kept for a gap.
KEPT = 24
# The hazard at a gap is an average over this part of the axis to each side.
HAZARD_REACH = 0.1


def _patterns() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Events (p,), losses (p,), and patients gone before each event (p, EVENTS) of every order of both."""
    rows = []
    for d in range(1, EVENTS + 1):
        for lost in range(LOSSES + 1 if d > 1 else 1):
            for after in combinations_with_replacement(range(1, d), lost):
                rank = np.arange(EVENTS)
                gone = rank + np.sum([rank >= place for place in after], axis=0, initial=0)
                rows.append((d, lost, np.where(rank < d, gone, -1)))
    events, losses, gone = zip(*rows)
    return np.array(events), np.array(losses), np.array(gone)


D, LOST, GONE = _patterns()
# Stands for the pattern of any number of events without a loss between them.
IN_TURN = len(D)
# Log of losses' factorial and of the orders that share a number of events and losses.
_RARITY = np.log([max(c, 1) * np.sum((D == d) & (LOST == c)) for d, c in zip(D, LOST)])


def smooth_hazard(
    t: np.ndarray, s: np.ndarray, a: np.ndarray, b: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Cumulative hazard of the curve averaged over HAZARD_REACH of the axis to both sides, in the gaps from
    a to b and since the end of the gap before each; above 0, as the curve falls in every gap.
    """
    # The last fall, to 0, has no logarithm: half of the level before stands for it.
    summed = -np.log(np.maximum(s, s[s > 0].min() / 2))
    reach = HAZARD_REACH * t[-1]
    low, high = np.maximum(a - reach, 0), np.minimum(b + reach, t[-1])
    rate = (np.interp(high, t, summed) - np.interp(low, t, summed)) / (high - low)
    rate = np.maximum(rate, EXACT)
    return rate * np.maximum(b - a, EXACT * t[-1]), rate * (b - np.concatenate([[0.0], b[:-1]]))


def candidates(
    fall: np.ndarray,
    slack: np.ndarray,
    most: np.ndarray,
    least: np.ndarray,
    within: np.ndarray,
    hazard: tuple[np.ndarray, np.ndarray],
) -> list[np.ndarray] | None:
    """(c, 5) of each gap: events, at risk, losses between events, cost, row of the pattern or -1; None
    if a gap has none.

    hazard: cumulative hazards, of a smooth curve, in each gap and since the last of these gaps. Events
    follow a Poisson law too: 1 of 10 and 2 of 20 make the same fall, and are not as likely.
    """
    # All orders of few events at once: (gaps, patterns, offsets of the number at risk).
    first = np.ceil(D / (fall + slack)[:, None] - 1e-9)
    n = first[..., None] + np.arange(LOSSES + 2)
    left = np.ones(n.shape)
    for gone in GONE.T[:, :, None]:
        left *= np.where(gone >= 0, 1 - 1 / np.maximum(n - gone, 1), 1.0)
    fits = np.abs(1 - left - fall[:, None, None]) <= slack[:, None, None]
    fits &= (n <= most[:, None, None]) & (n - (D + LOST)[:, None] >= least[:, None, None])
    cost = within[:, None] - LOST * np.log(within)[:, None] + _RARITY
    gap, pattern, offset = np.nonzero(fits)
    tried = [D[pattern], n[gap, pattern, offset], LOST[pattern], cost[gap, pattern], pattern]
    more = (np.bincount(gap, minlength=fall.size) == 0) | (fall * most > EVENTS)
    rough_gap, rough = _rough(*(x[more] for x in (fall, slack, most, least, within)))
    found = np.concatenate([np.stack(tried, axis=1), rough])
    gap = np.concatenate([gap, np.flatnonzero(more)[rough_gap]])
    events, expected = found[:, 0], found[:, 1] * hazard[0][gap]
    found[:, 3] += found[:, 1] * hazard[1][gap] + gammaln(events + 1) - events * np.log(expected)
    order = np.lexsort((found[:, 3], gap))
    ends = np.cumsum(np.bincount(gap, minlength=fall.size))
    starts = np.concatenate([[0], ends[:-1]])
    if np.any(ends == starts):
        return None
    return [found[order[a : min(a + KEPT, b)]] for a, b in zip(starts, ends)]


def _rough(
    fall: np.ndarray, slack: np.ndarray, most: np.ndarray, least: np.ndarray, within: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """(gap, candidates (c, 5)) of gaps with more events than are tried in every order: a loss between d
    events at risk n makes the fall larger by about d / 2 n²; none lost, the fall is d / n.
    """
    if not fall.size:
        return np.zeros(0, int), np.zeros((0, 5))
    fall, slack, most, least, within = (
        x[:, None, None] for x in (fall, slack, most, least, within)
    )
    d = np.arange(1, int(np.max(fall * most)) + 2)[:, None]
    n = np.ceil(d / (fall + slack) - 1e-9) + np.arange(12)
    miss = fall - d / n
    lost = miss * n**2 / (d / 2)
    whole = np.rint(lost)
    log_factorial = np.where(whole > 1, whole * np.log(np.maximum(whole, 1)) - whole, 0.0)
    cost = within - whole * np.log(within) + log_factorial + 2 * (lost - whole) ** 2 + ROUGH
    fits = (np.abs(miss) <= slack) & (d > EVENTS)
    cost, whole = np.where(fits, within, cost), np.where(fits, 0.0, whole)
    keep = (n <= most) & (n >= d) & (n - d - whole >= least) & (fits | (lost > 0.5) & (d > 1))
    every = np.broadcast_arrays(d, n, whole, cost, np.where(fits, IN_TURN, -1))
    return np.nonzero(keep)[0], np.stack([x[keep] for x in every], axis=1)
