"""Partitioned survival against closed forms, adaptive quadrature, fine cycles and brute force."""

import math

import numpy as np
import pytest
from scipy.integrate import quad

from assessment.economics.model.outcomes import CostItem, Utilities, evaluate
from assessment.economics.model.partitioned_survival import (
    Mortality,
    Waning,
    partition,
    partitioned_survival,
)
from assessment.economics.time.discounting import Discounting, constant_discounting
from assessment.economics.time.quadrature import positive_part, rule
from assessment.economics.time.time_grid import (
    MONTH_YEARS,
    WEEK_YEARS,
    continuous_grid,
    cycle_grid,
)
from assessment.economics.verification.weibull_model import (
    CommonInputs,
    WeibullStrategy,
    compare_weibull,
)
from assessment.evidence import load_population_table
from assessment.survival import Exponential, LogNormal, Weibull

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


def test_weeks_of_seven_days_end_at_the_horizon():
    grid = cycle_grid(20, 7 / 365.25, "trapezoid")
    assert grid.times_years[-1] == 20 and grid.weights(NONE).sum() == pytest.approx(20)
    s = random_strategy(5)
    assert compare_weibull([s], COMMON, "weekly", week_years=7 / 365.25).qalys == pytest.approx(
        compare_weibull([s], COMMON, "weekly").qalys, abs=2e-5
    )


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


def test_closed_forms():
    grid = continuous_grid(200, STEPPED.steps_years, panels=20)
    at = partitioned_survival(Exponential(0.9), Exponential(0.3), grid)
    assert at.alive @ grid.weights(NONE) == pytest.approx(1 / 0.3, abs=1e-9)
    assert at.alive @ grid.weights(FOUR) == pytest.approx(1 / (0.3 + math.log(1.04)), abs=1e-9)
    constant, weights = grid.death_weights(FOUR)
    assert constant + at.alive @ weights == pytest.approx(0.3 / (0.3 + math.log(1.04)), abs=1e-9)
    # Stepped: a slow hazard, band by band.
    slow = partitioned_survival(Exponential(0.9), Exponential(0.02), grid).alive @ grid.weights(
        STEPPED
    )
    total, start, factor = 0.0, 0.0, 1.0
    for end, rate in ((40, 0.04), (75, 0.03), (200, 0.02)):
        f = 0.02 + math.log1p(rate)
        total += factor * -math.expm1(-f * (end - start)) / f
        factor, start = factor * math.exp(-f * (end - start)), end
    assert slow == pytest.approx(total, abs=1e-10)


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


@pytest.mark.parametrize(
    "grid",
    [
        continuous_grid(20),
        cycle_grid(20, WEEK_YEARS, "trapezoid"),
        cycle_grid(20, 0.3, "life-table", "middle"),
    ],
)
def test_states_add_up_and_nobody_returns_from_the_dead(grid):
    at = partitioned_survival(Weibull([1.4, 0.7], 1.0), LogNormal([0.1, 1.0], 1.0), grid)
    assert np.abs(at.states.sum(axis=-1) - 1).max() < 1e-12
    if grid.mode != "continuous":
        assert at.states.min() >= 0 and at.states.max() <= 1
        assert np.all(np.diff(at.states[..., 2], axis=-1) >= 0)


def test_positive_part_keeps_integrals_through_two_zeros():
    x, w, _ = rule(10)
    f = (x + 0.3) * (x - 0.5)

    def integral(g, a, b):
        return quad(g, a, b)[0]

    exact = sum(
        integral(lambda s: (s + 0.3) * (s - 0.5) * math.exp(s), a, b)
        for a, b in ((-1, -0.3), (0.5, 1))
    )
    assert positive_part(f[None])[0] @ (w * np.exp(x)) == pytest.approx(exact, abs=1e-9)


