"""What every survival distribution can do; the families only fill in their formulas."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from assessment.evidence.arguments.number_arguments import LARGEST, as_numbers, shown
from assessment.survival.distributions.special_functions import integrate_from_zero


def _times(t: ArrayLike, finite: bool = False) -> np.ndarray:
    """Times of any shape, also none; ValueError below 0 and for NaN, and for infinity where ``finite``."""
    t = as_numbers("time", t)
    if not np.all(t >= 0) or (finite and not np.all(t < np.inf)):
        told = " and finite" if finite else ""
        raise ValueError(
            f"time must be >= 0{told}, got {np.min(t):g}. Time runs from randomisation."
        )
    return t


class Distribution:
    """Base of all families. Result shape: parameter (draw) shape + time shape.

    A family gives `_log_survival` and `_log_hazard`, and closed forms where it has them.
    `scales` names, per parameter, how it is estimated: "log" (positive), "real" (any value),
    "logtime" (log of a time), "time" (per unit of time, any sign).
    """

    scales: ClassVar[tuple[str, ...]] = ()

    def __post_init__(self):
        for name, scale in zip(self.parameter_names, self.scales):
            value = as_numbers(name, getattr(self, name))
            if value.size == 0 or not np.all(np.isfinite(value)):
                raise ValueError(
                    f"{type(self).__name__}: {name} is one finite number, or one for each draw; found"
                    f" {shown(value)}."
                )
            if scale == "log" and not np.all(value > 0):
                raise ValueError(
                    f"{type(self).__name__}: {name} must be > 0, got {np.min(value):g}. "
                    "Check the order and the parametrisation (module assessment.survival.distributions"
                    ".parametric)."
                )
            object.__setattr__(self, name, value)
        shapes = [getattr(self, name).shape for name in self.parameter_names]
        if len({shape for shape in shapes if shape}) > 1:
            try:
                np.broadcast_shapes(*shapes)
            except ValueError:
                raise ValueError(
                    f"{type(self).__name__}: the parameters have shapes {shapes}. Give as many draws of each."
                ) from None

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """Names of the parameters, in order."""
        # every family is a dataclass
        return tuple(f.name for f in fields(self))  # type: ignore[arg-type]

    @property
    def draw_shape(self) -> tuple[int, ...]:
        """Shape of the parameter draws; () for a single curve."""
        return np.broadcast_shapes(*(getattr(self, name).shape for name in self.parameter_names))

    def _log_survival(self, t: np.ndarray, *parameters: np.ndarray) -> np.ndarray:
        raise NotImplementedError

    def _log_hazard(self, t: np.ndarray, *parameters: np.ndarray) -> np.ndarray:
        raise NotImplementedError

    def _aligned(self, extra_dims):
        shape = self.draw_shape
        return [
            np.broadcast_to(getattr(self, n), shape).reshape(shape + (1,) * extra_dims)
            for n in self.parameter_names
        ]

    def log_survival(self, t: ArrayLike) -> np.ndarray:
        """log S(t), finite far below the smallest double S(t). t >= 0."""
        t = _times(t)
        with np.errstate(all="ignore"):
            return self._log_survival(t, *self._aligned(t.ndim))

    def log_hazard(self, t: ArrayLike) -> np.ndarray:
        """log h(t); t >= 0 and finite."""
        t = _times(t, finite=True)
        with np.errstate(all="ignore"):
            return self._log_hazard(t, *self._aligned(t.ndim))

    def survival(self, t: ArrayLike) -> np.ndarray:
        """S(t): probability of no event by time t."""
        return np.exp(self.log_survival(t))

    def cumulative_hazard(self, t: ArrayLike) -> np.ndarray:
        """H(t) = -log S(t)."""
        return -self.log_survival(t)

    def hazard(self, t: ArrayLike) -> np.ndarray:
        """h(t), per unit of time."""
        return np.exp(self.log_hazard(t))

    def log_density(self, t: ArrayLike) -> np.ndarray:
        """log f(t) = log h(t) + log S(t)."""
        t = _times(t)
        with np.errstate(all="ignore"):
            value = self._log_density(t, *self._aligned(t.ndim))
        return np.where(np.isnan(value), -np.inf, value)

    def _log_density(self, t, *parameters):
        return self._log_hazard(t, *parameters) + self._log_survival(t, *parameters)

    def density(self, t: ArrayLike) -> np.ndarray:
        """f(t) = h(t) S(t), per unit of time."""
        return np.exp(self.log_density(t))

    def quantile(self, p: ArrayLike) -> np.ndarray:
        """Time by which a fraction p has had the event (0.5: the median); inf if never reached."""
        p = as_numbers("p", p)
        if not np.all((p >= 0) & (p <= 1)):
            raise ValueError("quantile takes probabilities between 0 and 1, not percentages.")
        with np.errstate(all="ignore"):
            return self._quantile(np.log1p(-p), *self._aligned(p.ndim))

    def median(self) -> np.ndarray:
        """Median time; draw shape."""
        return self.quantile(0.5)

    def mean(self) -> np.ndarray:
        """Mean time over all of life; inf where the integral diverges. Draw shape."""
        with np.errstate(all="ignore"):
            return self._mean(*self._aligned(0))

    def rmst(self, horizon: ArrayLike) -> np.ndarray:
        """Restricted mean: integral of S from 0 to each horizon. Shape: draws + horizons."""
        horizon = as_numbers("horizon", horizon)
        if horizon.size == 0 or not np.all((horizon >= 0) & (horizon <= LARGEST)):
            raise ValueError(
                f"horizon must be >= 0 and finite, got {shown(horizon)}. For all of life use mean()."
            )
        with np.errstate(all="ignore"):
            return self._rmst(horizon, *self._aligned(horizon.ndim))

    def _rmst(self, horizon, *_):
        out = [
            integrate_from_zero(self.survival, h) if h > 0 else np.zeros(self.draw_shape)
            for h in horizon.ravel()
        ]
        return np.stack(out, axis=-1).reshape(self.draw_shape + horizon.shape)

    def _mean(self, *_):
        # Doubling horizons until nothing is added; a tail that does not die out is reported as inf.
        horizon = np.nanmax(np.where(np.isfinite(m := self.median()), m, 1.0)) * 16
        value, tail = self.rmst(horizon), self.survival(horizon) * horizon
        for _ in range(60):
            if np.all(tail <= 1e-13 * value):
                return value
            horizon *= 2
            value, tail = self.rmst(horizon), self.survival(horizon) * horizon
        return np.where(tail <= 1e-9 * value, value, np.inf)

    def _quantile(self, log_s, *_):
        # Bisection on log time, for families without a closed form.
        shape = self.draw_shape + log_s.shape
        low, high = np.full(shape, -80.0), np.full(shape, 80.0)
        target = np.broadcast_to(log_s, shape)
        for _ in range(80):
            middle = (low + high) / 2
            above = self._log_survival_each(np.exp(middle)) > target
            low, high = np.where(above, middle, low), np.where(above, high, middle)
        t = np.exp((low + high) / 2)
        return np.where(target == 0, 0.0, np.where(high == 80.0, np.inf, t))

    def draw(self, index: Any) -> Self:
        """The distribution restricted to some draws: any numpy index into the draw shape."""
        shape = self.draw_shape
        picked = {n: np.broadcast_to(getattr(self, n), shape)[index] for n in self.parameter_names}
        return type(self)(**picked)

    def to_flexsurv(self):
        """Parameters under flexsurv's names (dist = 'exp', 'weibull', 'gompertz', 'gamma', 'lnorm',
        'llogis', 'gengamma').
        """
        names = {"q": "Q"}
        return {names.get(n, n): getattr(self, n) for n in self.parameter_names}

    def to_lifelines(self):
        """Parameters under lifelines' names."""
        raise NotImplementedError(
            f"lifelines has no {type(self).__name__} in this form. Use to_flexsurv()."
        )
