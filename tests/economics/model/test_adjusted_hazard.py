"""The mortality floor and waning against brute force, the life table and the severity module."""

import math

import numpy as np
import pytest

from assessment.economics.model.absolute_shortfall import Comparator, expected_outcomes
from assessment.economics.model.adjusted_hazard import Mortality, Waning, cumulative_hazard
from assessment.economics.model.partitioned_survival import partitioned_survival
from assessment.economics.model.population_health import norm_at
from assessment.economics.time.discounting import Discounting, constant_discounting
from assessment.economics.time.time_grid import WEEK_YEARS, continuous_grid, cycle_grid
from assessment.evidence import load_population_table
from assessment.survival import Exponential, LogNormal, Weibull

LIFE, NORMS, SCHEDULE = (
    load_population_table(n) for n in ("life-table", "hrqol-norms", "discount-schedule")
)

STEPPED, NONE, FOUR = Discounting(SCHEDULE), constant_discounting(0), constant_discounting(0.04)


def test_mortality_is_a_floor_on_the_hazard():
    age = 63.4
    mortality = Mortality(LIFE, age)
    grid = continuous_grid(35, [*mortality.breaks_years(35), *STEPPED.steps_years])
    cured = partitioned_survival(
        Exponential(1.0), LogNormal([0.5, 1.5], 1.2), grid, mortality=mortality
    )
    t = np.linspace(0, 35, 700_001)
    middle = (t[1:] + t[:-1]) / 2
    for draw, mean in enumerate((0.5, 1.5)):
        base = LogNormal(mean, 1.2)
        step = np.maximum(np.diff(base.cumulative_hazard(t)), mortality.hazard(middle) * np.diff(t))
        alive = np.exp(-np.append(0, np.cumsum(step)))
        assert cured.alive[draw] @ grid.weights(FOUR) == pytest.approx(
            np.trapezoid(alive * 1.04**-t, t), abs=2e-8
        )
        assert (base.survival(grid.times_years) - cured.alive[draw]).min() > -1e-9
    weekly = cycle_grid(35, WEEK_YEARS, "trapezoid")
    by_week = partitioned_survival(
        Exponential(1.0), LogNormal([0.5, 1.5], 1.2), weekly, mortality=mortality
    )
    assert by_week.alive @ weekly.weights(FOUR) == pytest.approx(
        cured.alive @ grid.weights(FOUR), abs=2e-4
    )


def test_fewer_nodes_or_finer_breaks_change_little_under_the_floor():
    mortality, curve = Mortality(LIFE, 66), LogNormal(np.linspace(0.3, 2, 40), 1.2)
    years = []
    for order, parts in ((10, 8), (10, 2), (10, 1), (6, 1)):
        breaks = [*np.arange(1 / parts, 40, 1 / parts), *STEPPED.steps_years]
        grid = continuous_grid(40, breaks, order=order)
        years.append(
            partitioned_survival(Exponential(1.0), curve, grid, mortality=mortality).alive
            @ grid.weights(STEPPED)
        )
    fine, half, whole, six = years
    assert (
        np.abs(half - fine).max() < 1e-8
        and np.abs(whole - fine).max() < 1e-7
        and np.abs(six - fine).max() < 5e-7
    )


def test_the_floor_gives_the_life_expectancy_of_the_population_and_agrees_with_the_severity_module():
    mortality = Mortality(LIFE, 66)
    grid = continuous_grid(41, mortality.breaks_years(41))
    healthy = partitioned_survival(Exponential(1.0), Exponential(1e-12), grid, mortality=mortality)
    q = LIFE.set_index("age")["death_probability"].loc[66:106].to_numpy()
    alive, years = 1.0, 0.0
    for p in np.clip(q, None, 1 - 1e-9):
        years += alive * -p / math.log1p(-p)
        alive *= 1 - p
    assert healthy.alive @ grid.weights(NONE) == pytest.approx(years, abs=1e-8)
    ill = partitioned_survival(
        Exponential(99.0), Exponential(math.log(2) * 12 / 19.7), grid, mortality=mortality
    )

    def age_adjusted(t):
        return norm_at(66 + np.minimum(t, 40.99), NORMS) / norm_at(66, NORMS)

    known = expected_outcomes(Comparator("epnet", "publication", 19.7, 1.0), 66, LIFE, NORMS)
    assert ill.alive @ grid.weights(NONE) == pytest.approx(known.life_years, abs=1e-3)
    assert ill.alive @ grid.weights(NONE, age_adjusted) == pytest.approx(known.qalys, abs=1e-3)


def test_waning_moves_the_hazard_to_the_controls():
    treated, control = Weibull([1.2, 0.8], 3.0), Weibull(1.2, 1.5)
    waning = Waning(control, 2.0, 5.0)
    t = np.linspace(0, 20, 400_001)
    middle = (t[1:] + t[:-1]) / 2
    v = waning.share(middle)
    hazard = treated.hazard(middle) * (1 - v) + control.hazard(middle) * v
    before = np.searchsorted(t, 2.0)
    reference = np.concatenate([np.zeros((2, 1)), np.cumsum(hazard * np.diff(t), axis=1)], axis=1)
    reference[:, before:] += (treated.cumulative_hazard(2.0) - reference[:, before])[:, None]
    for grid in (continuous_grid(20, (2.0, 5.0)), cycle_grid(20, 0.25, "trapezoid")):
        found = cumulative_hazard(treated, grid, waning=waning)
        late = grid.times_years > 2.2
        expected_there = np.array([np.interp(grid.times_years, t, r) for r in reference])
        assert np.abs(found - expected_there)[:, late].max() < 1e-6
    sudden = cumulative_hazard(
        treated, continuous_grid(20, (2.0,)), waning=Waning(control, 2.0, 2.0)
    )[:, -1]
    assert sudden == pytest.approx(
        treated.cumulative_hazard(2.0)
        + control.cumulative_hazard(20.0)
        - control.cumulative_hazard(2.0),
        abs=1e-9,
    )


def test_curves_in_months_give_what_curves_in_years_give():
    grid = continuous_grid(20)
    years = partitioned_survival(
        Weibull(1.2, 1.0), Weibull(1.1, 2.0), grid, mortality=Mortality(LIFE, 60)
    )
    months = partitioned_survival(
        Weibull(1.2, 12.0),
        Weibull(1.1, 24.0),
        grid,
        mortality=Mortality(LIFE, 60),
        units_per_year=12,
    )
    assert np.abs(years.alive - months.alive).max() < 1e-12
