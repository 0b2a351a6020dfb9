"""Candidate pairs of curves: from coordinates, standard normal before the data (that of visits:
given how printed times lie), to both arms' curves, patients, visits and follow-up.

What is printed only says where to look: medians have a flat prior on the log scale, and patients
that are printed have no spread. Assumptions about shapes and follow-up stand in module
`calibration_prior`, those about visits in module `visits`.
"""

from dataclasses import dataclass

import numpy as np

from assessment.survival.calibration.likelihood import LEAST_AT_RISK, level, place_on, times_read
from assessment.survival.calibration.prior import (
    followed,
    nearly_all_gone,
)

# Between two printed points the curve is drawn at most this many times as steep, or as flat, as the
# candidate; rounds for levels that depend on it.
MOST_DRAWN, ROUNDS = 1.5, 3
# Power of the hazard with which its variance goes between printed points.
SKEW = 2 / 3


@dataclass(frozen=True, eq=False)
class Expected:
    """What one arm's trial would show on average, on a grid of k times: each (size, k).

    hazard: increments of the cumulative hazard. left: patients expected at risk; at_risk: the same,
    at least LEAST_AT_RISK, to divide by. variance: of the trial's increments (Greenwood). levels:
    {place in `readings.PLACES`: cumulative hazard (size,) of the trial's curve at the time printed
    for it}. log_skewness: (size,) what the skewness of the times to these levels adds to the log
    density.
    """

    hazard: np.ndarray
    left: np.ndarray
    at_risk: np.ndarray
    variance: np.ndarray
    levels: dict
    log_skewness: np.ndarray


@dataclass(frozen=True, eq=False)
class Candidates:
    """Pairs of one family. Per arm "t" and "c": curves, log_median (size,), patients (size, 1),
    marks: [lower limit, median, upper limit] or None each.

    t: (k,) grid of times, with every mark on it. follow_up: for `followed`. interval: (size,)
    between visits, 0 without. log_prior: (size,), what the flat priors of the medians add to the
    normal density of the coordinates.
    """

    t: np.ndarray
    marks: dict
    curves: dict
    log_median: dict
    patients: dict
    follow_up: dict
    interval: np.ndarray
    log_prior: np.ndarray

    def expected(self, arm, kind) -> Expected:
        """The arm's trial on the grid. kind: (size,) which interval of the curve the median's
        limits were read from (index of `readings.INTERVALS`).

        Patients at risk are those of the curve that was seen: the candidate's, drawn through the
        printed points. Of two levels d events apart the hazard between has a gamma density, which a
        normal one with the candidate's own variance takes for too steep. With a variance that goes
        as the power SKEW = 2/3 of the hazard, and its slope counted for 2/3 less, the normal agrees
        with the gamma to the third order (expand both about d).
        """
        h = np.minimum(self.curves[arm].cumulative_hazard(self.t), 300.0)
        hazard = np.maximum(np.diff(h, axis=-1, prepend=0.0), 0.0)
        followed_up = self.patients[arm] * followed(self.t, self.follow_up)
        drawn, levels, log_skewness = self._drawn(arm, kind, hazard, followed_up)
        shown = hazard * drawn
        left = followed_up * np.exp(shown - np.cumsum(shown, 1))
        at_risk = np.maximum(left, LEAST_AT_RISK)
        # The trial's curve ends with its last patient.
        variance = np.where(left >= 1, hazard * drawn ** (1 - SKEW) / at_risk, 0.0)
        return Expected(hazard, left, at_risk, variance, levels, log_skewness)

    def _drawn(self, arm, kind, hazard, followed_up):
        """How many times as steep as the candidate's the curve was that was seen, (size, k), with
        levels and log_skewness of Expected.

        A limit's level depends on the patients at risk before it, and these on the curve through
        it: a few rounds settle both.
        """
        drawn, levels = np.ones_like(hazard), {}
        first, gone, variance, log_skewness = 0, *np.zeros((3, len(hazard)))
        for place, time in sorted(times_read(self.marks[arm]), key=lambda read: read[1]):
            part = slice(first, place_on(self.t, time) + 1)
            rise, steeper_by = hazard[:, part], np.ones(len(hazard))
            before, total = np.cumsum(rise, 1) - rise, np.maximum(rise.sum(1), 1e-12)
            for _ in range(ROUNDS):
                at_risk = np.maximum(
                    followed_up[:, part] * np.exp(-gone[:, None] - before * steeper_by[:, None]),
                    LEAST_AT_RISK,
                )
                more = steeper_by * np.sum(rise / at_risk, 1)
                levels[place] = level(place, np.sqrt(variance + more), kind)
                steeper_by = np.clip((levels[place] - gone) / total, 1 / MOST_DRAWN, MOST_DRAWN)
            drawn[:, part] = steeper_by[:, None]
            log_skewness += SKEW * np.log(steeper_by)
            first, gone, variance = part.stop, gone + total * steeper_by, variance + more
        return drawn, levels, log_skewness

    def last(self, arm) -> np.ndarray:
        """Share still without the event where nearly nobody is followed any more: (size,)."""
        at = np.clip(np.searchsorted(self.t, nearly_all_gone(self.follow_up)), 0, self.t.size - 1)
        return np.exp(-np.minimum(self.curves[arm].cumulative_hazard(self.t), 300.0))[
            np.arange(at.size), at
        ]
