"""The model by which programs are timed, against adaptive quadrature, plain loops and the general
model.
"""

import math

import numpy as np
import pytest
from scipy.integrate import quad

from assessment.economics.model.outcomes import CostItem, Utilities, evaluate
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
from assessment.survival import Weibull

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


def adaptive(strategy, i, horizon=20):
    """Discounted areas under min(PFS, OS) and OS, split where the curves cross."""
    k1, s1, k2, s2 = (
        getattr(strategy, f)[i]
        for f in ("pfs_shape", "pfs_scale_years", "os_shape", "os_scale_years")
    )
    cross = math.exp(min(50, (k1 * math.log(s1) - k2 * math.log(s2)) / (k1 - k2)))
    points = [
        p for p in sorted({0, 1e-4, 0.01, 0.1, 0.5, 1, 2, 4, 8, 14, horizon, cross}) if p <= horizon
    ]

    def area(f):
        return sum(quad(f, a, b, epsabs=1e-14, epsrel=1e-13)[0] for a, b in zip(points, points[1:]))

    pfs, os = (lambda t: math.exp(-((t / s1) ** k1))), (lambda t: math.exp(-((t / s2) ** k2)))
    return area(lambda t: min(pfs(t), os(t)) * 1.04**-t), area(lambda t: os(t) * 1.04**-t)


def test_continuous_time_agrees_with_adaptive_quadrature_whether_or_not_curves_cross():
    s = random_strategy(60)
    result = compare_weibull([s], COMMON)
    assert 5 < result.crossings[0] < 60
    areas = np.array([adaptive(s, i) for i in range(60)])
    assert np.abs(result.life_years[0] - areas[:, 1]).max() < 1e-8
    assert (
        np.abs(result.qalys[0] - (0.8 * areas[:, 0] + 0.6 * (areas[:, 1] - areas[:, 0]))).max()
        < 1e-8
    )


def test_fine_cycles_close_in_on_continuous_time():
    s = WeibullStrategy(1.3, 0.9, 1.1, 2.4, 3e5)
    exact = compare_weibull([s], COMMON)
    errors = [
        abs(compare_weibull([s], COMMON, "weekly", week_years=w).qalys - exact.qalys).item()
        for w in (1 / 50, 1 / 500, 1 / 20_000)
    ]
    assert errors[0] > errors[1] > errors[2] and errors[2] < 1e-8


def test_months_and_weeks_agree_with_a_plain_loop():
    s = random_strategy(7, 5)
    for mode, per_year in (("monthly", 12), ("weekly", 52)):
        result = compare_weibull([s], COMMON, mode)
        for i in range(7):
            t = np.arange(20 * per_year + 1) / per_year
            os = np.exp(-((t / s.os_scale_years[i]) ** s.os_shape[i]))
            pfs = np.minimum(np.exp(-((t / s.pfs_scale_years[i]) ** s.pfs_shape[i])), os)
            df = 1.04**-t
            pf, pd = np.trapezoid(pfs * df, t), np.trapezoid((os - pfs) * df, t)
            died = np.sum(-np.diff(os) * (df[1:] + df[:-1]) / 2)
            assert result.qalys[0, i] == pytest.approx(0.8 * pf + 0.6 * pd, abs=1e-11)
            assert result.costs[0, i] == pytest.approx(
                900 + (s.treatment_cost_per_year[i] + 1e4) * pf + 2e4 * pd + 7e4 * died, rel=1e-12
            )


@pytest.mark.parametrize(
    "mode, grid",
    [("continuous", continuous_grid(20)), ("monthly", cycle_grid(20, MONTH_YEARS, "trapezoid"))],
)
def test_the_timed_model_and_the_general_one_are_the_same(mode, grid):
    n = 2_000
    s = random_strategy(n, 9)
    at = partitioned_survival(
        Weibull(s.pfs_shape, s.pfs_scale_years), Weibull(s.os_shape, s.os_scale_years), grid
    )
    items = [
        CostItem("drug", "progression-free", s.treatment_cost_per_year),
        CostItem("start", "start", 900.0),
        CostItem("end", "death", 7e4),
        CostItem("free", "progression-free", 1e4),
        CostItem("worse", "progressed", 2e4),
    ]
    general, timed = (
        evaluate(at, Utilities(0.8, 0.6), items, FOUR),
        compare_weibull([s], COMMON, mode),
    )
    assert (
        np.abs(general.qalys - timed.qalys[0]).max() < 1e-11
        and general.crossings == timed.crossings[0]
    )
    assert timed.costs[0] == pytest.approx(general.cost, rel=1e-11)


def test_a_float_and_an_array_of_draws_give_the_same():
    s = random_strategy(50)
    many = compare_weibull([s], COMMON)
    one = compare_weibull(
        [
            WeibullStrategy(
                *(float(np.broadcast_to(getattr(s, f), 50)[7]) for f in s.__dataclass_fields__)
            )
        ],
        COMMON,
    )
    assert one.qalys[0, 0] == pytest.approx(many.qalys[0, 7], abs=1e-13)
    grid = continuous_grid(20)
    single = partitioned_survival(Weibull(2.0, 1.0), Weibull(0.7, 0.8), grid)
    several = partitioned_survival(Weibull([2.0, 2.0], 1.0), Weibull([0.7, 0.7], 0.8), grid)
    assert single.crossings == 1 and several.crossings == 2
    assert single.progression_free @ grid.weights(FOUR) == pytest.approx(
        (several.progression_free @ grid.weights(FOUR))[1], abs=1e-14
    )
