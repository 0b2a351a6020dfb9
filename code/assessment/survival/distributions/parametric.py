"""Parametric survival distributions, vectorised over time and over parameter draws.

Broadcasting, the same for every method: parameters that are arrays of shape D (draws) met with
times of shape T give results of shape D + T: draws in front, times behind. A float and a float
give a 0-d result. Time is in any one unit, the same everywhere; rates are per that unit.

Parametrisations are those of R's flexsurv (Jackson 2016, J Stat Softw 70(8), table 1);
`to_flexsurv()` and `to_lifelines()` give the map by name.

    Exponential(rate)                h = rate
    Weibull(shape, scale)            H = (t/scale)^shape
    Gompertz(shape, rate)            h = rate exp(shape t); shape < 0 leaves a fraction without event
    Gamma(shape, rate)               density of a gamma variable
    LogNormal(meanlog, sdlog)        log T normal
    LogLogistic(shape, scale)        S = 1 / (1 + (t/scale)^shape)
    GeneralisedGamma(mu, sigma, q)   Prentice 1974: q = 1 Weibull, q = sigma gamma, q = 0 lognormal
GeneralisedGamma stands in module `generalised_gamma`; RoystonParmar and PiecewiseExponential in
module `flexible`.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from scipy import special

from assessment.survival.distributions.distribution import Distribution
from assessment.survival.distributions.special_functions import log_incomplete_gamma


@dataclass(frozen=True, eq=False)
class Exponential(Distribution):
    """Constant hazard `rate` (per unit of time, > 0)."""

    rate: float | np.ndarray
    scales: ClassVar = ("log",)

    def _log_survival(self, t, rate):
        return -rate * t

    def _log_hazard(self, t, rate):
        return np.log(rate) + 0 * t

    def _quantile(self, log_s, rate):
        return -log_s / rate

    def _mean(self, rate):
        return 1 / rate

    def _rmst(self, t, rate):
        return -np.expm1(-rate * t) / rate

    def to_lifelines(self):
        """ExponentialFitter: lambda_ = 1/rate."""
        return {"lambda_": 1 / self.rate}


@dataclass(frozen=True, eq=False)
class Weibull(Distribution):
    """Cumulative hazard (t/scale)^shape; shape and scale > 0."""

    shape: float | np.ndarray
    scale: float | np.ndarray
    scales: ClassVar = ("log", "log")

    def _log_survival(self, t, shape, scale):
        return -((t / scale) ** shape)

    def _log_hazard(self, t, shape, scale):
        return np.log(shape / scale) + special.xlogy(shape - 1, t / scale)

    def _quantile(self, log_s, shape, scale):
        return scale * (-log_s) ** (1 / shape)

    def _mean(self, shape, scale):
        return scale * special.gamma(1 + 1 / shape)

    def _rmst(self, t, shape, scale):
        return self._mean(shape, scale) * special.gammainc(1 / shape, (t / scale) ** shape)

    def to_lifelines(self):
        """WeibullFitter: rho_ = shape, lambda_ = scale."""
        return {"rho_": self.shape, "lambda_": self.scale}


@dataclass(frozen=True, eq=False)
class Gompertz(Distribution):
    """Hazard rate * exp(shape * t); rate > 0, shape any real (per unit of time)."""

    shape: float | np.ndarray
    rate: float | np.ndarray
    scales: ClassVar = ("time", "log")

    def _log_survival(self, t, shape, rate):
        # rate * t * exprel(shape t): exprel(x) = (e^x - 1)/x is exact through x = 0.
        finite = -rate * t * special.exprel(shape * np.where(np.isinf(t), 0, t))
        return np.where(
            np.isinf(t), np.where(shape < 0, rate / np.where(shape < 0, shape, 1), -np.inf), finite
        )

    def _log_hazard(self, t, shape, rate):
        return np.log(rate) + shape * t

    def _quantile(self, log_s, shape, rate):
        x = -log_s * shape / rate
        small = np.abs(x) < 1e-12
        t = np.log1p(np.where(small, 0, np.maximum(x, -1))) / np.where(small, 1, shape)
        return np.where(small, -log_s / rate, t)

    def _mean(self, shape, rate):
        positive = shape > 0
        b = np.where(positive, rate / np.where(positive, shape, 1), 1)
        # e^b E1(b) / shape; for large b its asymptotic series.
        scaled = np.where(
            b < 100,
            np.exp(np.minimum(b, 100)) * special.exp1(np.minimum(b, 100)),
            (1 - 1 / b + 2 / b**2 - 6 / b**3 + 24 / b**4 - 120 / b**5) / b,
        )
        return np.where(
            positive, scaled / np.where(positive, shape, 1), np.where(shape == 0, 1 / rate, np.inf)
        )


@dataclass(frozen=True, eq=False)
class Gamma(Distribution):
    """Gamma-distributed time; shape > 0, rate > 0 (per unit of time)."""

    shape: float | np.ndarray
    rate: float | np.ndarray
    scales: ClassVar = ("log", "log")

    def _log_survival(self, t, shape, rate):
        return log_incomplete_gamma(shape, rate * t, True)

    def _log_density(self, t, shape, rate):
        x = rate * t
        return special.xlogy(shape - 1, x) - x - special.gammaln(shape) + np.log(rate)

    def _log_hazard(self, t, shape, rate):
        return self._log_density(t, shape, rate) - self._log_survival(t, shape, rate)

    def _quantile(self, log_s, shape, rate):
        return special.gammainccinv(shape, np.exp(log_s)) / rate

    def _mean(self, shape, rate):
        return shape / rate

    def _rmst(self, t, shape, rate):
        return t * special.gammaincc(shape, rate * t) + shape / rate * special.gammainc(
            shape + 1, rate * t
        )


@dataclass(frozen=True, eq=False)
class LogNormal(Distribution):
    """log T normal with mean `meanlog` (log time) and standard deviation `sdlog` > 0."""

    meanlog: float | np.ndarray
    sdlog: float | np.ndarray
    scales: ClassVar = ("logtime", "log")

    def _log_survival(self, t, meanlog, sdlog):
        return special.log_ndtr(-(np.log(t) - meanlog) / sdlog)

    def _log_density(self, t, meanlog, sdlog):
        z = (np.log(t) - meanlog) / sdlog
        return np.where(t > 0, -0.5 * z**2 - np.log(sdlog * t) - 0.5 * np.log(2 * np.pi), -np.inf)

    def _log_hazard(self, t, meanlog, sdlog):
        return self._log_density(t, meanlog, sdlog) - self._log_survival(t, meanlog, sdlog)

    def _quantile(self, log_s, meanlog, sdlog):
        return np.exp(meanlog - sdlog * special.ndtri_exp(log_s))

    def _mean(self, meanlog, sdlog):
        return np.exp(meanlog + sdlog**2 / 2)

    def _rmst(self, t, meanlog, sdlog):
        z = (np.log(t) - meanlog) / sdlog
        return t * special.ndtr(-z) + self._mean(meanlog, sdlog) * special.ndtr(z - sdlog)

    def to_lifelines(self):
        """LogNormalFitter: mu_ = meanlog, sigma_ = sdlog."""
        return {"mu_": self.meanlog, "sigma_": self.sdlog}


@dataclass(frozen=True, eq=False)
class LogLogistic(Distribution):
    """S = 1 / (1 + (t/scale)^shape); shape, scale > 0; scale is the median."""

    shape: float | np.ndarray
    scale: float | np.ndarray
    scales: ClassVar = ("log", "log")

    def _log_survival(self, t, shape, scale):
        return -np.logaddexp(0, shape * np.log(t / scale))

    def _log_hazard(self, t, shape, scale):
        return (
            np.log(shape / scale)
            + special.xlogy(shape - 1, t / scale)
            + self._log_survival(t, shape, scale)
        )

    def _quantile(self, log_s, shape, scale):
        return scale * np.exp((np.log(-np.expm1(log_s)) - log_s) / shape)

    def _mean(self, shape, scale):
        finite = shape > 1
        angle = np.pi / np.where(finite, shape, 2)
        return np.where(finite, scale * angle / np.sin(angle), np.inf)

    def to_lifelines(self):
        """LogLogisticFitter: beta_ = shape, alpha_ = scale."""
        return {"beta_": self.shape, "alpha_": self.scale}
