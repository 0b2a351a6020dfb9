"""Maximum-likelihood fits with right and interval censoring."""

from __future__ import annotations

import warnings as _warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import as_numbers, count
from assessment.evidence.arguments.object_arguments import generator
from assessment.evidence.arguments.result_tables import ShownAsTable
from assessment.survival.distributions.distribution import Distribution
from assessment.survival.distributions.special_functions import log_minus_expm1
from assessment.survival.estimation.event_marks import event_marks, patient_times
from assessment.survival.estimation.fit_scales import (
    back_to_fitting_scale,
    estimation_problem,
    unit_shift,
)
from assessment.survival.estimation.newton import maximise
from assessment.survival.estimation.parameter_table import parameter_table


class FitWarning(UserWarning):
    """The optimum is at a boundary, or the data do not identify the parameters."""


@dataclass(frozen=True, eq=False)
class Fit(ShownAsTable):
    """A fitted curve.

    distribution: the curve at the maximum. estimates: (k,) on the estimation scale (log for
    positive parameters), covariance: (k, k) inverse observed information on that scale (nan
    where not identified). loglik: log-likelihood in the data's unit of time; aic, bic (bic
    with the number of patients, as TSD 14 and flexsurv). n, events: patients and exact or
    interval-censored events. warnings: reasons, empty when all is well.
    """

    family: str
    distribution: Distribution
    estimates: np.ndarray
    covariance: np.ndarray
    loglik: float
    aic: float
    bic: float
    n: int
    events: int
    warnings: tuple[str, ...]
    _build: Callable[[np.ndarray], Distribution]

    def to_frame(self) -> pd.DataFrame:
        """Parameters on their natural scale with standard errors and 95 % limits (``parameter_table``)."""
        return parameter_table(self.distribution, self.estimates, self.covariance)

    @taking(size=count(), rng=generator)
    def draw(self, size: int, rng: np.random.Generator) -> Distribution:
        """`size` curves from the normal approximation on the estimation scale: one distribution of
        draws. Raises ValueError where there is no covariance.
        """
        if not np.all(np.isfinite(self.covariance)):
            raise ValueError(
                f"{self.family}: no covariance ({'; '.join(self.warnings)}). Choose a family with"
                " an interior maximum."
            )
        return self._build(
            rng.multivariate_normal(self.estimates, self.covariance, size, method="eigh")
        )


def fit(
    family: str,
    durations: ArrayLike | None = None,
    observed: ArrayLike | None = None,
    *,
    intervals: tuple[ArrayLike, ArrayLike] | None = None,
    knots: Any = 1,
    scale: str = "hazard",
    breaks: ArrayLike | None = None,
) -> Fit:
    """Fit one family by maximum likelihood.

    family: a name in FAMILIES, "spline" (Royston–Parmar: `knots` inner knots at quantiles of the
    log event times, or an array of inner log-time knots; `scale` hazard, odds or normal) or
    "piecewise" (`breaks`: times). durations, observed: (n,) times and 1 event / 0 right-censored.
    intervals: instead, (lower, upper), each (n,): lower == upper exact, upper = inf right-censored,
    else the event fell in (lower, upper]. Several starts, damped Newton to |gradient| < 1e-7.
    Issues a FitWarning, and keeps its reason in `warnings`, at a boundary. Raises ValueError for
    impossible times, data without events and unknown families.
    """
    lower, upper = _as_intervals(durations, observed, intervals)
    unit = np.median(np.where(np.isfinite(upper), (lower + np.minimum(upper, 1e300)) / 2, lower))
    unit = unit if unit > 0 else np.max(lower)
    build, starts, names = estimation_problem(
        family, lower / unit, upper / unit, knots, scale, breaks, unit
    )
    events = int(np.isfinite(upper).sum())
    loglik = _likelihood(lower / unit, upper / unit)
    theta, value, information, gradient = maximise(lambda th: loglik(build(th, 1.0)), starts)
    reasons = _reasons(family, theta, information, gradient, names)
    if family not in ("gompertz", "spline") and not np.isfinite(build(theta, 1.0).mean()):
        reasons.append(
            "the mean is infinite: the tail is too heavy. Cap it with background mortality before"
            " extrapolating."
        )
    covariance = _inverse(information)
    jump = unit_shift(family, names, unit)
    value -= np.sum(lower == upper) * np.log(unit)
    k = theta.size
    estimates, matrix = jump(theta)
    covariance = matrix @ covariance @ matrix.T
    for reason in reasons:
        _warnings.warn(f"{family}: {reason}", FitWarning, stacklevel=2)
    return Fit(
        family,
        build(theta, unit),
        estimates,
        covariance,
        float(value),
        float(2 * k - 2 * value),
        float(np.log(lower.size) * k - 2 * value),
        lower.size,
        events,
        tuple(reasons),
        lambda draws: build(back_to_fitting_scale(jump, draws), unit),
    )


