"""Flexible curves: Royston–Parmar splines and the piecewise exponential."""

from dataclasses import dataclass, field

import numpy as np
from scipy import special

from assessment.evidence.arguments.number_arguments import ANY, as_numbers, numbers
from assessment.evidence.arguments.object_arguments import choice
from assessment.survival.distributions.distribution import Distribution

SEVERAL = (1, 2, 3)  # axes: one curve, draws, draws of several kinds


def spline_basis(x, knots):
    """Natural cubic spline basis in x = log t and its derivative (Royston & Parmar 2002, eq. 3–4).

    x: any shape; knots: (k,) increasing log times, the first and last being the boundary.
    Returns (basis, derivative), each shape x.shape + (k,): 1, x, v_1(x), ..., v_{k-2}(x).
    """
    x, knots = np.asarray(x, float)[..., None], np.asarray(knots, float)
    first, last, inner = knots[0], knots[-1], knots[1:-1]
    weight = (last - inner) / (last - first)

    def cube(u):
        return np.maximum(u, 0) ** 3

    def slope(u):
        return 3 * np.maximum(u, 0) ** 2

    v = cube(x - inner) - weight * cube(x - first) - (1 - weight) * cube(x - last)
    dv = slope(x - inner) - weight * slope(x - first) - (1 - weight) * slope(x - last)
    one = np.ones_like(x)
    return np.concatenate([one, x, v], -1), np.concatenate([0 * one, one, dv], -1)


@dataclass(frozen=True, eq=False)
class RoystonParmar(Distribution):
    """Spline in log time for log H ("hazard"), log odds ("odds") or the probit ("normal").

    coefficients: (draws..., k); knots: (k,) log times (k = 2: Weibull, log-logistic, lognormal).
    The same as flexsurvspline(scale=...): gamma0, gamma1, ... and log-time knots.
    """

    coefficients: np.ndarray
    knots: np.ndarray
    scale: str = "hazard"

    def __post_init__(self):
        object.__setattr__(
            self, "coefficients", numbers(dims=SEVERAL)("coefficients", self.coefficients)
        )
        object.__setattr__(self, "knots", numbers(dims=(1,))("knots", self.knots))
        if self.knots.size < 2 or np.any(np.diff(self.knots) <= 0):
            raise ValueError("RoystonParmar: knots are two or more log times that rise.")
        if self.coefficients.shape[-1:] != self.knots.shape:
            raise ValueError(
                f"RoystonParmar: {self.coefficients.shape[-1]} coefficients for {self.knots.size} "
                "knots. Give as many coefficients as knots, boundary knots included."
            )
        choice("hazard", "odds", "normal")("RoystonParmar: scale", self.scale)

    @property
    def draw_shape(self):
        """Shape of the parameter draws; () for a single curve."""
        return self.coefficients.shape[:-1]

    def _aligned(self, extra_dims):
        shape = self.coefficients.shape
        return [self.coefficients.reshape(shape[:-1] + (1,) * extra_dims + shape[-1:])]

    def _spline(self, t, coefficients):
        x = np.clip(np.log(t), -700, 700)
        basis, slope = spline_basis(x, self.knots)
        return (basis * coefficients).sum(-1), (slope * coefficients).sum(-1), x

    def _log_survival_of(self, s):
        if self.scale == "hazard":
            return -np.exp(s)
        return -np.logaddexp(0, s) if self.scale == "odds" else special.log_ndtr(-s)

    def _log_survival(self, t, coefficients):
        s = self._log_survival_of(self._spline(t, coefficients)[0])
        return np.where(t == 0, 0.0, s)

    def _log_hazard(self, t, coefficients):
        s, ds, x = self._spline(t, coefficients)
        if self.scale == "hazard":
            inner = s
        elif self.scale == "odds":
            inner = -np.logaddexp(0, -s)
        else:
            inner = -0.5 * s**2 - 0.5 * np.log(2 * np.pi) - special.log_ndtr(-s)
        # A falling spline is no survival curve: -inf keeps a fit away from it.
        return np.where(ds > 0, inner + np.log(np.where(ds > 0, ds, 1)) - x, -np.inf)

    def _log_survival_each(self, t):
        # Times already shaped draws + quantiles: one time per draw.
        extra = t.ndim - len(self.draw_shape)
        return self._log_survival(t, *self._aligned(extra))

    def draw(self, index):
        """The curves of the draws at ``index``, an index into the draw shape."""
        return RoystonParmar(self.coefficients[index], self.knots, self.scale)

    def to_flexsurv(self):
        """Parameters of flexsurvspline: gamma0, gamma1, …, knots in log time, and the scale."""
        k = self.knots.size
        return {f"gamma{i}": self.coefficients[..., i] for i in range(k)} | {
            "knots": self.knots,
            "scale": self.scale,
        }


