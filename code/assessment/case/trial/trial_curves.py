"""The trial's curves, one analysis set at a time: rebuilt where a curve has been digitised,
calibrated to the printed summaries where not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from assessment.case.trial.single_calibration import drawn_curves
from assessment.case.trial.trial import ARMS, BASE_SET, COHORTS
from assessment.case.trial.trial_draws import trial_draws
from assessment.case.trial.trial_summaries import ARM_CODE
from assessment.evidence import DATA, REFERENCES, Fact
from assessment.evidence.provenance.result_cache import cached_result
from assessment.survival.calibration.calibrated_curves import Calibrated
from assessment.survival.calibration.printed_summaries import Summaries
from assessment.survival.reconstruction import FromDigitised

SEED, SIZE, CANDIDATES = 48, 1200, 8000  # of one calibration, for what is no cohort


@dataclass(frozen=True, eq=False)
class Curves:
    """Both arms of one curve, as draws. Times in months.

    route: 'calibrated' or 'digitised'. draws: Calibrated or FromDigitised, arms "t" and "c".
    summaries: what was printed. facts: the facts behind it, {name in Summaries: Fact}.
    """

    endpoint: str
    group: str
    analysis_set: str
    route: str
    draws: Calibrated | FromDigitised
    summaries: Summaries
    facts: dict[str, Fact]
    _bands: dict[tuple, tuple[np.ndarray, ...]] = field(default_factory=dict, repr=False)

    def survival(self, months, arm: str, of: str = "population") -> np.ndarray:
        """Share without the event, (draws, *months.shape); arm by its id; of as
        in Calibrated.
        """
        return self.draws.survival(months, ARM_CODE[arm], of)

    def band(
        self, months, arm: str, of: str = "population", level: float = 0.95
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Pointwise (low, middle, high), kept: pages ask for the same ones several times."""
        asked = np.asarray(months, float)
        key = (asked.shape, asked.tobytes(), arm, of, level)
        if key not in self._bands:
            self._bands[key] = self.draws.band(asked, ARM_CODE[arm], of, level)
        low, middle, high = self._bands[key]
        return low.copy(), middle.copy(), high.copy()

    def rmst_difference(self, months: np.ndarray, of: str = "population") -> np.ndarray:
        """Months gained up to each horizon, treated minus control, (draws, months.size);
        trapezoids on ``months``, rising from 0.
        """
        months = np.asarray(months, float)
        if months.ndim != 1 or months[0] != 0 or np.any(np.diff(months) <= 0):
            raise ValueError("months must rise from 0")
        gap = self.survival(months, ARMS[0], of) - self.survival(months, ARMS[1], of)
        return np.concatenate(
            [
                np.zeros((len(gap), 1)),
                np.cumsum((gap[:, 1:] + gap[:, :-1]) / 2 * np.diff(months), axis=1),
            ],
            axis=1,
        )

    def at_risk(self, arm: str) -> np.ndarray | None:
        """Printed numbers at risk, (k, 2) months and patients, where the curve was digitised with
        them; None otherwise.
        """
        if not isinstance(self.draws, FromDigitised):
            return None
        return self.draws.arms[ARM_CODE[arm]].numbers_at_risk


def curves(
    endpoint: str,
    group: str,
    analysis_set: str = BASE_SET,
    seed: int = SEED,
    size: int = SIZE,
    data: Path = DATA,
    references: Path = REFERENCES,
    candidates: int = CANDIDATES,
) -> Curves:
    """The curves of 'pfs' or 'os' in a cohort or subgroup, in one analysis set.

    Digitised points in ``data/km/`` are used when both arms are there, else the printed summaries
    are calibrated. A cohort's are the draws that stand for all of ``trial_draws``, as in the economic
    model; with a seed, a size or data of its own, those of one calibration, not weighted again.
    Raises ValueError when too little is printed for a curve.
    """
    usual = (seed, size, data, references, candidates) == (
        SEED,
        SIZE,
        DATA,
        REFERENCES,
        CANDIDATES,
    )
    return (
        _usual_curves(endpoint, group, analysis_set)
        if usual
        else _curves(endpoint, group, analysis_set, seed, size, data, references, candidates)
    )


@cached_result(maxsize=64, disk=True)
def _usual_curves(endpoint: str, group: str, analysis_set: str) -> Curves:
    if group not in COHORTS:
        return _curves(endpoint, group, analysis_set, SEED, SIZE, DATA, REFERENCES, CANDIDATES)
    made = trial_draws(endpoint, group, analysis_set)
    return _named(endpoint, group, analysis_set, made.shown, made.summaries, made.facts)


@cached_result(maxsize=64)
def _curves(endpoint, group, analysis_set, seed, size, data, references, candidates) -> Curves:
    made = drawn_curves(
        endpoint, group, analysis_set, seed, size, candidates, data=data, references=references
    )
    return _named(endpoint, group, analysis_set, *made)


def _named(endpoint, group, analysis_set, draws, told, facts) -> Curves:
    route = "digitised" if isinstance(draws, FromDigitised) else "calibrated"
    return Curves(endpoint, group, analysis_set, route, draws, told, facts)
