"""The share of patients not yet lost at each printed time, times at equal steps of a rising sum, and
survival after rebuilt patients."""

from __future__ import annotations

import numpy as np

from assessment.survival.estimation.nonparametric import kaplan_meier

# Error of the smoothed curve at a printed time, in click errors; how many standard errors losses
# must stand out.
EDGE_NOISE, NO_LOSS = 0.6, 2.0


def shares_not_lost(numbers: np.ndarray, hazard: np.ndarray, noise: float) -> np.ndarray:
    """Share not lost at each printed time, never rising: (k + 1,); the last is 0 where nobody is
    left.

    numbers: (k + 1,) at risk; hazard: (k,) of each interval. Numbers over n S, pooled where they
    rise by noise, and where they fall by less than NO_LOSS standard errors: losses are not read out
    of noise.
    """
    survival = np.exp(-np.concatenate([[0.0], np.cumsum(hazard)]))
    known = np.flatnonzero(numbers > 0)
    value = np.log(numbers[known] / numbers[0]) - np.log(survival[known])
    weight = (survival[known] / (EDGE_NOISE * noise)) ** 2
    weight[0] = 1e12
    blocks: list[tuple[float, float, int]] = []
    # No isotonic regression does this: neighbours are pooled also where they fall by too little.
    for mean, w in zip(value.tolist(), weight.tolist()):
        size = 1
        while blocks and blocks[-1][0] - mean < NO_LOSS / np.sqrt(min(w, blocks[-1][1])):
            before, w_before, size_before = blocks.pop()
            mean = (before * w_before + mean * w) / (w_before + w)
            w, size = w_before + w, size_before + size
        blocks.append((mean, w, size))
    stay = np.zeros(numbers.size)
    stay[known] = np.exp(np.minimum(np.repeat([b[0] for b in blocks], [b[2] for b in blocks]), 0.0))
    return stay


def times_at_equal_steps(t: np.ndarray, sums: np.ndarray, count: int) -> np.ndarray:
    """`count` times at equal steps of the rising sums; evenly in time where nothing rises."""
    if count <= 0:
        return np.array([])
    if sums[-1] <= 0:
        sums = t - t[0]
    return np.interp(
        (np.arange(count) + 0.5) / count * sums[-1],
        sums + 1e-12 * sums[-1] * np.arange(sums.size),
        t,
    )


def level_after(died: np.ndarray, lost: np.ndarray, left: float) -> float:
    """Rebuilt survival after these patients, `left` more still at risk."""
    late = np.full(int(left), 2 * max(died.max(initial=0), lost.max(initial=0)) + 1)
    km = kaplan_meier(
        np.concatenate([died, lost, late]),
        np.concatenate([np.ones(died.size), np.zeros(lost.size + late.size)]),
    )
    return float(km.survival[-1]) if died.size else 1.0
