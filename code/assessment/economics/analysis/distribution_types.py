"""Distributions of uncertain inputs: a fixed value, one uncertain number, numbers estimated together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

# its rooms open when first entered: optimisation takes most of a second to load, and pages with
# kept results never need it
from scipy import special

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import (
    MOST,
    SHARES,
    as_numbers,
    number,
    numbers,
    shown,
)
from assessment.evidence.arguments.object_arguments import choice, generator


class InputDistribution(Protocol):
    """An input that can be drawn."""

    def draw(self, rng: np.random.Generator, n: int) -> np.ndarray:
        """``n`` draws, (n,) or (n, parameters)."""
        ...


@dataclass(frozen=True, eq=False)
class Fixed:
    """A value without uncertainty."""

    value: float

    def __post_init__(self):
        object.__setattr__(self, "value", number()("value", self.value))

    @property
    def mean(self) -> float:
        """The value itself."""
        return self.value

    @taking(rng=generator)
    def draw(self, rng: np.random.Generator, n: int) -> np.ndarray:
        """The value ``n`` times, (n,)."""
        return np.full(checked_count(n), float(self.value))

    @taking(p=SHARES)
    def quantile(self, p: ArrayLike) -> np.ndarray:
        """The value at every ``p``."""
        return np.full(np.shape(p), float(self.value))


@dataclass(frozen=True, eq=False)
class Distribution1D:
    """One uncertain number: ``draw(rng, n)``, ``quantile(p)``, ``mean``, ``standard_error``. Made
    by the functions of ``parameter_distributions``.

    ``parameters`` are those of NumPy's generator of the same ``name``: a, b of a beta; shape, scale
    of a gamma; mean and standard deviation of a normal, or of the log of a lognormal. Quantiles
    come from SciPy's special functions.
    """

    name: str
    parameters: tuple[float, float]

    def __post_init__(self):
        choice("beta", "gamma", "normal", "lognormal")("name of a distribution", self.name)
        if np.shape(np.asarray(self.parameters, object)) != (2,) or any(
            map(np.ndim, self.parameters)
        ):
            raise ValueError(f"parameters: two numbers; found {shown(self.parameters)}")
        first = numbers() if self.name.endswith("normal") else numbers(above=0)
        a, b = (
            first("first parameter", self.parameters[:1]),
            numbers(above=0)("second", self.parameters[1:]),
        )
        object.__setattr__(self, "parameters", (float(a[0]), float(b[0])))

    @property
    def mean(self) -> float:
        """Mean, by the closed form of each family."""
        a, b = self.parameters
        return float(
            {
                "beta": lambda: a / (a + b),
                "gamma": lambda: a * b,
                "normal": lambda: a,
                "lognormal": lambda: np.exp(a + b**2 / 2),
            }[self.name]()
        )

    @property
    def standard_error(self) -> float:
        """Standard deviation, by the closed form of each family: the standard error of the estimate
        that the distribution stands for.
        """
        a, b = self.parameters
        return float(
            {
                "beta": lambda: np.sqrt(a * b / (a + b + 1)) / (a + b),
                "gamma": lambda: np.sqrt(a) * b,
                "normal": lambda: b,
                "lognormal": lambda: self.mean * np.sqrt(np.expm1(b**2)),
            }[self.name]()
        )

    @taking(rng=generator)
    def draw(self, rng: np.random.Generator, n: int) -> np.ndarray:
        """``n`` draws, (n,)."""
        return getattr(rng, self.name)(*self.parameters, checked_count(n))

    @taking(p=SHARES)
    def quantile(self, p: ArrayLike) -> np.ndarray:
        """Value that a share ``p`` (0 to 1) of the draws lies below."""
        a, b = self.parameters
        return {
            "beta": lambda: special.betaincinv(a, b, p),
            "gamma": lambda: b * special.gammaincinv(a, p),
            "normal": lambda: a + b * special.ndtri(p),
            "lognormal": lambda: np.exp(a + b * special.ndtri(p)),
        }[self.name]()

    def interval95(self) -> tuple[float, float]:
        """2.5 and 97.5 % points: the bounds of a one-way analysis."""
        low, high = self.quantile(np.array([0.025, 0.975]))
        return float(low), float(high)


@dataclass(frozen=True, eq=False)
class MultivariateNormal:
    """Parameters estimated together, such as those of a survival curve on their estimation scale.

    ``means``: (parameters,). ``covariance``: (parameters, parameters), symmetric and positive
    definite. Draws have shape (n, parameters). ValueError for shapes that do not fit, values that
    are not finite, and matrices that are no covariance.
    """

    means: np.ndarray
    covariance: np.ndarray
    root: np.ndarray = field(init=False, repr=False)  # of Cholesky

    def __post_init__(self):
        means, covariance = (
            np.atleast_1d(as_numbers("means", self.means)),
            as_numbers("covariance", self.covariance),
        )
        if covariance.shape != (means.size, means.size):
            raise ValueError(
                f"{means.size} means need a covariance matrix of shape {(means.size,) * 2}; found"
                f" {covariance.shape}"
            )
        if not (np.all(np.isfinite(means)) and np.all(np.isfinite(covariance))):
            raise ValueError(
                "means and covariance must be finite; found NaN or infinity. Check that the fit"
                " converged."
            )
        if not np.allclose(covariance, covariance.T, rtol=1e-8, atol=0):
            raise ValueError(
                "the covariance matrix is not symmetric. Check that rows and columns are in the"
                " same order."
            )
        try:
            root = np.linalg.cholesky(covariance)
        except np.linalg.LinAlgError:
            smallest = np.linalg.eigvalsh(covariance)[0]
            raise ValueError(
                "the covariance matrix is not positive definite (smallest eigenvalue"
                f" {smallest:.3g}). Print more digits in the source, drop a parameter that others"
                " determine, or check for correlations beyond 1."
            ) from None
        for name, value in (("means", means), ("covariance", covariance), ("root", root)):
            object.__setattr__(self, name, value)

    @taking(rng=generator)
    def draw(self, rng: np.random.Generator, n: int) -> np.ndarray:
        """``n`` draws, (n, parameters)."""
        return self.means + rng.standard_normal((checked_count(n), self.means.size)) @ self.root.T


def checked_count(n: object) -> int:
    """``n`` as a number of draws; ValueError where it is none."""
    if not (isinstance(n, (int, np.integer)) and not isinstance(n, bool) and 0 < n <= MOST):
        raise ValueError(
            f"the number of draws is a whole number above 0 and at most {MOST}; found {n!r}"
        )
    return int(n)
