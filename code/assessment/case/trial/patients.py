"""How many patients: what is known of the way from a diagnosis to cabozantinib, with its
uncertainty.

Published are the new neoplasms a year, how many of them are NET, and DMP's range of patients for
cabozantinib. The steps between are not published. Nothing is put in their place: what is computed
is the share they must leave over together. Random numbers come from the generator given; the same
seed gives the same draws.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# its rooms open when first entered; statistics takes a second, and many pages never need it
import scipy

from assessment.survival.comparison.effect_measures import wilson

LOW, HIGH = 0.025, 0.975


@dataclass(frozen=True)
class Interval:
    """Median and the ends of the central 95 % interval of some draws."""

    median: float
    low: float
    high: float


def summary(draws: np.ndarray) -> Interval:
    """Median and central 95 % interval of ``draws`` (one-dimensional)."""
    low, median, high = np.quantile(draws, [LOW, 0.5, HIGH])
    return Interval(float(median), float(low), float(high))


def yearly_rate(
    count_low: float, count_high: float, size: int, rng: np.random.Generator
) -> np.ndarray:
    """Draws (``size``) of the yearly rate behind one year's count that is known to lie between two
    bounds.

    The count is uniform between the bounds (the rounding of its source); given the count n, the
    rate of a Poisson process is Gamma(n + 1/2, 1), the posterior under Jeffreys' prior. ValueError
    unless 0 <= count_low <= count_high.
    """
    if not 0 <= count_low <= count_high:
        raise ValueError(
            f"a count must lie between bounds in order, 0 or more, not {count_low} and {count_high}"
        )
    return rng.gamma(rng.uniform(count_low, count_high, size) + 0.5)


def new_net_rate(
    count_range: tuple[float, float],
    share_range: tuple[float, float],
    size: int,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Draws of new neoplasms a year and of the NET among them.

    ``count_range`` bounds the registered count, ``share_range`` the share that are NET (per cent,
    uniform between the bounds, independent of the count). ValueError unless the shares lie between
    0 and 100, in order.
    """
    low, high = share_range
    if not 0 <= low <= high <= 100:
        raise ValueError(
            f"shares must lie between 0 and 100 per cent, in order, not {low} and {high}"
        )
    neoplasms = yearly_rate(*count_range, size, rng)
    return neoplasms, neoplasms * rng.uniform(low, high, size) / 100


def implied_share(patients: float, net: np.ndarray) -> np.ndarray:
    """Patients a year in per cent of new NET a year: what all unpublished steps together leave
    over, were numbers steady over time.
    """
    return 100 * patients / net


def equal_step_share(share: float, steps: int) -> float:
    """The share (per cent) each of ``steps`` would keep if all kept the same: the geometric mean.
    ``share`` is their product, per cent.
    """
    if steps < 1 or not 0 < share <= 100:
        raise ValueError(
            f"give a share above 0 and up to 100 per cent and at least one step, not {share} and"
            f" {steps}"
        )
    return 100 * (share / 100) ** (1 / steps)


def yearly_growth(fold: float, years: float) -> float:
    """Mean growth a year in per cent when something became ``fold`` times as large in ``years``
    years.
    """
    return 100 * (fold ** (1 / years) - 1)


def chance_interval(mean: float) -> tuple[int, int]:
    """Central 95 % interval of a Poisson count with this mean: chance alone."""
    return int(scipy.stats.poisson.ppf(LOW, mean)), int(scipy.stats.poisson.ppf(HIGH, mean))


def future_patients(
    mean_range: tuple[float, float], years: int, size: int, rng: np.random.Generator
) -> np.ndarray:
    """Draws of the patients to be treated in ``years`` years together.

    The yearly mean is uniform over ``mean_range`` and stays the same from year to year; the counts
    around it are Poisson.
    """
    return rng.poisson(rng.uniform(*mean_range, size) * years)


def variance_from_range(mean_range: tuple[float, float], years: int) -> float:
    """Per cent of the variance of ``future_patients`` that comes from not knowing the mean, by the
    law of total variance.

    Between means: years² (high − low)² / 12. Within: years (low + high) / 2.
    """
    low, high = mean_range
    between, within = years**2 * (high - low) ** 2 / 12, years * (low + high) / 2
    return 100 * between / (between + within)


def share_interval(share: float, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval, in per cent, for a share of ``n`` people given in per cent.

    Wilson 1927; formula as in Newcombe, Statistics in Medicine 1998;17:857-872, method 3.
    """
    low, high = wilson(share / 100 * n, n)
    return 100 * low, 100 * high
