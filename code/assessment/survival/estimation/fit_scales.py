"""How the parameters of a family are estimated: starting points, scales, and the unit of time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from assessment.evidence.arguments.number_arguments import as_numbers, count, numbers, shown
from assessment.evidence.arguments.object_arguments import nearest
from assessment.survival.distributions.distribution import Distribution
from assessment.survival.distributions.families import FAMILIES
from assessment.survival.distributions.flexible import PiecewiseExponential, RoystonParmar

# Names that flexsurv and lifelines use for a family, where they do not look like ours.
ELSEWHERE = {
    "exp": "exponential",
    "gengamma": "generalised_gamma",
    "gengamma.orig": "generalised_gamma",
    "llogis": "loglogistic",
    "lnorm": "lognormal",
    "royston-parmar": "spline",
}


def estimation_problem(
    family: str,
    lower: np.ndarray,
    upper: np.ndarray,
    knots: Any,
    scale: str,
    breaks: ArrayLike | None,
    unit: float,
) -> tuple[Callable[[np.ndarray, float], Distribution], np.ndarray, tuple[str, ...]]:
    """How a family is fitted: (build(theta, unit) -> distribution, starting points (starts, k), how
    each parameter changes with the unit of time).

    lower, upper: (n,) as in `fit`, in units of ``unit``; knots, scale, breaks: as in `fit`. Raises
    ValueError for an unknown family, missing breaks and too many knots.
    """
    middle = np.where(np.isfinite(upper), (lower + np.minimum(upper, 1e300)) / 2, lower)
    event_times = middle[np.isfinite(upper)]
    rate = event_times.size / middle.sum()
    if isinstance(family, str) and family == "spline":
        x = np.log(event_times)
        knots = (count(0, 20) if np.ndim(knots) == 0 else numbers(dims=(1,)))("knots", knots)
        inner = (
            np.quantile(x, np.arange(1, knots + 1) / (knots + 1))
            if np.ndim(knots) == 0
            else np.asarray(knots) - np.log(unit)
        )
        places = np.concatenate([[x.min()], inner, [x.max()]])
        if np.any(np.diff(places) <= 0):
            raise ValueError(
                "spline: too few distinct event times for these knots. Use fewer knots."
            )
        start = np.zeros((2, places.size))
        start[:, 0], start[:, 1] = np.log(rate), [1.0, 1.5]
        return (lambda th, u: _spline(th, places, scale, u)), start, ("spline",) * places.size
    if isinstance(family, str) and family == "piecewise":
        cuts = as_numbers("breaks", breaks if breaks is not None else ()).ravel() / unit
        if breaks is None:
            raise ValueError(
                "piecewise: give breaks=[...], the times at which the hazard may change."
            )
        if not (np.all(np.isfinite(cuts) & (cuts > 0)) and np.all(np.diff(cuts) > 0)):
            raise ValueError(
                f"piecewise: breaks are rising times above 0; found {np.asarray(breaks).tolist()}."
            )
        return (
            (lambda th, u: PiecewiseExponential(np.exp(th) / u, cuts * u)),
            np.full((1, cuts.size + 1), np.log(rate)),
            ("rate",) * (cuts.size + 1),
        )
    if not isinstance(family, str) or family not in FAMILIES:
        meant = ELSEWHERE.get(str(family).lower(), family)
        raise ValueError(
            f"unknown family {shown(family)}. {nearest(meant, (*FAMILIES, 'spline', 'piecewise'))}"
        )
    log_rate, log_mean = np.log(rate), np.mean(np.log(event_times)) + 0.3
    log_sd = np.log(max(np.std(np.log(event_times)), 0.1))
    starts = {
        "exponential": [[log_rate]],
        "weibull": [[0, -log_rate], [0.5, -log_rate], [-0.5, -log_rate]],
        "gompertz": [[0, log_rate], [0.5, log_rate - 0.3], [-0.5, log_rate + 0.3]],
        "gamma": [[0, log_rate], [0.7, log_rate + 0.7], [-0.5, log_rate]],
        "lognormal": [[log_mean, log_sd], [log_mean, log_sd + 0.5]],
        "loglogistic": [[0.5, log_mean], [-log_sd, log_mean]],
        "generalised_gamma": [[log_mean, log_sd, q] for q in (1.0, 0.0, -1.0, 2.0)],
    }[family]
    cls, names = FAMILIES[family], _kinds(family)
    positive = np.array([kind in ("log", "time_scale", "rate") for kind in names])

    def build(theta: np.ndarray, u: float) -> Distribution:
        values = np.where(positive, np.exp(np.clip(theta, -50, 50)), theta)
        scaled = [_scaled(values[..., i], kind, u) for i, kind in enumerate(names)]
        return cls(*scaled)

    return build, np.array(starts, float), names


def _kinds(family: str) -> tuple[str, ...]:
    """Per parameter, how it changes with the unit of time."""
    return {
        "exponential": ("rate",),
        "weibull": ("log", "time_scale"),
        "gompertz": ("per_time", "rate"),
        "gamma": ("log", "rate"),
        "lognormal": ("logtime", "log"),
        "loglogistic": ("log", "time_scale"),
        "generalised_gamma": ("logtime", "log", "real"),
    }[family]


def _scaled(value: np.ndarray, kind: str, unit: float) -> np.ndarray:
    return {
        "rate": value / unit,
        "time_scale": value * unit,
        "logtime": value + np.log(unit),
        "per_time": value / unit,
    }.get(kind, value)


def _spline(theta: np.ndarray, places: np.ndarray, scale: str, unit: float) -> RoystonParmar:
    # Shifting log time by log(unit): the spline is the same curve with knots shifted and the
    # intercept corrected.
    shift = np.log(unit)
    coefficients = np.array(theta, float)
    coefficients[..., 0] = coefficients[..., 0] - coefficients[..., 1] * shift
    return RoystonParmar(coefficients, places + shift, scale)


def unit_shift(
    family: str, names: tuple[str, ...], unit: float
) -> Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Map from the fitting scale (time in `unit`) to the user's: theta -> (theta', Jacobian)."""
    shift = {"rate": -np.log(unit), "time_scale": np.log(unit), "logtime": np.log(unit)}
    offset = np.array([shift.get(kind, 0.0) for kind in names])
    matrix = np.diag([1 / unit if kind == "per_time" else 1.0 for kind in names])
    if family == "spline":
        matrix[0, 1] = -np.log(unit)
    return lambda theta: (
        (matrix @ theta + offset, matrix) if np.ndim(theta) == 1 else (offset, matrix)
    )


def back_to_fitting_scale(
    jump: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]], draws: np.ndarray
) -> np.ndarray:
    """Estimates (…, k) on the user's scale of time as those of the fit; jump: from `unit_shift`."""
    offset, matrix = jump(draws[None][0] if draws.ndim > 1 else draws[None])
    return np.linalg.solve(matrix, (draws - offset).T).T
