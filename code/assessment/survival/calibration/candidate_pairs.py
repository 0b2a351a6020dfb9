"""Candidate pairs of curves and what a trial would show under each on average.

Module `pair_coordinates` draws the pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assessment.survival.calibration.likelihood import (
    LEAST_AT_RISK,
    ExpectedTrial,
    level,
    place_on,
    times_read,
)
from assessment.survival.calibration.prior import nearly_all_gone
from assessment.survival.distributions.distribution import Distribution

# Between two printed points the curve is drawn at most this many times as steep, or as flat, as the
# candidate; rounds for levels that depend on it.
MOST_DRAWN, ROUNDS = 1.5, 3
# Beyond this nobody is left.
LARGEST_CUMULATIVE = 300.0
# Power of the hazard with which its variance goes between printed points.
SKEW = 2 / 3


@dataclass(frozen=True, eq=False)
class CandidatePairs:
    """Pairs of one family. Per arm "t" and "c": curves, log_median (size,), patients (size, 1),
    marks: [lower limit, median, upper limit] or None each.

    t: (k,) grid of times, with every mark on it. cumulative: the curves' cumulative hazard at them,
    (size, k), at most LARGEST_CUMULATIVE. follow_up: for `followed`. interval: (size,) between
    visits, 0 without. log_prior: (size,), what the flat priors of the medians add to the normal
    density of the coordinates.
    """

    t: np.ndarray
    marks: dict[str, list[float | None]]
    curves: dict[str, Distribution]
    cumulative: dict[str, np.ndarray]
    log_median: dict[str, np.ndarray]
    patients: dict[str, np.ndarray]
    follow_up: dict[str, np.ndarray]
    interval: np.ndarray
    log_prior: np.ndarray

    def expected(self, arm: str, kind: np.ndarray, share_followed: np.ndarray) -> ExpectedTrial:
        """The arm's trial on the grid. kind: (size,) which interval of the curve the median's
        limits were read from (index of `likelihood.INTERVALS`). share_followed: (size, k) of the
        patients who could be followed beyond each time.

        Patients at risk are those of the curve that was seen: the candidate's, drawn through the
        printed points. Of two levels d events apart the hazard between has a gamma density, which a
        normal one with the candidate's own variance takes for too steep. With a variance that goes
        as the power SKEW = 2/3 of the hazard, and its slope counted for 2/3 less, the normal agrees
        with the gamma to the third order (expand both about d).
        """
        hazard = np.maximum(np.diff(self.cumulative[arm], axis=-1, prepend=0.0), 0.0)
        followed_up = self.patients[arm] * share_followed
        drawn, levels, log_skewness = self._drawn(arm, kind, hazard, followed_up)
        shown = hazard * drawn
        left = followed_up * np.exp(shown - np.cumsum(shown, 1))
        at_risk = np.maximum(left, LEAST_AT_RISK)
        # The trial's curve ends with its last patient.
        variance = np.where(left >= 1, hazard * drawn ** (1 - SKEW) / at_risk, 0.0)
        return ExpectedTrial(hazard, left, at_risk, variance, levels, log_skewness)

    def _drawn(
        self, arm: str, kind: np.ndarray, hazard: np.ndarray, followed_up: np.ndarray
    ) -> tuple[np.ndarray, dict[int, np.ndarray], np.ndarray]:
        """How many times as steep as the candidate's the curve was that was seen, (size, k), with
        levels and log_skewness of ExpectedTrial.

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
                before_this = steeper_by
                steeper_by = np.clip((levels[place] - gone) / total, 1 / MOST_DRAWN, MOST_DRAWN)
                if np.array_equal(steeper_by, before_this):
                    break  # as soon as the median's, whose level does not depend on it
            drawn[:, part] = steeper_by[:, None]
            log_skewness += SKEW * np.log(steeper_by)
            first, gone, variance = part.stop, gone + total * steeper_by, variance + more
        return drawn, levels, log_skewness

    def last(self, arm: str) -> np.ndarray:
        """Share still without the event where nearly nobody is followed any more: (size,)."""
        at = np.clip(np.searchsorted(self.t, nearly_all_gone(self.follow_up)), 0, self.t.size - 1)
        return np.exp(-self.cumulative[arm][np.arange(at.size), at])
