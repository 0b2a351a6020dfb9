"""Time grids: where they end, what they share, and where a cycle is discounted."""

import math

import numpy as np
import pytest

from assessment.economics.model.partitioned_survival import partitioned_survival
from assessment.economics.time.discounting import Discounting, constant_discounting
from assessment.economics.time.time_grid import (
    MONTH_YEARS,
    continuous_grid,
    cycle_grid,
)
from assessment.economics.verification.weibull_model import (
    CommonInputs,
    WeibullStrategy,
    compare_weibull,
)
from assessment.evidence import load_population_table
from assessment.survival import Exponential

LIFE, SCHEDULE = (load_population_table(n) for n in ("life-table", "discount-schedule"))

STEPPED, NONE, FOUR = Discounting(SCHEDULE), constant_discounting(0), constant_discounting(0.04)

COMMON = CommonInputs(0.8, 0.6, 10_000, 20_000, 70_000)


def random_strategy(n, seed=3):
    r = np.random.default_rng(seed)
    return WeibullStrategy(
        r.uniform(0.6, 2.5, n),
        r.uniform(0.3, 4, n),
        r.uniform(0.6, 2.5, n),
        r.uniform(0.5, 8, n),
        r.uniform(0, 5e5, n),
        900.0,
    )


def test_weeks_of_seven_days_end_at_the_horizon():
    grid = cycle_grid(20, 7 / 365.25, "trapezoid")
    assert grid.times_years[-1] == 20 and grid.weights(NONE).sum() == pytest.approx(20)
    s = random_strategy(5)
    assert compare_weibull([s], COMMON, "weekly", week_years=7 / 365.25).qalys == pytest.approx(
        compare_weibull([s], COMMON, "weekly").qalys, abs=2e-5
    )


def test_life_table_mode_discounts_each_cycle_where_it_is_told():
    def os(t):
        return np.exp(-0.4 * t)

    for at, shift in (("start", 0.0), ("middle", 0.5), ("end", 1.0)):
        grid = cycle_grid(10, MONTH_YEARS, "life-table", at)
        found = partitioned_survival(Exponential(0.8), Exponential(0.4), grid).alive @ grid.weights(
            FOUR
        )
        by_hand = sum(
            (os(k / 12) + os((k + 1) / 12)) / 2 / 12 * 1.04 ** -((k + shift) / 12)
            for k in range(120)
        )
        assert found == pytest.approx(by_hand, abs=1e-12)
        constant, weights = grid.death_weights(FOUR)
        deaths = sum(
            (os(k / 12) - os((k + 1) / 12)) * 1.04 ** -((k + shift) / 12) for k in range(120)
        )
        assert constant + os(grid.times_years) @ weights == pytest.approx(deaths, abs=1e-12)


def test_grids_of_one_span_have_the_same_times_until_they_end():
    whole, cut = (
        continuous_grid(41, range(1, 41), 48, order=7),
        continuous_grid(5, range(1, 5), 48, order=7, span_years=41),
    )
    before = cut.times_years.size - 1
    assert (
        np.array_equal(whole.times_years[:before], cut.times_years[:-1])
        and cut.times_years[-1] == 5
    )
    assert np.exp(-0.7 * cut.times_years) @ cut.weights(NONE) == pytest.approx(
        (1 - math.exp(-3.5)) / 0.7, abs=1e-12
    )
    off = continuous_grid(4.7, (1.0,), 48, order=7, span_years=41)
    assert off.horizon_years == 4.7 and np.all(np.diff(off.edges_years) > 0)
    assert np.exp(-0.7 * off.times_years) @ off.weights(NONE) == pytest.approx(
        (1 - math.exp(-3.29)) / 0.7, abs=1e-12
    )
