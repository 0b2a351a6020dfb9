"""Which draws of two curves that were estimated apart go together, where one curve cannot lie above
the other: progression-free survival and survival.

Paired at random, draws cross that no patients could follow. Among all ways to pair them, the one
under which the inner curves exceed the outer ones least is an assignment problem (Kuhn 1955; solved
as in Crouse 2016). Both sets of draws stay as they are; only their connection is new.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

# Crossings so small are left to chance, so that draws that never cross stay paired at random; a
# share of one unit of time.
JITTER = 1e-5
# Draws of the inner curve that are compared at once: so few that the table stays in the processor's cache.
BLOCK = 32


def crossing_time(
    inner: Sequence[np.ndarray], outer: Sequence[np.ndarray], weights: np.ndarray
) -> np.ndarray:
    """Time by which each draw of the inner curve exceeds each draw of the outer one, summed over
    arms: (draws inside, draws outside).

    ``inner``, ``outer``: values of the curves of each arm, (draws, times). ``weights``: of the
    times, (times,), their unit is that of the result.
    """
    total = np.zeros((len(inner[0]), len(outer[0])), np.float32)
    above = np.empty((BLOCK, len(outer[0])), np.float32)
    for within, around in zip(inner, outer, strict=True):
        within = within.astype(np.float32)
        by_time = np.ascontiguousarray(around.T, np.float32)
        for start in range(0, len(within), BLOCK):
            rows = within[start : start + BLOCK]
            part, sums = above[: len(rows)], total[start : start + BLOCK]
            for k, weight in enumerate(weights.astype(np.float32)):
                np.subtract(rows[:, k, None], by_time[k], out=part)
                np.maximum(part, 0, out=part)
                np.multiply(part, weight, out=part)
                sums += part
    return total


def least_crossing(
    inner: Sequence[np.ndarray],
    outer: Sequence[np.ndarray],
    weights: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """The draw of the outer curves that goes with each draw of the inner ones, (draws,): each is
    used once. Arguments as in ``crossing_time``; as many draws of one as of the other.
    """
    size = len(inner[0])
    if len(outer[0]) != size:
        raise ValueError(
            f"{size} draws of the inner curves and {len(outer[0])} of the outer: give as many."
        )
    cost = crossing_time(inner, outer, weights) + JITTER * rng.random((size, size), np.float32)
    # The best pairs are the same in any order; from curves that fit many to those that fit few, the
    # outer ones as rows, they are found in less than half the time.
    inside, outside = cost.mean(axis=1).argsort(), cost.mean(axis=0).argsort()
    found = linear_sum_assignment(cost.T[np.ix_(outside, inside)])[1]
    pairs = np.empty(size, int)
    pairs[inside[found]] = outside
    return pairs
