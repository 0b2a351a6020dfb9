"""What it would be worth to know a parameter (EVPPI) or to run a study (EVSI), by regression on the
draws.

Strong, Oakley & Brennan 2014 (EVPPI) and Strong et al. 2015 (EVSI): the expected net benefit given
what would be learned is a regression of net benefit on it. The regression is linear in net benefit,
so one basis serves all thresholds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from assessment.economics.analysis.acceptability import checked_draws, checked_thresholds
from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import ANY, as_numbers
from assessment.evidence.arguments.object_arguments import named, optional, words

KNOTS = 6
DRAWS_PER_TERM = 3
DEGREES = {2: 6, 3: 5, 4: 4, 5: 3}


@dataclass(frozen=True, eq=False)
class InformationValue:
    """Value per patient, in currency, at each of ``thresholds`` (currency per QALY); (thresholds,).

    ``standard_error``: of the draws, regression residuals included.
    """

    thresholds: np.ndarray
    value: np.ndarray
    standard_error: np.ndarray


def evppi(
    costs: ArrayLike, effects: ArrayLike, known: ArrayLike, thresholds: ArrayLike
) -> InformationValue:
    """Expected value of knowing ``known`` exactly: draws of one parameter (draws,) or of a group
    (draws, parameters).

    ``costs`` (currency) and ``effects`` (QALYs): (strategies, draws). ``thresholds``: currency per
    QALY, one or several. ValueError for shapes that do not fit, draws that are not finite or too few
    for the regression, and thresholds below 0.

    One parameter: cubic spline with KNOTS inner knots; a group: polynomials of all its parameters
    together. Terms that cannot be told from noise are left out (Bayesian information criterion on
    an orthonormal basis), or noise would be counted as information.
    """
    costs, effects = checked_draws(costs, effects)
    thresholds = checked_thresholds(thresholds)
    basis = _orthonormal(as_numbers("known", known), costs.shape[1])
    # Net benefit against the strategy that is best on average at each threshold would do as well;
    # the first is fixed for all.
    c, e = costs[1:] - costs[0], effects[1:] - effects[0]
    mean_c, mean_e = c.mean(axis=1), e.mean(axis=1)
    c, e = c - mean_c[:, None], e - mean_e[:, None]
    on_c, on_e = basis.T @ c.T, basis.T @ e.T
    second = np.stack([np.sum(c * c, axis=1), np.sum(c * e, axis=1), np.sum(e * e, axis=1)])
    value, error = np.empty(thresholds.size), np.empty(thresholds.size)
    for k, threshold in enumerate(thresholds):
        coefficients = threshold * on_e - on_c
        total = second[0] - 2 * threshold * second[1] + threshold**2 * second[2]
        value[k], error[k] = _value(
            basis, coefficients, total, threshold * mean_e - mean_c, threshold * e - c
        )
    return InformationValue(thresholds, value, error)


def _value(basis, coefficients, total, mean, benefit):
    draws, terms = basis.shape
    residual = np.maximum(total - np.sum(coefficients**2, axis=0), 0) / max(draws - terms - 1, 1)
    kept = np.where(coefficients**2 > np.log(draws) * residual, coefficients, 0.0)
    zero = np.zeros((1, draws))
    expected = np.concatenate([zero, mean[:, None] + (basis @ kept).T])
    actual = np.concatenate([zero, mean[:, None] + benefit])
    best = int(np.argmax(np.append(0.0, mean)))
    choice = np.argmax(expected, axis=0)
    value = max(
        float(np.mean(np.take_along_axis(expected, choice[None], 0)[0] - expected[best])), 0.0
    )
    gain = np.take_along_axis(actual, choice[None], 0)[0] - actual[best]
    return value, float(gain.std(ddof=1) / np.sqrt(draws))


@taking(parameters=named(ANY), groups=optional(named(words)))
def evppi_table(
    costs: ArrayLike,
    effects: ArrayLike,
    parameters: Mapping[str, ArrayLike],
    thresholds: ArrayLike,
    groups: Mapping[str, list[str]] | None = None,
) -> pd.DataFrame:
    """EVPPI of every parameter alone and of named groups; columns parameter, threshold, evppi,
    standard_error.

    ``costs``, ``effects``, ``thresholds``: as in ``evppi``. ``parameters``: name → (draws,).
    ``groups``: name → list of parameter names. ValueError for a group with a name used twice or an
    unknown parameter.
    """
    known = {name: np.asarray(draws, float) for name, draws in parameters.items()}
    costs = as_numbers("costs", costs)
    if any(not members for members in (groups or {}).values()):
        raise ValueError("groups: each group names at least one parameter.")
    shapes = {name: draws.shape for name, draws in known.items()}
    if any(shape != np.shape(costs)[1:2] for shape in shapes.values()):
        raise ValueError(
            f"parameters: each has one number for each of the draws, {np.shape(costs)[1:2]}; found {shapes}"
        )
    for group, members in (groups or {}).items():
        missing = [m for m in members if m not in parameters]
        if missing or group in known:
            raise ValueError(
                f"group '{group}': unknown parameters {missing}, or a name used twice. Parameters:"
                f" {', '.join(parameters)}"
            )
        known[group] = np.stack([np.asarray(parameters[m], float) for m in members], axis=1)
    rows = []
    for name, draws in known.items():
        worth = evppi(costs, effects, draws, thresholds)
        rows += [(name, *row) for row in zip(worth.thresholds, worth.value, worth.standard_error)]
    return pd.DataFrame(rows, columns=["parameter", "threshold", "evppi", "standard_error"])


def evsi(
    costs: ArrayLike, effects: ArrayLike, study_results: ArrayLike, thresholds: ArrayLike
) -> InformationValue:
    """Expected value of a study before it is run.

    ``costs``, ``effects``, ``thresholds``: as in ``evppi``. ``study_results``: for every draw, the
    summary (draws,) or summaries (draws, several) that the study would report if that draw were the
    truth, simulated with its sampling error. A summary should be sufficient for what the study
    measures.
    """
    return evppi(costs, effects, study_results, thresholds)


def _orthonormal(known: np.ndarray, draws: int) -> np.ndarray:
    """Orthonormal columns, all at right angles to the constant, that span the regression's terms."""
    known = known[:, None] if known.ndim == 1 else known
    if known.ndim != 2 or known.shape[0] != draws:
        raise ValueError(
            f"draws of the parameters have shape ({draws},) or ({draws}, parameters); found"
            f" {known.shape}"
        )
    if not np.all(np.isfinite(known)):
        raise ValueError(
            "draws of the parameters must be finite; found NaN or infinity. Look at the"
            " distribution they come from."
        )
    spread = known.std(axis=0)
    moving = spread > 1e-12 * np.maximum(np.abs(known.mean(axis=0)), 1e-300)
    x = (known[:, moving] - known[:, moving].mean(axis=0)) / spread[moving]
    if x.shape[1] == 0:
        return np.zeros((draws, 0))
    columns = _spline(x[:, 0]) if x.shape[1] == 1 else _polynomials(x)
    if draws < DRAWS_PER_TERM * columns.shape[1]:
        raise ValueError(
            f"{draws} draws are too few for a regression with {columns.shape[1]} terms: noise would be"
            f" read as information. Use at least {DRAWS_PER_TERM * columns.shape[1]} draws, better"
            " thousands, or fewer parameters at a time."
        )
    columns = columns - columns.mean(axis=0)
    columns = columns / np.maximum(np.linalg.norm(columns, axis=0), 1e-300)
    q, r = np.linalg.qr(columns)
    return q[:, np.abs(np.diag(r)) > 1e-9]


def _spline(x):
    knots = np.quantile(x, np.linspace(0, 1, KNOTS + 2)[1:-1])
    return np.stack([x, x**2, x**3] + [np.maximum(x - k, 0) ** 3 for k in knots], axis=1)


def _polynomials(x):
    degree = DEGREES.get(x.shape[1], 2)
    columns = []
    for total in range(1, degree + 1):
        columns += [
            np.prod(x[:, list(which)], axis=1)
            for which in combinations_with_replacement(range(x.shape[1]), total)
        ]
    return np.stack(columns, axis=1)
