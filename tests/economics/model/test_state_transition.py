"""The state-transition variant against closed forms, an ODE solver and partitioned survival."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from assessment.economics.model.adjusted_hazard import Mortality
from assessment.economics.model.before_progression import before_progression
from assessment.economics.model.death_after_progression import clock_forward_rates, equal_rate
from assessment.economics.model.partitioned_survival import partitioned_survival
from assessment.economics.model.state_transition import state_transition
from assessment.economics.time.discounting import constant_discounting
from assessment.economics.time.time_grid import continuous_grid, cycle_grid
from assessment.evidence import load_population_table
from assessment.survival import Exponential, LogLogistic, Weibull

HORIZON = 20.0

HALVES = np.arange(0.5, HORIZON, 0.5)

GRID = continuous_grid(HORIZON, HALVES)

FOUR = constant_discounting(0.04)


def exponential_progressed(t, leaving, share, rate):
    """P(t) for constant rates: progression (1 − share) × leaving, death after it at ``rate``."""
    return (1 - share) * leaving * (np.exp(-rate * t) - np.exp(-leaving * t)) / (leaving - rate)


@pytest.mark.parametrize(
    "leaving, share, rate", [(0.9, 0.1, 0.4), (2.5, 0.0, 0.3), (0.5, 0.3, 3.0)]
)
def test_exponential_transitions_in_closed_form(leaving, share, rate):
    at = state_transition(before_progression(Exponential(leaving), GRID, death_share=share), rate)
    wanted = exponential_progressed(GRID.times_years, leaving, share, rate)
    assert np.abs(at.states[:, 1] - wanted).max() < 1e-8
    assert at.progression_free == pytest.approx(np.exp(-leaving * GRID.times_years), abs=1e-14)
    force = np.log(1.04)

    def area(k):
        return -np.expm1(-(k + force) * HORIZON) / (k + force)

    years = (1 - share) * leaving * (area(rate) - area(leaving)) / (leaving - rate)
    assert at.states[:, 1] @ GRID.weights(FOUR) == pytest.approx(years, abs=1e-9)


def test_fine_cycles_agree_with_continuous_time():
    rate = np.array([0.3, 0.6])
    curve = Weibull([1.3, 0.9], [1.1, 0.8])
    continuous = state_transition(before_progression(curve, GRID, death_share=0.1), rate)
    fine = cycle_grid(HORIZON, 1 / 365, "trapezoid")
    cycles = state_transition(before_progression(curve, fine, death_share=0.1), rate)
    assert cycles.states[..., 1] @ fine.weights(FOUR) == pytest.approx(
        continuous.states[..., 1] @ GRID.weights(FOUR), abs=2e-6
    )


@pytest.mark.parametrize("mortality", [None, Mortality(load_population_table("life-table"), 66)])
def test_cycles_read_what_panels_solve(mortality):
    """As many fine panels have it, one for each cycle."""
    breaks = (*HALVES, *(mortality.breaks_years(HORIZON) if mortality else ()))
    curve, rate = Weibull([1.3, 0.9], [1.1, 0.8]), np.array([0.3, 0.6])
    share = None if mortality else 0.1
    panels = continuous_grid(HORIZON, breaks, panels=48)
    alive, free = [], []
    for read in (panels, None):
        months = cycle_grid(HORIZON, 1 / 48, "trapezoid", panels=read)
        at = state_transition(
            before_progression(curve, months, death_share=share, mortality=mortality), rate
        )
        alive.append(at.alive[..., ::4]), free.append(at.progression_free[..., ::4])
    np.testing.assert_allclose(*free, atol=1e-6)
    np.testing.assert_allclose(*alive, atol=1e-6)


def test_against_an_ode_solver_with_population_mortality():
    mortality = Mortality(load_population_table("life-table"), 66)
    grid = continuous_grid(HORIZON, HALVES)
    curve, rate = Weibull(1.2, 1.5), 0.35
    at = state_transition(before_progression(curve, grid, mortality=mortality), rate)

    def floor(t):
        return float(mortality.hazard(t))

    def change(t, y):
        leaving = max(float(curve.hazard(t)), floor(t))
        return [-leaving * y[0], (leaving - floor(t)) * y[0] - max(rate, floor(t)) * y[1]]

    y, largest = [1.0, 0.0], 0.0
    for start, end in zip(grid.edges_years[:-1], grid.edges_years[1:]):
        inside = (grid.times_years > start) & (grid.times_years <= end)
        found = solve_ivp(
            change, (start + 1e-12, end - 1e-12), y, rtol=1e-11, atol=1e-13, dense_output=True
        )
        largest = max(
            largest,
            np.abs(found.sol(grid.times_years[inside])[1] - at.states[inside, 1]).max(initial=0.0),
        )
        y = found.y[:, -1]
    assert largest < 1e-7


def test_clock_forward_meets_the_survival_curve_and_passes_its_rates_on():
    pfs, os = Weibull([1.2, 1.1], [0.6, 0.5]), Weibull([1.3, 1.2], [2.4, 2.0])
    before = before_progression(pfs, GRID, death_share=0.1)
    rates = clock_forward_rates(before, os)
    assert rates.shape == (2, GRID.widths_years.size)
    at = state_transition(before, rates)
    # Met at each edge; half-way between two edges a constant rate leaves up to a few in a thousand.
    assert np.abs(at.alive - os.survival(GRID.times_years)).max() < 3e-3
    assert at.alive[:, -1] == pytest.approx(os.survival(HORIZON), abs=1e-10)
    psm = partitioned_survival(pfs, os, GRID)
    assert at.alive @ GRID.weights(FOUR) == pytest.approx(psm.alive @ GRID.weights(FOUR), abs=2e-3)
    # The same rates with slower progression: people live longer, though no more than the PFS
    # gained.
    slower = Weibull([1.2, 1.1], [1.2, 1.0])
    treated = state_transition(before_progression(slower, GRID, death_share=0.1), rates)
    gained = (treated.alive - at.alive) @ GRID.weights(FOUR)
    free = (treated.progression_free - at.progression_free) @ GRID.weights(FOUR)
    assert np.all((gained > 0) & (gained < free))


def test_constant_rates_are_recovered():
    """OS made from known rates: clock-forward and equal_rate both give the rate back."""
    leaving, rate = 1.1, 0.45

    class Made:
        def cumulative_hazard(self, t):
            return -np.log(np.exp(-leaving * t) + exponential_progressed(t, leaving, 0.0, rate))

    before = before_progression(Exponential(leaving), GRID, death_share=0.0)
    assert clock_forward_rates(before, Made()) == pytest.approx(rate, abs=1e-6)
    assert equal_rate(before, Made()) == pytest.approx(rate, abs=1e-9)


def test_equal_survival_after_progression_carries_the_gain_to_survival():
    """With no deaths before progression and no horizon to speak of, life years = mean PFS + mean
    survival after progression.
    """
    grid, none = continuous_grid(200.0, np.arange(0.5, 60, 0.5)), constant_discounting(0.0)
    before = {
        s: before_progression(Exponential(rate), grid, death_share=0.0)
        for s, rate in {"a": 0.7, "b": 1.6}.items()
    }
    rate = equal_rate(before["b"], Exponential(1 / (1 / 1.6 + 1 / 0.5)))
    assert rate == pytest.approx(0.5, abs=1e-9)
    years = {s: state_transition(b, rate).alive @ grid.weights(none) for s, b in before.items()}
    assert years["a"] - years["b"] == pytest.approx(1 / 0.7 - 1 / 1.6, abs=1e-7)


def test_nobody_lives_longer_than_the_general_population():
    mortality = Mortality(load_population_table("life-table"), 66)
    at = state_transition(
        before_progression(LogLogistic([1.1, 0.8], [9.0, 20.0]), GRID, mortality=mortality),
        np.array([0.0, 0.01]),
    )
    population = np.exp(-np.cumsum(np.r_[0, mortality.hazard(np.arange(20))]))
    for year in (5, 10, 19):
        column = np.argmin(np.abs(GRID.times_years - year))
        t = GRID.times_years[column]
        allowed = population[int(t)] * np.exp(-mortality.hazard(t) * (t - int(t)))
        assert np.all(at.alive[:, column] <= allowed + 1e-6)


@pytest.mark.parametrize(
    "wrong, message",
    [
        (lambda: before_progression(Exponential(1.0), GRID), "Give death_share"),
        (lambda: before_progression(Exponential(1.0), GRID, death_share=5), "Write 0.1, not 10"),
        (
            lambda: state_transition(
                before_progression(Exponential(1.0), GRID, death_share=0.1), -1.0
            ),
            "0 or more a year",
        ),
        (
            lambda: state_transition(
                before_progression(Exponential(1.0), GRID, death_share=0.1), np.nan
            ),
            "0 or more a year",
        ),
        (
            lambda: equal_rate(
                before_progression(Exponential(0.2), GRID, death_share=0.1), Exponential(0.9)
            ),
            "Check that OS is above PFS",
        ),
    ],
)
def test_bad_input(wrong, message):
    with pytest.raises(ValueError, match=message):
        wrong()
