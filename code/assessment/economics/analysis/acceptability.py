"""How sure a decision is: acceptability curves and frontier, value of perfect information,
convergence of the draws.

Arrays of costs and effects have shape (strategies, draws). Definitions: Fenwick, Claxton & Sculpher
2001 (CEAC, CEAF); Claxton 1999 (EVPI).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import (
    ANY,
    LARGEST,
    NOT_NEGATIVE,
    SMALLEST,
    as_numbers,
    count,
    numbers,
)
from assessment.evidence.arguments.result_tables import ShownAsTable

BLOCK_DRAWS = 10_000


@dataclass(frozen=True, eq=False)
class Acceptability(ShownAsTable):
    """By threshold (currency per QALY).

    ``probability`` (strategies, thresholds): share of draws in which each strategy has the highest
    net benefit; draws in which several do are shared among them, so a column adds up to 1.
    ``best``: index of the strategy with the highest expected net benefit. ``frontier``: its
    probability (CEAF). ``evpi``: expected value of perfect information per patient, in currency.
    ``evpi_standard_error``: from the draws.
    """

    thresholds: np.ndarray
    probability: np.ndarray
    best: np.ndarray
    frontier: np.ndarray
    evpi: np.ndarray
    evpi_standard_error: np.ndarray

    def to_frame(self) -> pd.DataFrame:
        """threshold, best (strategy by its place), probability of each strategy, evpi: a row a threshold."""
        shares = {f"probability of {i}": row for i, row in enumerate(self.probability)}
        return pd.DataFrame(
            {"threshold": self.thresholds, "best": self.best} | shares | {"evpi": self.evpi}
        )


def checked_draws(costs: ArrayLike, effects: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Costs and effects as arrays (strategies, draws); ValueError if they do not fit, are empty or
    not finite, or have more strategies than draws, as a table of draws in rows has.
    """
    costs, effects = as_numbers("costs", costs), as_numbers("effects", effects)
    if costs.ndim != 2 or costs.shape != effects.shape or costs.shape[0] < 2 or costs.shape[1] < 2:
        raise ValueError(
            "costs and effects have the same shape (strategies, draws), at least 2 of each; "
            f"found {costs.shape} and {effects.shape}"
        )
    if costs.shape[0] > costs.shape[1]:
        raise ValueError(
            f"{costs.shape[0]} strategies with {costs.shape[1]} draws each: rows are strategies and columns"
            " draws. Where each row is a draw (as in BCEA, dampack and voi), hand in the transposed table,"
            " costs.T and effects.T."
        )
    bad = ~((np.abs(costs) <= LARGEST) & (np.abs(effects) <= LARGEST)).all(axis=0)
    if bad.any():
        raise ValueError(
            f"{bad.sum()} of {bad.size} draws are not finite, the first is draw {np.argmax(bad)}. "
            "Look at the inputs of that draw; leaving draws out would hide the fault."
        )
    return costs, effects


def checked_thresholds(thresholds: ArrayLike) -> np.ndarray:
    """Thresholds, currency per QALY, as an array (thresholds,); ValueError where one is below 0 or
    not finite.
    """
    found = np.atleast_1d(as_numbers("thresholds", thresholds))
    if found.ndim > 1 or found.size == 0:
        raise ValueError(
            f"thresholds: found shape {found.shape}; give one number or a list of numbers."
        )
    wrong = ~((found >= 0) & (found <= LARGEST))
    if wrong.any():
        raise ValueError(
            f"thresholds are 0 or more, finite and not NaN; found {found[wrong][0]}. Give what a QALY"
            " may cost, in the currency of the costs."
        )
    return found


