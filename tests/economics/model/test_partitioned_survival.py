"""Partitioned survival and outcomes against closed forms; what is asked of inputs."""

import math

import numpy as np
import pytest

from assessment.economics.model.adjusted_hazard import Mortality, Waning
from assessment.economics.model.outcomes import CostItem, Utilities, evaluate
from assessment.economics.model.partitioned_survival import partition, partitioned_survival
from assessment.economics.time.discounting import Discounting, constant_discounting
from assessment.economics.time.time_grid import (
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
        (lambda: Waning(Exponential(0.1), 3, 1), "waning starts"),
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
