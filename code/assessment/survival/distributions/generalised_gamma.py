"""The generalised gamma, which holds Weibull, gamma and lognormal as special cases."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from scipy import special

from assessment.survival.distributions.distribution import Distribution
from assessment.survival.distributions.special_functions import (
    exp_minus_line,
    log_incomplete_gamma,
    log_stirling_share,
)


@dataclass(frozen=True, eq=False)
class GeneralisedGamma(Distribution):
    """Prentice's form: w = (log t - mu)/sigma; q^-2 exp(q w) is gamma(q^-2). sigma > 0, q real.

    |q| < 1e-7 is taken as the lognormal limit (there the two differ by less than 1e-7).
    """

    mu: float | np.ndarray
    sigma: float | np.ndarray
    q: float | np.ndarray
    scales: ClassVar = ("logtime", "log", "real")

    def _parts(self, t, mu, sigma, q):
        normal = np.abs(q) < 1e-7
        q_safe = np.where(normal, 1, q)
        w = (np.log(t) - mu) / sigma
        return normal, q_safe, w, q_safe**-2 * np.exp(np.clip(q_safe * w, -740, 700))

    def _log_survival(self, t, mu, sigma, q):
        normal, q_safe, w, u = self._parts(t, mu, sigma, q)
        out = log_incomplete_gamma(q_safe**-2, u, q_safe > 0)
        if np.any(normal):
            out = np.where(normal, special.log_ndtr(-w), out)
        return np.where(np.isneginf(w), 0.0, np.where(np.isposinf(w), -np.inf, out))

    def _log_density(self, t, mu, sigma, q):
        normal, q_safe, w, _u = self._parts(t, mu, sigma, q)
        a = q_safe**-2
        # log|q| + a log a + a q w - u - log gamma(a), without the difference of its large parts: near
        # the lognormal they leave no digit.
        gamma = log_stirling_share(a) - a * exp_minus_line(np.clip(q_safe * w, -740, 700))
        shape = np.where(normal, -0.5 * w**2 - 0.5 * np.log(2 * np.pi), gamma)
        with np.errstate(all="ignore"):
            # At 0 the density is that of its leading power, t^(1/(q sigma) - 1) for q > 0.
            power = np.where(q > 0, 1 / (q_safe * sigma) - 1, 1.0)
            first = special.xlogy(power, np.zeros_like(t))
            level = (
                np.log(np.abs(q_safe)) + a * np.log(a) - special.gammaln(a) - mu / (q_safe * sigma)
            )
            at_0 = first + level - np.log(sigma)
        return np.where(t == 0, at_0, shape - np.log(sigma * t))

    def _log_hazard(self, t, mu, sigma, q):
        return self._log_density(t, mu, sigma, q) - self._log_survival(t, mu, sigma, q)

    def _quantile(self, log_s, mu, sigma, q):
        normal = np.abs(q) < 1e-7
        q_safe = np.where(normal, 1, q)
        a = q_safe**-2
        s, p = np.exp(log_s), -np.expm1(log_s)
        u = np.where(q_safe > 0, special.gammainccinv(a, s), special.gammaincinv(a, s))
        u = np.where(p == 0, np.where(q_safe > 0, 0, np.inf), u)
        w = np.where(normal, -special.ndtri_exp(log_s), np.log(u / a) / q_safe)
        return np.exp(mu + sigma * w)

    def _mean(self, mu, sigma, q):
        normal = np.abs(q) < 1e-7
        q_safe = np.where(normal, 1, q)
        a = q_safe**-2
        finite = a + sigma / q_safe > 0
        power = np.where(finite, a + sigma / q_safe, 1)
        gamma = np.exp(
            mu + sigma / q_safe * np.log(q_safe**2) + special.gammaln(power) - special.gammaln(a)
        )
        return np.where(normal, np.exp(mu + sigma**2 / 2), np.where(finite, gamma, np.inf))

    def to_lifelines(self):
        """GeneralizedGammaFitter: mu_ = mu, ln_sigma_ = log sigma, lambda_ = q."""
        return {"mu_": self.mu, "ln_sigma_": np.log(self.sigma), "lambda_": self.q}
