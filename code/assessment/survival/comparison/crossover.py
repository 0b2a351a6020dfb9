"""Overall survival diluted by control patients who go over to the treatment.

Two tools. With patient data: the rank-preserving structural failure time model (RPSFTM). Without:
a dilution model that says how far a printed hazard ratio may understate the effect, over a range
of assumptions – a map, not a number.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize

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
    time, share = patient_times(time), np.asarray(share_treated, float)
    untreated = time * (1 - share + share * np.exp(psi))
    event = event_marks(event).astype(int)
    if censoring is None:
        return untreated, event
    limit = np.asarray(censoring, float) * min(1.0, np.exp(psi))
    return np.minimum(untreated, limit), np.where(untreated <= limit, event, 0)


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
    share = np.asarray(share_treated, float)
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


def diluted_hazard_ratio(
    true_hr: ArrayLike,
    share_crossing: ArrayLike,
    delay: ArrayLike,
    carry_over: ArrayLike,
    control_rate: ArrayLike,
    horizon: float,
    hazard_shape: float = 1.0,
) -> np.ndarray:
    """Hazard ratio a trial would show when control patients go over to treatment.

    Dilution model: of the control arm a fraction `share_crossing` are those who go over, at `delay`
    (time from randomisation, if alive); from then on their hazard is control_hazard x (1 -
    carry_over (1 - true_hr)): carry_over 1 is the full effect, 0 none. Control hazard: Weibull of
    `hazard_shape` with rate `control_rate` = H(1). The ratio is the event-weighted (log-rank)
    average over 0..horizon, no other censoring. All arguments broadcast. ValueError for what is no
    ratio, share, time or rate.
    """
    args = np.broadcast_arrays(
        _given("hazard ratio", true_hr),
        _given("share_crossing", share_crossing, 1),
        _given("delay", delay),
        _given("carry_over", carry_over, 1),
        _given("control_rate", control_rate),
    )
    horizon, hazard_shape = float(_given("horizon", horizon)), float(_given("shape", hazard_shape))
    hr, share, start, carry, rate = (a[..., None] for a in args)
    edges = horizon * np.linspace(0, 1, 401)
    dh = rate * np.diff(edges**hazard_shape)
    middle = (edges[1:] + edges[:-1]) / 2
    later = np.where(middle >= start, 1 - carry * (1 - hr), 1.0)
    h_treated, h_stay, h_cross = hr * dh, dh, dh * later

    def alive(h: np.ndarray) -> np.ndarray:
        return np.exp(-(np.cumsum(h, -1) - h))

    s_t, s_c = alive(h_treated), (1 - share) * alive(h_stay) + share * alive(h_cross)
    d_c = (1 - share) * alive(h_stay) * h_stay + share * alive(h_cross) * h_cross
    rate_c = d_c / s_c
    ratio: np.ndarray = hr[..., 0]
    for _ in range(20):
        weight = s_t * s_c / (s_t * ratio[..., None] + s_c)
        ratio = np.sum(weight * h_treated, -1) / np.sum(weight * rate_c, -1)
    return ratio


def _given(name: str, values: ArrayLike, most: float = np.inf) -> np.ndarray:
    """An argument of the dilution model. Raises ValueError where one is below 0, above `most` or not
    finite.
    """
    found = np.asarray(values, float)
    wrong = ~((found >= 0) & (found <= most) & np.isfinite(found))
    if wrong.any():
        limits = "0 or more, and finite" if most == np.inf else f"between 0 and {most:g}"
        raise ValueError(f"{name} {found[wrong].flat[0]:g}: it is {limits}.")
    return found


def undiluted_hazard_ratio(
    observed_hr: ArrayLike,
    share_crossing: ArrayLike,
    delay: ArrayLike,
    carry_over: ArrayLike,
    control_rate: ArrayLike,
    horizon: float,
    hazard_shape: float = 1.0,
) -> np.ndarray:
    """The true hazard ratio that dilution would turn into `observed_hr`; nan where none in 0.01–100
    does.
    """
    given = (_given("hazard ratio", observed_hr), share_crossing, delay, carry_over, control_rate)
    observed, share, start, carry, rate = np.broadcast_arrays(
        *(np.asarray(x, float) for x in given)
    )
    low, high = np.full(observed.shape, np.log(0.01)), np.full(observed.shape, np.log(100.0))
    for _ in range(50):
        middle = (low + high) / 2
        seen = diluted_hazard_ratio(
            np.exp(middle), share, start, carry, rate, horizon, hazard_shape
        )
        low, high = np.where(seen < observed, middle, low), np.where(seen < observed, high, middle)
    undiluted = np.exp((low + high) / 2)
    return np.where((undiluted > 0.011) & (undiluted < 90), undiluted, np.nan)


def dilution_map(
    observed_hr: float,
    share_crossing: float,
    delays: ArrayLike,
    carry_overs: ArrayLike,
    control_rate: float,
    horizon: float,
    hazard_shape: float = 1.0,
) -> np.ndarray:
    """Undiluted hazard ratios over delays (rows) and carry-over of the effect (columns): (rows,
    columns).
    """
    d, c = np.meshgrid(np.asarray(delays, float), np.asarray(carry_overs, float), indexing="ij")
    return undiluted_hazard_ratio(
        observed_hr, share_crossing, d, c, control_rate, horizon, hazard_shape
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
