"""Exposure against independent solutions."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from assessment.case.trial import pharmacokinetics

half_life_hours = st.floats(10, 300)


def test_textbook_cases():
    # A half-life as long as the dose interval doubles the exposure; one half-life is half of the
    # way.
    assert pharmacokinetics.accumulation_ratio(24, 24) == pytest.approx(2)
    assert pharmacokinetics.fraction_of_steady_state(110, 110) == pytest.approx(0.5)
    assert pharmacokinetics.hours_to_fraction(0.75, 110) == pytest.approx(220)
    assert pharmacokinetics.half_life(
        clearance_litres_per_hour=math.log(2), volume_litres=100
    ) == pytest.approx(100)


@given(half_life_hours, st.integers(1, 200))
def test_accumulation_is_the_sum_of_what_is_left_of_each_dose(half_life, doses):
    left = sum(0.5 ** (i * 24 / half_life) for i in range(doses))
    assert pharmacokinetics.accumulation_after(doses, half_life, 24) == pytest.approx(left)
    assert pharmacokinetics.accumulation_after(
        doses, half_life, 24
    ) <= pharmacokinetics.accumulation_ratio(half_life, 24)


@settings(max_examples=15, deadline=None)
@given(half_life_hours, st.lists(st.sampled_from([0.0, 20.0, 40.0, 60.0]), min_size=3, max_size=20))
def test_levels_solve_the_differential_equation(half_life, doses):
    """dA/dt = −kA between doses, each dose a jump; averages by integrating A numerically, relative
    to dose/(k·tau).
    """
    k, amount = math.log(2) / half_life, 0.0
    levels = pharmacokinetics.relative_exposure(doses, half_life, reference_mg=60)
    for i, dose in enumerate(doses):
        start = amount + dose
        solved = solve_ivp(
            lambda t, y: [-k * y[0], y[0]], (0, 24), [start, 0.0], rtol=1e-10, atol=1e-12
        )
        amount, area = solved.y[0, -1], solved.y[1, -1]
        steady = 60 / (k * 24)
        assert levels["high"][i] == pytest.approx(start / steady, abs=1e-9)
        assert levels["average"][i] == pytest.approx(area / 24 / steady, abs=1e-7)
        assert levels["low"][i] == pytest.approx(amount / steady, abs=1e-7)


def test_constant_dosing_reaches_dose_over_clearance():
    clearance, volume = 2.48, 319.0
    half_life = pharmacokinetics.half_life(clearance, volume)
    after = pharmacokinetics.amount_after_dose([60.0] * 400, half_life)[-1]
    k = math.log(2) / half_life
    # mean of the decaying level over the last day
    average = after * (1 - math.exp(-24 * k)) / (k * 24) / volume
    assert pharmacokinetics.steady_state_average(60, clearance, 24) == pytest.approx(average)
    assert pharmacokinetics.relative_exposure([60.0] * 400, half_life, 60)["average"][
        -1
    ] == pytest.approx(1)


@given(st.floats(20, 250), st.integers(5, 40))
def test_effective_half_life_inverts_accumulation(half_life, doses):
    assert pharmacokinetics.effective_half_life(
        pharmacokinetics.accumulation_after(doses, half_life, 24), doses, 24
    ) == pytest.approx(half_life, rel=1e-6)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: pharmacokinetics.elimination_rate(0), "above 0 hours"),
        (lambda: pharmacokinetics.hours_to_fraction(1, 100), "below 1"),
        (lambda: pharmacokinetics.effective_half_life(20, 15, 24), "between 1 and 15"),
    ],
)
def test_errors_say_what_is_allowed(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_doses_of_each_day():
    assert pharmacokinetics.daily_doses(8, 60, 40, change_day=3, pause_days=2).tolist() == [
        60,
        60,
        60,
        0,
        0,
        40,
        40,
        40,
    ]
