"""Weights of draws that meet given means with the least change of the draws' distribution.

Among all weights under which the draws' features have the means asked for, those of least relative
entropy to the weights given are exponential in the features: w ∝ w0 exp(λ · x) (Csiszár 1975,
Annals of Probability 3:146–158; for draws of a posterior, Robertson, Tallman & Whiteman 2005,
Journal of Money, Credit and Banking 37:383–401).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import logsumexp

STEPS, HALVINGS = 100, 40
REACHED = 1e-9  # largest distance of a mean from the one asked for, in standard deviations


@dataclass(frozen=True, eq=False)
class Tilted:
    """Weights of draws after tilting.

    ``weights``: (draws,), sum 1. ``multipliers``: λ, one for each feature, per unit of the feature.
    ``effective``: how many draws of equal weight would tell a mean as exactly (Kish). ``entropy``:
    relative entropy to the weights before, in nats; 0 where nothing had to move.
    """

    weights: np.ndarray
    multipliers: np.ndarray
    effective: float
    entropy: float


def tilted(features: ArrayLike, means: ArrayLike, before: ArrayLike | None = None) -> Tilted:
    """Weights under which the ``features`` (draws, k) have the ``means`` (k,), nearest to the
    weights ``before`` (draws,; equal ones if left out).

    Newton's method on the dual, log Σ w0 exp(λ · (x − means)), which is convex. ValueError where no
    weights reach the means: they lie outside what the draws span, or at its edge.
    """
    x, asked = np.asarray(features, float), np.asarray(means, float)
    prior = np.full(len(x), 1.0) if before is None else np.asarray(before, float)
    with np.errstate(divide="ignore"):
        log_prior = np.log(prior / prior.sum())
    scale = np.maximum(x.std(axis=0), 1e-300)
    away = (x - asked) / scale

    def dual(at: np.ndarray) -> float:
        return float(logsumexp(log_prior + away @ at))

    multipliers = np.zeros(x.shape[1])
    value = dual(multipliers)
    for _step in range(STEPS):
        weights = np.exp(log_prior + away @ multipliers - value)
        mean = weights @ away
        if np.abs(mean).max(initial=0.0) < REACHED:
            left = weights > 0
            entropy = np.sum(weights[left] * (np.log(weights[left]) - log_prior[left]))
            return Tilted(
                weights / weights.sum(),
                multipliers / scale,
                float(weights.sum() ** 2 / np.sum(weights**2)),
                float(entropy),
            )
        spread = (away - mean).T @ ((away - mean) * weights[:, None])
        step = -np.linalg.lstsq(spread, mean, rcond=None)[0]
        for _halving in range(HALVINGS):
            lower = dual(multipliers + step)
            if lower < value + 1e-14:
                break
            step = step / 2
        multipliers, value = multipliers + step, lower
    raise ValueError(
        f"no weights of the {len(x)} draws have the means {asked.tolist()}: they lie outside what the"
        " draws span. Ask for fewer, or draw more widely."
    )
