"""Overall survival diluted by control patients who go over to the treatment, with patient data: the
rank-preserving structural failure time model (RPSFTM). Without such data: module ``dilution``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import (
    SHARES,
    as_numbers,
    count,
    number,
)
from assessment.survival.distributions.special_functions import Z_975
from assessment.survival.estimation.event_marks import (
    event_marks,
    patient_times,
    same_length,
    two_arms,
)
from assessment.survival.estimation.nonparametric import cox_hazard_ratio, logrank_z


@dataclass(frozen=True)
class RPSFTM:
    """psi: log acceleration (untreated time = off + exp(psi) on; psi < 0: treatment prolongs life).

    low, high: 95 % limits by the log-rank test (may be nan: not reached within the search range).
    roots: every psi at which the statistic crosses zero (more than one: not identified).
    """

    psi: float
    low: float
    high: float
    roots: tuple[float, ...]

    @property
    def acceleration_factor(self) -> float:
        """exp(-psi): by what factor treatment stretches remaining time."""
        return float(np.exp(-self.psi))


@taking(share_treated=SHARES, psi=number(low=-20, high=20))
def counterfactual(
    time: np.ndarray,
    event: np.ndarray,
    share_treated: np.ndarray,
    psi: float,
    censoring: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Untreated times (n,) and events at psi, recensored (White et al. 1999, Stat Med 18:2617).

    share_treated: fraction of time spent on treatment; censoring: (n,) administrative censoring
    time of each patient, known for all; None: no recensoring.
    """
    time, share = patient_times(time), np.ravel(share_treated)
    same_length(time=time, share_treated=share)
    untreated = time * (1 - share + share * np.exp(psi))
    event = event_marks(event).astype(int)
    same_length(time=time, event=event, share_treated=share)
    if censoring is None:
        return untreated, event
    limit = patient_times(censoring)
    same_length(time=time, censoring=limit)
    limit = limit * min(1.0, np.exp(psi))
    return np.minimum(untreated, limit), np.where(untreated <= limit, event, 0)


@taking(low=number(low=-20, high=20), high=number(low=-20, high=20), grid=count(2, 10_000))
def rpsftm(
    time: np.ndarray,
    event: np.ndarray,
    arm: np.ndarray,
    share_treated: np.ndarray,
    censoring: np.ndarray | None = None,
    low: float = -2.0,
    high: float = 2.0,
    grid: int = 81,
) -> RPSFTM:
    """G-estimation of psi: the value at which untreated times do not differ between arms
    (log-rank).

    time, event, arm, share_treated, censoring: (n,); arm 1 randomised to treatment. Common
    treatment effect is assumed: the same factor whenever treatment starts. Recensoring applies to
    arms in which treatment varies. low, high, grid: range of psi searched and how many values of it
    are tried first. Raises ValueError when shares lie outside 0 to 1, or no psi balances the arms.
    """
    time, event, arm = two_arms(time, event, arm)
    share = as_numbers("share_treated", share_treated).ravel()
    same_length(time=time, share_treated=share)
    if not np.all((share >= 0) & (share <= 1)):
        raise ValueError(
            "share_treated must lie between 0 and 1: time on treatment over time observed."
        )
    varies = np.array([np.ptp(share[arm == a]) > 0 for a in (0, 1)])

    def statistic_at(psi: float) -> float:
        u, d = counterfactual(time, event, share, psi, censoring)
        if censoring is not None:
            # An arm in which nobody switches needs no recensoring.
            plain = counterfactual(time, event, share, psi)
            keep = ~varies[arm.astype(int)]
            u, d = np.where(keep, plain[0], u), np.where(keep, plain[1], d)
        return logrank_z(u, d, arm)

    if not low < high:
        raise ValueError(f"low {low:g} and high {high:g}: give a range of psi, low below high.")
    values = np.linspace(low, high, grid)
    statistic = np.array([statistic_at(v) for v in values])

    def crossings(level: float) -> list[float]:
        hit = np.flatnonzero((statistic[:-1] - level) * (statistic[1:] - level) <= 0)
        return [
            (
                float(
                    optimize.brentq(
                        lambda v: statistic_at(v) - level, values[i], values[i + 1], xtol=1e-7
                    )
                )
                if (statistic[i] - level) * (statistic[i + 1] - level) < 0
                else float(values[i])
            )
            for i in hit
        ]

    roots = crossings(0.0)
    if not roots:
        raise ValueError(
            f"no psi between {low:g} and {high:g} balances the arms. Widen the range; if that fails"
            " the data do not identify psi."
        )
    ends = sorted(crossings(-Z_975) + crossings(Z_975))
    below, above = [x for x in ends if x <= roots[0]], [x for x in ends if x >= roots[-1]]
    psi = roots[int(np.argmin(np.abs(roots)))] if len(roots) > 1 else roots[0]
    return RPSFTM(
        psi, below[-1] if below else float("nan"), above[0] if above else float("nan"), tuple(roots)
    )


def treatment_policy_hazard_ratio(
    time: np.ndarray, event: np.ndarray, arm: np.ndarray
) -> tuple[float, float, float]:
    """Intention-to-treat Cox hazard ratio of patient data, for the column beside an adjusted one:
    (estimate, low, high).
    """
    log_hr, se = cox_hazard_ratio(time, event, arm)
    estimate, low, high = (float(np.exp(log_hr + k * Z_975 * se)) for k in (0, -1, 1))
    return estimate, low, high