def test_positive_part_notices_every_change_of_sign():
    """Against the root of each rising polynomial; roots between the last node and the end of the
    panel, and outside it, among them.
    """
    x, w, to_coefficients = rule(7)
    values = np.linspace(-1.3, 1.3, 400)[:, None] + np.random.default_rng(8).uniform(
        0.5, 1, (400, 1)
    ) * (x + 0.2 * x**3)
    found = positive_part(values[:, None, :])[:, 0] @ w
    for row, area in zip(values, found):
        series = np.polynomial.Legendre(to_coefficients @ row)
        cuts = np.unique(
            np.clip([-1, *(r.real for r in series.roots() if abs(r.imag) < 1e-9), 1], -1, 1)
        )
        whole = series.integ()
        assert area == pytest.approx(
            sum(max(whole(b) - whole(a), 0) for a, b in zip(cuts, cuts[1:])), abs=1e-12
        )


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


def test_evaluate_adds_states_items_and_events():
    grid = continuous_grid(20, STEPPED.steps_years)
    at = partitioned_survival(Exponential(0.9), Exponential(0.3), grid, treatment=Exponential(1.2))
    items = [
        CostItem("drug", "on treatment", 5e5),
        CostItem("visits", "alive", 1e4),
        CostItem("adverse events", "start", 7e3),
        CostItem("care", "progressed", [2e4, 3e4]),
        CostItem("end of life", "death", 7e4),
        CostItem("next line", "leaving progression-free", 1e4),
    ]
    out = evaluate(at, Utilities(0.8, 0.7), items, FOUR)
    force = math.log(1.04)

    def area(rate):
        return -math.expm1(-(rate + force) * 20) / (rate + force)

    assert out.cost_by_item["drug"] == pytest.approx(5e5 * area(1.2), rel=1e-9)
    assert out.cost_by_item["end of life"] == pytest.approx(7e4 * 0.3 * area(0.3), rel=1e-9)
    assert out.cost_by_item["next line"] == pytest.approx(1e4 * 0.9 * area(0.9), rel=1e-9)
    assert out.qalys == pytest.approx(0.8 * area(0.9) + 0.7 * (area(0.3) - area(0.9)), rel=1e-9)
    assert out.cost[1] - out.cost[0] == pytest.approx(1e4 * out.life_years_progressed)
    assert evaluate(at, Utilities(1, 1), [], FOUR).qalys == pytest.approx(out.life_years)
    with pytest.raises(ValueError, match="time on treatment was given"):
        evaluate(
            partitioned_survival(Exponential(0.9), Exponential(0.3), grid),
            Utilities(1, 1),
            items,
            FOUR,
        )


@pytest.mark.parametrize(
    "wrong, message",
    [
        (
            lambda: WeibullStrategy(1.0, 1.0, 1.0, float("nan")),
            "os_scale_years must be finite and above 0",
        ),
        (
            lambda: WeibullStrategy(1.0, 1.0, 1.0, 1.0, -5.0),
            "treatment_cost_per_year must be finite and 0 or more",
        ),
        (lambda: CommonInputs(1.01, 0.5), "at most 1"),
        (lambda: Utilities(0.8, 75), "Write 0.75, not 75"),
        (lambda: CostItem("drug", "alive", -1.0), "0 or more"),
        (lambda: CostItem("drug", "sometimes", 1.0), "when is one of"),
        (lambda: continuous_grid(0), "the horizon is above 0"),
        (lambda: cycle_grid(20, 0, "trapezoid"), "a cycle is longer than 0"),
        (lambda: cycle_grid(20, 1, "life-table"), "needs discount_at"),
        (lambda: constant_discounting(-0.1), "rates are 0 or more"),
        (lambda: Mortality(LIFE, 150), "life table covers ages"),
        (lambda: Waning(None, 3, 1), "waning starts"),
        (lambda: partition(np.full(121, np.nan), np.zeros(121), continuous_grid(20)), "not NaN"),
        (
            lambda: compare_weibull(
                [WeibullStrategy(np.ones(3), 1, 1, 1)], CommonInputs(np.ones(4), 0.5)
            ),
            "same number of draws",
        ),
        (lambda: compare_weibull([WeibullStrategy(np.ones(0), 1, 1, 1)], COMMON), "at least 1"),
        (lambda: compare_weibull([WeibullStrategy(1, 1, 1, 1)], COMMON, "daily"), "mode is"),
    ],
)
def test_bad_input_is_told_with_the_next_step(wrong, message):
    with pytest.raises(ValueError, match=message):
        wrong()
