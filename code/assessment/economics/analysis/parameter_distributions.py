"""Uncertain inputs as distributions, built from what sources print: a mean with a standard error,
or a value with an interval.

Which distribution for what: Briggs, Claxton & Sculpher 2006, ch. 4. Beta for utilities and
probabilities, gamma for costs, lognormal for ratios, normal for the rest, multivariate normal for
parameters estimated together.
"""

from __future__ import annotations

import numpy as np

# its rooms open when first entered: optimisation takes most of a second to load, and pages with
# kept results never need it
import scipy
from scipy import special

from assessment.economics.analysis.distribution_types import Distribution1D
from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import ONE_LOOSE, SMALLEST

Z95 = float(special.ndtri(0.975))


@taking(mean=ONE_LOOSE, standard_error=ONE_LOOSE)
def beta(mean: float, standard_error: float) -> Distribution1D:
    """Beta by moments, for a probability or a utility between 0 and 1: a + b = mean (1 − mean) /
    se² − 1.
    """
    _between("mean", mean, 0, 1)
    _positive("standard error", standard_error)
    size = mean * (1 - mean) / standard_error**2 - 1
    if size <= 0:
        raise ValueError(
            f"no beta distribution has mean {mean:g} and standard error {standard_error:g}: the"
            f" standard error must be below {np.sqrt(mean * (1 - mean)):.4g}. Check that a standard"
            " error, not a standard deviation, was entered."
        )
    return Distribution1D("beta", (mean * size, (1 - mean) * size))


@taking(events=ONE_LOOSE, n=ONE_LOOSE)
def beta_from_counts(events: float, n: float) -> Distribution1D:
    """Beta(events, n − events) for a proportion seen in n patients."""
    if not (n > 0 and 0 < events < n):
        raise ValueError(
            f"a beta from counts needs 0 < events < n; found {events} of {n}. With none or all of"
            " n, argue a prior and use beta()."
        )
    return Distribution1D("beta", (events, n - events))


@taking(mean=ONE_LOOSE, standard_error=ONE_LOOSE)
def gamma(mean: float, standard_error: float) -> Distribution1D:
    """Gamma by moments, for a cost: shape (mean / se)², scale se² / mean."""
    _positive("the mean of a gamma (a cost)", mean)
    _positive("standard error", standard_error)
    return Distribution1D("gamma", ((mean / standard_error) ** 2, standard_error**2 / mean))


@taking(mean=ONE_LOOSE, standard_error=ONE_LOOSE)
def normal(mean: float, standard_error: float) -> Distribution1D:
    """Normal: for quantities that may have either sign, such as a log hazard ratio."""
    _finite("mean", mean)
    _positive("standard error", standard_error)
    return Distribution1D("normal", (mean, standard_error))


@taking(median=ONE_LOOSE, low=ONE_LOOSE, high=ONE_LOOSE)
def lognormal(median: float, low: float, high: float) -> Distribution1D:
    """Lognormal through a ratio (its median) and the width of its 95 % interval on the log scale:
    se = ln(high / low) / (2 × 1.96).
    """
    if not 0 < low < median < high < np.inf:
        raise ValueError(
            f"a ratio needs 0 < low < value < high; found {low:g}, {median:g}, {high:g}. Check the"
            " order of the columns."
        )
    return Distribution1D("lognormal", (np.log(median), np.log(high / low) / (2 * Z95)))


@taking(mean=ONE_LOOSE, standard_error=ONE_LOOSE)
def lognormal_from_mean(mean: float, standard_error: float) -> Distribution1D:
    """Lognormal by moments: variance of the log is ln(1 + (se / mean)²)."""
    _positive("the mean of a lognormal", mean)
    _positive("standard error", standard_error)
    variance = np.log1p((standard_error / mean) ** 2)
    return Distribution1D("lognormal", (np.log(mean) - variance / 2, np.sqrt(variance)))


@taking(mean=ONE_LOOSE, low=ONE_LOOSE, high=ONE_LOOSE)
def from_interval(kind: str, mean: float, low: float, high: float) -> Distribution1D:
    """ "beta", "gamma" or "normal" with this mean and a 95 % range of this width; the ends of
    skewed ranges are met as nearly as a distribution with two parameters can. For ratios use
    ``lognormal``."""
    makers = {"beta": beta, "gamma": gamma, "normal": normal}
    if not isinstance(kind, str) or kind not in makers:
        raise ValueError(
            f"kind is one of {', '.join(makers)}; found '{kind}'. For a ratio use lognormal(median,"
            " low, high)."
        )
    if not low < mean < high:
        raise ValueError(
            f"the interval must hold the mean: low < mean < high; found {low:g}, {mean:g}, {high:g}"
        )
    if kind == "normal":
        return normal(mean, (high - low) / (2 * Z95))
    if kind == "beta":
        _between("mean", mean, 0, 1)
        _between("low", low, -1e-12, 1)
        _between("high", high, 0, 1 + 1e-12)
    elif low < 0:
        raise ValueError(
            f"a cost is 0 or more; found a lower limit of {low:g}. Correct the interval or use"
            " 'normal'."
        )
    rough = (high - low) / (2 * Z95)
    largest = np.sqrt(mean * (1 - mean)) if kind == "beta" else np.inf

    def width(log_se):
        ends = makers[kind](mean, float(np.exp(log_se))).interval95()
        return ends[1] - ends[0] - (high - low)

    lower, upper = np.log(rough / 3), np.log(min(rough * 3, largest * 0.999))
    if width(lower) * width(upper) > 0:
        raise ValueError(
            f"no {kind} distribution with mean {mean:g} has a 95 % interval as wide as {low:g} to"
            f" {high:g}. Check the interval, or give a standard error."
        )
    return makers[kind](mean, float(np.exp(scipy.optimize.brentq(width, lower, upper, xtol=1e-12))))


def _finite(name, value):
    if not np.isfinite(value):
        raise ValueError(f"{name} must be finite; found {value}")


def _positive(name, value):
    if not (np.isfinite(value) and value >= SMALLEST):
        raise ValueError(
            f"{name} must be above 0 and finite; found {value}. For a value without uncertainty use"
            " Fixed()."
        )


def _between(name, value, low, high):
    if not low < value < high:
        raise ValueError(
            f"{name} must lie between {max(low, 0):g} and {min(high, 1):g}; found {value}. Write"
            " fractions: 0.75, not 75."
        )