def acceptability(costs: ArrayLike, effects: ArrayLike, thresholds: ArrayLike) -> Acceptability:
    """CEAC, CEAF and EVPI at each threshold, exactly for the given draws.

    ``costs`` (currency) and ``effects`` (QALYs): (strategies, draws), at least 2 of each.
    ``thresholds``: currency per QALY, one or several. ValueError for thresholds below 0, and as
    ``checked_draws``.
    """
    costs, effects = checked_draws(costs, effects)
    thresholds = checked_thresholds(thresholds)
    strategies, draws = costs.shape
    best = np.argmax(thresholds[:, None] * effects.mean(axis=1) - costs.mean(axis=1), axis=1)
    probability = np.zeros((strategies, thresholds.size))
    lost, squared = np.zeros(thresholds.size), np.zeros(thresholds.size)
    for start in range(0, draws, BLOCK_DRAWS):
        c, e = costs[:, start : start + BLOCK_DRAWS], effects[:, start : start + BLOCK_DRAWS]
        for k, threshold in enumerate(thresholds):
            benefit = threshold * e - c
            highest = benefit.max(axis=0)
            wins = benefit == highest
            ties = wins.sum(axis=0)
            probability[:, k] += wins.sum(axis=1) if ties.max() == 1 else (wins / ties).sum(axis=1)
            loss = highest - benefit[best[k]]
            lost[k] += loss.sum()
            squared[k] += loss @ loss
    evpi = lost / draws
    error = np.sqrt(np.maximum(squared / draws - evpi**2, 0) / (draws - 1))
    probability /= draws
    return Acceptability(
        thresholds, probability, best, probability[best, np.arange(thresholds.size)], evpi, error
    )


@taking(
    value_per_patient=ANY,
    patients_per_year=NOT_NEGATIVE,
    years=count(),
    discount_factors=NOT_NEGATIVE,
)
def population_value(
    value_per_patient: ArrayLike,
    patients_per_year: ArrayLike,
    years: int,
    discount_factors: ArrayLike,
) -> np.ndarray:
    """Value of information for all patients of the coming ``years``, in currency.

    ``value_per_patient``: a number or one for each threshold. ``patients_per_year``: a number, or
    one for each year. ``discount_factors``: (years,), for years 0, 1, … ValueError for another
    number of factors or fewer than 0 patients.
    """
    factors = np.ravel(discount_factors)
    if factors.size != years or not np.all(np.asarray(patients_per_year) >= 0):
        raise ValueError(
            f"one discount factor for each of {years} years and 0 or more patients; found"
            f" {factors.size} factors"
        )
    if np.shape(patients_per_year) not in ((), (1,), factors.shape):
        raise ValueError(
            f"patients_per_year: one number, or one for each of {years} years; found shape"
            f" {np.shape(patients_per_year)}"
        )
    return np.asarray(value_per_patient) * np.sum(
        np.broadcast_to(patients_per_year, factors.shape) * factors
    )


@taking(
    incremental_costs=numbers(dims=(1,)), incremental_effects=numbers(dims=(1,)), points=count(2)
)
def convergence(
    incremental_costs: ArrayLike,
    incremental_effects: ArrayLike,
    threshold: float,
    points: int = 50,
) -> pd.DataFrame:
    """Mean increments, ICER, net benefit and its standard error after the first n draws, for about
    ``points`` values of n.

    ``incremental_costs``, ``incremental_effects``: (draws,). ``threshold``: currency per QALY. The
    Monte Carlo error of a mean falls with the square root of n: four times the draws for half
    the error.
    """
    cost_draws, effect_draws = np.asarray(incremental_costs), np.asarray(incremental_effects)
    c, e = checked_draws([cost_draws, cost_draws], [effect_draws, effect_draws])
    c, e = c[0], e[0]
    threshold = float(checked_thresholds(threshold)[0])
    n = np.unique(np.geomspace(min(10, c.size), c.size, points).astype(int))
    benefit = threshold * e - c

    def mean(values: np.ndarray) -> np.ndarray:
        return np.cumsum(values)[n - 1] / n

    centred = benefit - benefit.mean()
    spread = np.maximum(mean(centred**2) - mean(centred) ** 2, 0) * n / (n - 1)
    cost, effect = mean(c), mean(e)
    with np.errstate(divide="ignore", invalid="ignore"):
        told = ((cost > 0) == (effect > 0)) & (np.abs(effect) >= SMALLEST)
        icer = np.where(told, cost / effect, np.nan)
    return pd.DataFrame(
        {
            "draws": n,
            "cost": cost,
            "effect": effect,
            "icer": icer,
            "net_benefit": mean(benefit),
            "standard_error": np.sqrt(spread / n),
        }
    )