def _as_intervals(
    durations: ArrayLike | None,
    observed: ArrayLike | None,
    intervals: tuple[ArrayLike, ArrayLike] | None,
) -> tuple[np.ndarray, np.ndarray]:
    if intervals is not None:
        if not (isinstance(intervals, (tuple, list)) and len(intervals) == 2):
            raise ValueError("intervals: give (lower, upper), each one number per patient.")
        lower, upper = (as_numbers("intervals", x).ravel() for x in intervals)
        if lower.size != upper.size:
            raise ValueError(f"{lower.size} lower and {upper.size} upper limits. Give one of each.")
    else:
        if durations is None:
            raise ValueError("fit needs durations and observed, or intervals=(lower, upper).")
        lower = patient_times(durations)
        observed = np.ones(lower.size) if observed is None else event_marks(observed)
        if observed.shape != lower.shape:
            raise ValueError(
                f"{lower.size} durations but {observed.size} event marks. Give one mark per"
                " duration."
            )
        upper = np.where(event_marks(observed), lower, np.inf)
    bad = ~(np.isfinite(lower) & (lower >= 0) & (upper >= lower)) | (
        (lower == upper) & (lower <= 0)
    )
    if bad.any():
        raise ValueError(
            f"row {int(np.argmax(bad))}: times must be finite, events after time 0 and upper >="
            " lower. Move events at time 0 to a small positive time."
        )
    if lower.size == 0 or not np.isfinite(upper).any():
        raise ValueError(
            "no events: no curve can be fitted. Use longer follow-up or report the upper limit"
            " only."
        )
    return lower, upper


def _likelihood(lower: np.ndarray, upper: np.ndarray) -> Callable[[Distribution], np.ndarray]:
    exact, right = lower == upper, np.isinf(upper)
    between = ~exact & ~right
    (t_exact, n_exact), (t_right, n_right) = (
        np.unique(lower[mask], return_counts=True) for mask in (exact, right)
    )
    low, high = lower[between], upper[between]

    def loglik(curve: Distribution) -> np.ndarray:
        value = curve.log_density(t_exact) @ n_exact + curve.log_survival(t_right) @ n_right
        if low.size:
            start, end = curve.log_survival(low), curve.log_survival(high)
            value = value + (start + log_minus_expm1(start - end)).sum(-1)
        return value

    return loglik


def _inverse(information: np.ndarray) -> np.ndarray:
    try:
        np.linalg.cholesky(information)
        return np.linalg.inv(information)
    except np.linalg.LinAlgError:
        return np.full_like(information, np.nan)


def _reasons(
    family: str,
    theta: np.ndarray,
    information: np.ndarray,
    gradient: np.ndarray,
    names: tuple[str, ...],
) -> list[str]:
    reasons = []
    finite = np.all(np.isfinite(information))
    values = np.linalg.eigh(information)[0] if finite else np.array([-1.0])
    # The likelihood is flat (or not finite) along some direction: it has no interior maximum.
    far = [
        i
        for i, kind in enumerate(names)
        if abs(theta[i]) > (9 if kind in ("log", "rate", "time_scale") else 25)
    ]
    if far:
        reasons.append(
            f"parameter {far[0] + 1} runs to the boundary: the likelihood keeps rising towards a"
            " limiting family. Use a simpler family."
        )
    elif values[0] <= 1e-8 * max(1.0, values[-1]):
        reasons.append(
            "the information matrix is not positive definite: the data do not identify all"
            " parameters. Use a simpler family."
        )
    elif np.max(np.abs(gradient)) > 1e-4:
        reasons.append(
            f"no interior maximum found (largest gradient {np.max(np.abs(gradient)):.1e}). Use a"
            " simpler family."
        )
    if family == "gompertz" and theta[0] < 0:
        reasons.append(
            "shape < 0: the curve levels off and the mean is infinite. Cap it with background"
            " mortality before extrapolating."
        )
    if family == "generalised_gamma" and abs(theta[2]) > 6 and not far:
        reasons.append(
            f"|q| = {abs(theta[2]):.1f}: close to a degenerate limit. Use a simpler family."
        )
    return reasons
