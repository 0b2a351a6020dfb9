"""Kaplan–Meier, two-arm Cox and log-rank in plain numpy, and the tables and panels made of them.

Tested against lifelines, and used in place of it because resampling, reconstruction and
rank-preserving models call them thousands of times.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import special

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import as_numbers, count, numbers
from assessment.evidence.arguments.result_tables import ShownAsTable
from assessment.survival.estimation.event_marks import (
    event_marks,
    fraction,
    patient_times,
    same_length,
    two_arms,
)

# Information of the log hazard ratio below which the partial likelihood only levels off.
NO_MAXIMUM = 1e-8


@dataclass(frozen=True, eq=False)
class KaplanMeier(ShownAsTable):
    """Product-limit estimate. All (m,), at the distinct event times.

    times; at_risk just before; events; survival just after; variance of log survival (Greenwood).
    last: longest follow-up. n: patients.
    """

    times: np.ndarray
    at_risk: np.ndarray
    events: np.ndarray
    survival: np.ndarray
    log_variance: np.ndarray
    last: float
    n: int

    def to_frame(self) -> pd.DataFrame:
        """time, at_risk, events, survival, low, high: one row for each event time, 95 % limits."""
        low, high = self.interval()
        columns = (self.times, self.at_risk, self.events, self.survival, low, high)
        names = ("time", "at_risk", "events", "survival", "low", "high")
        return pd.DataFrame(dict(zip(names, columns)))

    @taking(t=numbers(infinite=True))
    def at(self, t: ArrayLike) -> np.ndarray:
        """S(t), right-continuous; t any shape."""
        return np.concatenate([[1.0], self.survival])[np.searchsorted(self.times, t, side="right")]

    def interval(self, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
        """Pointwise (low, high), log-log transform (Kalbfleisch & Prentice), at `times`. ValueError
        for a level that is no fraction.
        """
        z = special.ndtri(0.5 + fraction(level) / 2)
        with np.errstate(all="ignore"):
            log_s = np.log(self.survival)
            half = z * np.sqrt(self.log_variance) / np.abs(log_s)
            low, high = np.exp(log_s * np.exp(half)), np.exp(log_s * np.exp(-half))
        dead = self.survival == 0
        return np.where(dead, 0.0, low), np.where(dead, np.nan, high)

    def quantile(self, p: float = 0.5) -> float:
        """First time at which S <= 1 - p (inf if never); p a fraction, or ValueError."""
        p = fraction(p, "p")
        return _first(self.times, self.survival <= 1 - p + 1e-12)

    def median_interval(self, level: float = 0.95) -> tuple[float, float]:
        """(low, high) of the median by inverting the log-log interval (Brookmeyer & Crowley 1982);
        inf if not reached.
        """
        low, high = self.interval(level)
        return _first(self.times, low <= 0.5), _first(
            self.times, np.nan_to_num(high, nan=0.0) <= 0.5
        )

    def rmst(self, horizon: ArrayLike) -> np.ndarray:
        """Area under the curve to each horizon; held flat after the last step. ValueError for what is
        no horizon.
        """
        horizon = as_numbers("horizon", horizon)
        if not np.all((horizon >= 0) & (horizon < np.inf)):
            raise ValueError(f"horizon {np.min(horizon):g}: give finite times of 0 or more.")
        starts = np.concatenate([[0.0], self.times])
        ends = np.append(self.times, np.inf)
        width = np.clip(horizon[..., None] - starts, 0, ends - starts)
        return width @ np.concatenate([[1.0], self.survival])


def _first(times: np.ndarray, condition: np.ndarray) -> float:
    hit = np.flatnonzero(condition)
    return float(times[hit[0]]) if hit.size else np.inf


def kaplan_meier(durations: ArrayLike, observed: ArrayLike) -> KaplanMeier:
    """Kaplan–Meier curve from (n,) times and (n,) 1 event / 0 censored; censored after events at
    ties. ValueError for what is no time or no mark.
    """
    durations, observed = patient_times(durations), event_marks(observed)
    same_length(durations=durations, observed=observed)
    ordered = np.sort(durations)
    times, events = np.unique(durations[observed], return_counts=True)
    at_risk = durations.size - np.searchsorted(ordered, times, side="left")
    with np.errstate(divide="ignore"):
        survival = np.cumprod(1 - events / at_risk)
        variance = np.cumsum(events / (at_risk * np.maximum(at_risk - events, 0.0)))
    return KaplanMeier(
        times, at_risk, events, survival, variance, float(ordered[-1]), durations.size
    )


def at_risk_table(durations: ArrayLike, times: ArrayLike) -> np.ndarray:
    """Number still under observation just before each time (KMunicate: the row under a curve).
    ValueError for what is no time.
    """
    return _at_risk(patient_times(durations), patient_times(times).reshape(np.shape(times)))


def _at_risk(durations: np.ndarray, times: np.ndarray) -> np.ndarray:
    ordered = np.sort(durations)
    return ordered.size - np.searchsorted(ordered, times, side="left")


def cox_hazard_ratio(
    durations: ArrayLike, observed: ArrayLike, treated: ArrayLike
) -> tuple[float, float]:
    """Two-arm Cox: (log hazard ratio treated/control, its standard error), Efron ties.

    durations, observed, treated: (n,). Newton on the partial likelihood. Returns (±inf, inf)
    when one arm has no events, or all its events come before or after those of the other so that
    the likelihood has no maximum. ValueError for what is no time, no mark or no second arm, and
    where there are no events.
    """
    time, event, arm = two_arms(durations, observed, treated)
    if not event.any():
        raise ValueError("no events: there is no hazard ratio without one.")
    times, index = np.unique(time[event > 0], return_inverse=True)
    events = np.bincount(index, minlength=times.size)
    treated_events = np.bincount(index, arm[event > 0], minlength=times.size)
    if treated_events.sum() in (0, events.sum()):
        return (np.inf if treated_events.sum() else -np.inf), np.inf
    n1 = _at_risk(time[arm > 0], times).astype(float)
    n0 = _at_risk(time[arm == 0], times).astype(float)
    # Efron: the k-th of d tied deaths sees the tied deaths with weight 1 - k/d.
    row = np.repeat(np.arange(times.size), events)
    k = np.arange(row.size) - np.repeat(np.cumsum(events) - events, events)
    part = k / events[row]
    a = n1[row] - part * treated_events[row]
    b = n0[row] - part * (events - treated_events)[row]
    beta = 0.0
    for _ in range(50):
        share = a * np.exp(beta) / (a * np.exp(beta) + b)
        information = np.sum(share * (1 - share))
        step = (treated_events.sum() - share.sum()) / information
        beta += np.clip(step, -2, 2)
        if abs(step) < 1e-12:
            break
    if information < NO_MAXIMUM:
        return float(np.copysign(np.inf, beta)), np.inf
    return float(beta), float(information**-0.5)


def logrank_z(durations: ArrayLike, observed: ArrayLike, treated: ArrayLike) -> float:
    """Log-rank statistic, observed minus expected events of the treated over its standard
    deviation. ValueError as ``cox_hazard_ratio``.
    """
    time, event, arm = two_arms(durations, observed, treated)
    if not event.any():
        raise ValueError("no events: there is nothing to compare.")
    times, index = np.unique(time[event > 0], return_inverse=True)
    events = np.bincount(index, minlength=times.size).astype(float)
    treated_events = np.bincount(index, arm[event > 0], minlength=times.size)
    n1 = _at_risk(time[arm > 0], times).astype(float)
    n = n1 + _at_risk(time[arm == 0], times)
    expected = events * n1 / n
    variance = events * (n1 / n) * (1 - n1 / n) * (n - events) / np.maximum(n - 1, 1)
    return float((treated_events - expected).sum() / np.sqrt(variance.sum()))


def hazard_panels(
    durations: ArrayLike, observed: ArrayLike, pieces: int = 10
) -> dict[str, np.ndarray]:
    """What NICE DSU TSD 14 and 21 ask to look at before choosing a family.

    Returns a dict: log_time, log_cumulative_hazard (m,) – straight and parallel arms suggest
    Weibull with proportional hazards; log_odds, probit (m,) – straight: log-logistic, lognormal;
    hazard_time, hazard, hazard_low, hazard_high (pieces,) – events over time at risk between
    quantiles of the event times, with exact Poisson 95 % limits. ValueError as ``kaplan_meier``, and
    without an event.
    """
    durations, observed = patient_times(durations), event_marks(observed)
    km = kaplan_meier(durations, observed)
    pieces = count(0, 1000)("pieces", pieces)
    if not (pieces >= 1 and observed.any()):
        raise ValueError(
            f"{pieces} pieces, {observed.sum()} events: hazards need at least one of each."
        )
    keep = (km.survival > 0) & (km.survival < 1)
    s, t = km.survival[keep], km.times[keep]
    edges = np.unique(
        np.concatenate([[0.0], np.quantile(durations[observed], np.linspace(0, 1, pieces + 1)[1:])])
    )
    exposure = (
        np.clip(durations[:, None], edges[:-1], edges[1:]).sum(0) - durations.size * edges[:-1]
    )
    seen = np.histogram(durations[observed], np.append(edges[:-1], edges[-1] + 1e-9))[0]
    return {
        "log_time": np.log(t),
        "log_cumulative_hazard": np.log(-np.log(s)),
        "log_odds": np.log((1 - s) / s),
        "probit": special.ndtri(1 - s),
        "hazard_time": (edges[:-1] + edges[1:]) / 2,
        "hazard": seen / exposure,
        "hazard_low": (
            special.chdtri(2 * np.maximum(seen, 0.5), 0.975) / 2 / exposure * (seen > 0)
        ),
        "hazard_high": special.chdtri(2 * (seen + 1), 0.025) / 2 / exposure,
    }
