"""Indirect comparison through a common comparator, and risks of harm."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from scipy import special

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import ONE_LOOSE, number, shown
from assessment.survival.distributions.special_functions import Z_975
from assessment.survival.estimation.event_marks import fraction

# How far a printed ratio may lie from the middle of its limits: as rounding explains, and in
# standard errors.
ROUNDING, OFF_MIDDLE = 0.03, 0.5


@dataclass(frozen=True)
class Ratio:
    """A ratio (hazard, odds, risk) with 95 % limits; log_se on the log scale."""

    estimate: float
    low: float
    high: float

    def __post_init__(self):
        for name in ("estimate", "low", "high"):
            number()(f"{name} of a ratio", getattr(self, name))

    @property
    def log(self) -> float:
        """Natural log of the estimate."""
        return float(np.log(self.estimate))

    @property
    def log_se(self) -> float:
        """Standard error of the log, from the width of the 95 % limits."""
        return float(np.log(self.high / self.low) / (2 * Z_975))

    @classmethod
    @taking(log=number(low=-200, high=200), se=number(low=0, high=100))
    def from_log(cls, log: float, se: float) -> Ratio:
        """Ratio with 95 % limits from its log and the standard error of that."""
        return cls(
            float(np.exp(log)), float(np.exp(log - Z_975 * se)), float(np.exp(log + Z_975 * se))
        )


def bucher(
    a_vs_common: Ratio | tuple[float, float, float],
    b_vs_common: Ratio | tuple[float, float, float],
) -> Ratio:
    """A against B through a common comparator (Bucher et al. 1997, J Clin Epidemiol 50:683).

    a_vs_common, b_vs_common: Ratio, or (estimate, low, high) with 95 % limits. Valid only as far
    as the trials could have been one trial (transitivity). Raises ValueError where limits do not
    enclose their estimate, warns where it is far from their middle.
    """
    a, b = (_ratio(r) for r in (a_vs_common, b_vs_common))
    for r in (a, b):
        if not (0 < r.low <= r.estimate <= r.high < np.inf and r.low < r.high):
            raise ValueError(
                f"ratio {r.estimate:g} ({r.low:g} to {r.high:g}): the limits must enclose it, be above"
                " 0, finite and apart."
            )
        middle = np.sqrt(r.low * r.high)
        if abs(np.log(r.estimate / middle)) > ROUNDING + OFF_MIDDLE * r.log_se:
            warnings.warn(
                f"ratio {r.estimate:g} ({r.low:g} to {r.high:g}) is far from the middle of its limits"
                f" on the log scale ({middle:.3g}). Check all three against the source.",
                UserWarning,
                stacklevel=2,
            )
    return Ratio.from_log(a.log - b.log, np.hypot(a.log_se, b.log_se))


def _ratio(given: Ratio | tuple[float, float, float]) -> Ratio:
    """A Ratio, from one or from (estimate, low, high)."""
    if isinstance(given, Ratio):
        return given
    if np.shape(np.asarray(given, object)) != (3,):
        raise ValueError(f"a ratio is given as (estimate, low, high); found {shown(given)}")
    return Ratio(*given)


@dataclass(frozen=True)
class RiskDifference:
    """Risk difference treated - control with 95 % limits, and the number needed to harm.

    number_needed: 1/|difference|, None when there is none; number_low, number_high: its limits –
    when the interval of the difference includes 0 they are (number needed to harm, number needed
    to benefit) and run through infinity (Altman 1998, BMJ 317:1309): `crosses_zero`.
    """

    difference: float
    low: float
    high: float
    number_needed: float | None
    number_low: float
    number_high: float
    crosses_zero: bool


@taking(events_t=ONE_LOOSE, n_t=ONE_LOOSE, events_c=ONE_LOOSE, n_c=ONE_LOOSE)
def risk_difference(
    events_t: float, n_t: float, events_c: float, n_c: float, level: float = 0.95
) -> RiskDifference:
    """Newcombe's hybrid score interval (1998, Stat Med 17:873, method 10), sound with zero events.

    events_t of n_t patients treated, events_c of n_c in the control arm; level: of the interval.
    Raises ValueError when there are more events than patients.
    """
    for name, d, n in (("treated", events_t, n_t), ("control", events_c, n_c)):
        if not (n > 0 and 0 <= d <= n):
            raise ValueError(
                f"{name}: {d:g} events in {n:g} patients. Events must be between 0 and the patients"
                " at risk."
            )
    p, q = events_t / n_t, events_c / n_c
    (l1, u1), (l2, u2) = wilson(events_t, n_t, level), wilson(events_c, n_c, level)
    d = p - q
    low = d - np.sqrt((p - l1) ** 2 + (u2 - q) ** 2)
    high = d + np.sqrt((u1 - p) ** 2 + (q - l2) ** 2)
    number = None if d == 0 else 1 / abs(d)
    ends = [np.inf if x == 0 else 1 / abs(x) for x in (low, high)]
    return RiskDifference(
        float(d),
        float(low),
        float(high),
        number,
        min(ends) if low * high > 0 else ends[1],
        max(ends) if low * high > 0 else ends[0],
        bool(low * high <= 0),
    )


@taking(events=ONE_LOOSE, n=ONE_LOOSE)
def wilson(events: float, n: float, level: float = 0.95) -> tuple[float, float]:
    """Score interval of a proportion: (low, high), shares from 0 to 1.

    Wilson 1927; Newcombe 1998, Stat Med 17:857, method 3. events of n people, not whole where
    only a share is printed; level: of the interval, as a fraction. ValueError for more events than
    people, nobody at all, or a level that is no fraction.
    """
    if not (n > 0 and 0 <= events <= n and np.isfinite(n)):
        raise ValueError(
            f"{events:g} events in {n:g} people. Events must be between 0 and the people, of whom there"
            " is at least one."
        )
    z = special.ndtri(0.5 + fraction(level) / 2)
    centre, half = (
        (events + z**2 / 2) / (n + z**2),
        z * np.sqrt(events * (n - events) / n + z**2 / 4) / (n + z**2),
    )
    return float(max(centre - half, 0.0)), float(min(centre + half, 1.0))
