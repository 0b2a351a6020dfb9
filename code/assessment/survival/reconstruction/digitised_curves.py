"""Two rebuilt arms seen as draws of curves, with the questions a calibration answers."""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import ArrayLike

from assessment.survival.calibration.calibrated_curves import CurvePair
from assessment.survival.calibration.printed_summaries import Summaries
from assessment.survival.distributions.distribution import Distribution
from assessment.survival.distributions.families import CANDIDATE_FAMILIES
from assessment.survival.estimation.maximum_likelihood import Fit, FitWarning, fit
from assessment.survival.estimation.nonparametric import (
    KaplanMeier,
    cox_hazard_ratio,
    kaplan_meier,
)
from assessment.survival.reconstruction.reconstruct import Reconstruction

# a rebuilt median or log hazard ratio further off than this share of the printed one is told
_PLAUSIBLE = 0.1


class FromDigitised(CurvePair):
    """Draws of both arms' curves from two Reconstructions ("t" treated, "c" control).

    of="trial": Kaplan–Meier curves of resampled patients, nan after the last of the rebuilt times.
    of="population": families fitted to both arms by maximum likelihood, weighted by joint AIC.
    families, contradictions, size, survival, rmst, rmst_difference, band, distributions: as in
    Calibrated. Raises ValueError where no family can be fitted to both arms.
    """

    effective = np.inf

    def __init__(
        self,
        summaries: Summaries,
        arms: dict[str, Reconstruction],
        rng: np.random.Generator,
        size: int = 1000,
    ):
        self.summaries, self.arms, self.size = summaries, arms, size
        fitted = {arm: _fits(arms[arm]) for arm in "tc"}
        both = [f for f in CANDIDATE_FAMILIES if f in fitted["t"] and f in fitted["c"]]
        if not both:
            raise ValueError(
                "no family could be fitted to both rebuilt arms. Check the points and the numbers"
                " at risk."
            )
        aic = np.array([fitted["t"][f].aic + fitted["c"][f].aic for f in both])
        weight = np.exp(-(aic - aic.min()) / 2)
        weight /= weight.sum()
        self.families = dict.fromkeys(CANDIDATE_FAMILIES, 0.0) | dict(zip(both, weight.tolist()))
        count = dict(zip(both, rng.multinomial(size, weight)))
        self._curves = {
            arm: [(f, fitted[arm][f].draw(k, rng)) for f, k in count.items() if k] for arm in "tc"
        }
        self._resampled = {arm: [_resample(arms[arm], rng) for _ in range(size)] for arm in "tc"}
        self.contradictions = tuple(self._conflicts())

    def survival(self, t: ArrayLike, arm: str, of: str = "population") -> np.ndarray:
        """S(t) of arm "t" or "c": shape (size,) + t.shape."""
        if arm not in ("t", "c") or of not in ("population", "trial"):
            raise ValueError("arm is 't' or 'c'; of is 'population' or 'trial'.")
        t = np.asarray(t, float)
        if of == "population":
            drawn = np.concatenate([curve.survival(t.ravel()) for _, curve in self._curves[arm]])
        else:
            drawn = np.stack([km.at(t.ravel()) for km in self._resampled[arm]])
            drawn = np.where(t.ravel() <= self.arms[arm].durations[-1], drawn, np.nan)
        return drawn.reshape((self.size,) + t.shape)

    def _reaching(self, horizon: float) -> np.ndarray:
        """All draws: where a resampled curve ends is seen."""
        return np.arange(self.size)

    def distributions(self, arm: str) -> list[tuple[str, Distribution]]:
        """[(family, distribution of that family's draws)]."""
        return self._curves[arm]

    def _conflicts(self) -> list[str]:
        """Sentences on where the rebuilt arms and what is printed disagree."""
        sentences = [conflict for arm in "tc" for conflict in self.arms[arm].conflicts]
        for arm, name in (("t", "treated"), ("c", "control")):
            patients, printed = self.arms[arm], self.summaries.get("median", arm)
            rebuilt = kaplan_meier(patients.durations, patients.observed).quantile()
            if printed and abs(np.log(rebuilt / printed)) > _PLAUSIBLE:
                sentences.append(
                    f"The rebuilt {name} median is {rebuilt:.3g}, the printed one {printed:g}."
                )
        printed_hr = self.summaries.hr
        if printed_hr:
            log_hr, se = self.hazard_ratio()
            if abs(log_hr - np.log(printed_hr)) > max(_PLAUSIBLE, 0.5 * se):
                sentences.append(
                    f"The rebuilt hazard ratio is {np.exp(log_hr):.2f}, the printed one"
                    f" {printed_hr:g}."
                )
        return sentences

    def hazard_ratio(self) -> tuple[float, float]:
        """(log hazard ratio, its standard error) of the rebuilt patients, Cox."""
        treated, control = self.arms["t"], self.arms["c"]
        return cox_hazard_ratio(
            np.concatenate([treated.durations, control.durations]),
            np.concatenate([treated.observed, control.observed]),
            np.repeat([1, 0], [treated.n, control.n]),
        )


def _fits(arm: Reconstruction) -> dict[str, Fit]:
    """Families with an interior maximum: those without one cannot be drawn from, and drop out."""
    usable = {}
    times = np.maximum(arm.durations, 1e-6)
    for family in CANDIDATE_FAMILIES:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FitWarning)
            fitted = fit(family, times, arm.observed)
        at_boundary = any("boundary" in reason for reason in fitted.warnings)
        if np.all(np.isfinite(fitted.covariance)) and not at_boundary:
            usable[family] = fitted
    return usable


def _resample(arm: Reconstruction, rng: np.random.Generator) -> KaplanMeier:
    """Kaplan–Meier curve of patients drawn with replacement; the arm's own where none of them has
    the event.
    """
    pick = rng.integers(0, arm.n, arm.n)
    if not arm.observed[pick].any():
        return kaplan_meier(arm.durations, arm.observed)
    return kaplan_meier(arm.durations[pick], arm.observed[pick])
