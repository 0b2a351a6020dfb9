"""Trials with crossover simulated from a known effect, to show what an adjustment with patients'
data recovers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from assessment.survival.comparison.crossover import RPSFTM, rpsftm


@dataclass(frozen=True)
class Recovered:
    """True acceleration factor of one simulated trial (above 1: treatment prolongs life), and its
    estimates.
    """

    truth: float
    ignored: RPSFTM
    adjusted: RPSFTM


def switching_trial(
    psi: float, n: int, crossing: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """One trial: (time, event, arm, share of time treated, censoring time), each (n,); months.

    Untreated survival is Weibull (shape 1.2, scale 20); a fraction ``crossing`` of the control arm
    starts treatment between 2 and 8 months if alive; from the start of treatment on, time runs
    slower by exp(psi). Administrative censoring at 15–40 months.
    """
    arm = np.arange(n) % 3 > 0
    untreated = 20 * rng.weibull(1.2, n)
    start = np.where(arm, 0.0, np.where(rng.random(n) < crossing, rng.uniform(2, 8, n), np.inf))
    time = np.where(
        untreated <= start,
        untreated,
        start + (untreated - np.minimum(start, untreated)) * np.exp(-psi),
    )
    cut = rng.uniform(15, 40, n)
    event, time = (time <= cut).astype(int), np.minimum(time, cut)
    return time, event, arm.astype(int), np.clip(time - start, 0, None) / time, cut


def recover(factors: Iterable[float], n: int, crossing: float, seed: int) -> list[Recovered]:
    """One simulated trial for each true acceleration factor, analysed with crossover ignored and
    with the RPSFTM.
    """
    recovered = []
    for i, factor in enumerate(factors):
        time, event, arm, share, cut = switching_trial(
            -np.log(factor), n, crossing, np.random.default_rng([seed, i])
        )
        ignored = rpsftm(time, event, arm, arm.astype(float), cut, low=-1.4, high=1.4, grid=29)
        recovered.append(
            Recovered(
                float(factor),
                ignored,
                rpsftm(time, event, arm, share, cut, low=-1.4, high=1.4, grid=29),
            )
        )
    return recovered