@dataclass(frozen=True, eq=False)
class PiecewiseExponential(Distribution):
    """Hazard constant between breaks. rates: (draws..., k) per unit of time; breaks: (k-1,) times.

    The last rate holds for ever. lifelines' PiecewiseExponentialFitter(breakpoints): lambda_i =
    1/rate_i.
    """

    rates: np.ndarray
    breaks: np.ndarray = field(default_factory=lambda: np.empty(0))

    def __post_init__(self):
        object.__setattr__(self, "rates", numbers(0, dims=SEVERAL)("rates", self.rates))
        breaks = as_numbers("breaks", self.breaks)
        breaks = ANY("breaks", breaks) if breaks.size else np.empty(0)
        object.__setattr__(self, "breaks", breaks)
        if (
            self.breaks.ndim != 1
            or self.rates.shape[-1] != self.breaks.size + 1
            or np.any(np.diff(self.breaks, prepend=0.0) <= 0)
        ):
            raise ValueError(
                "PiecewiseExponential: breaks must rise from above 0 and be one fewer than the"
                " rates."
            )

    @property
    def draw_shape(self):
        """Shape of the parameter draws; () for a single curve."""
        return self.rates.shape[:-1]

    def _aligned(self, extra_dims):
        shape = self.rates.shape
        return [self.rates.reshape(shape[:-1] + (1,) * extra_dims + shape[-1:])]

    @property
    def _starts(self):
        return np.concatenate([[0.0], self.breaks])

    def _exposure(self, t):
        widths = np.append(np.diff(self._starts), np.inf)
        return np.clip(t[..., None] - self._starts, 0, widths)

    def _log_survival(self, t, rates):
        return -np.where(rates > 0, rates * self._exposure(t), 0).sum(-1)

    def _log_hazard(self, t, rates):
        piece = np.searchsorted(self.breaks, t, side="right")
        shape = np.broadcast_shapes(rates.shape[:-1], piece.shape)
        every = np.broadcast_to(rates, shape + rates.shape[-1:])
        return np.log(
            np.take_along_axis(every, np.broadcast_to(piece, shape)[..., None], -1)[..., 0]
        )

    def _quantile(self, log_s, rates):
        start_hazard = np.concatenate(
            [
                np.zeros(rates.shape[:-1] + (1,)),
                np.cumsum(rates[..., :-1] * np.diff(self._starts), -1),
            ],
            -1,
        )
        need = -log_s[..., None]
        inside = np.where(rates > 0, (need - start_hazard) / rates, np.inf)
        t = self._starts + np.maximum(inside, 0)
        ends = np.append(self._starts[1:], np.inf)
        ok = (need >= start_hazard) & (t <= ends)
        return np.min(np.where(ok | (need == 0), t, np.inf), -1)

    def _mean(self, rates):
        return self._rmst(np.asarray(np.inf), rates)

    def _rmst(self, horizon, rates):
        width = self._exposure(horizon)
        survival = np.exp(self._log_survival(self._starts, rates[..., None, :]))
        positive = rates > 0
        area = np.where(positive, -np.expm1(-rates * width) / np.where(positive, rates, 1), width)
        return (survival * area).sum(-1)

    def draw(self, index):
        """The curves of the draws at ``index``, an index into the draw shape."""
        return PiecewiseExponential(self.rates[index], self.breaks)

    def to_lifelines(self):
        """PiecewiseExponentialFitter: lambda_0_, lambda_1_, …, the reciprocals of the rates."""
        return {f"lambda_{i}_": 1 / self.rates[..., i] for i in range(self.rates.shape[-1])}
