"""Nonsense in, a sentence out: a missing number must not become the least severe, and a percentage no
fraction.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from assessment.economics.analysis.acceptability import acceptability, convergence
from assessment.economics.analysis.cost_effectiveness import Increment, price_at_threshold
from assessment.economics.analysis.value_of_information import evppi
from assessment.economics.model.absolute_shortfall import (
    Comparator,
    absolute_shortfall,
    expected_outcomes,
    median_at_shortfall,
    severity_class,
    shortfall_by_age,
)
from assessment.economics.time.discounting import (
    Discounting,
    constant_discounting,
    discount_factor,
)
from assessment.evidence import load_population_table

NAN, INF = float("nan"), float("inf")
COMPARATOR = Comparator("any", "any", 24.0, 0.7)


@pytest.mark.parametrize("numbers", [(NAN, 2.0), (10.0, NAN), (INF, 2.0), (10.0, INF)])
def test_no_shortfall_without_two_numbers(numbers):
    with pytest.raises(ValueError, match="needs two numbers of QALYs"):
        absolute_shortfall(*numbers)


@pytest.mark.parametrize("shortfall", [NAN, -1.0, INF])
def test_a_shortfall_is_a_number(shortfall):
    with pytest.raises(ValueError, match="0 or more and finite"):
        median_at_shortfall(shortfall, 60, COMPARATOR)
    with pytest.raises(ValueError, match="0 or more and finite"):
        severity_class(shortfall, load_population_table("severity-classes"))


@pytest.mark.parametrize("age", [30, 49.5, 584, NAN])
def test_ages_are_those_of_the_published_table(age):
    for asked in (
        lambda: shortfall_by_age(None, [age]),
        lambda: shortfall_by_age(COMPARATOR, [age]),
        lambda: median_at_shortfall(10.0, age, COMPARATOR),
    ):
        with pytest.raises(ValueError, match="published for whole ages 40 to"):
            asked()


@pytest.mark.parametrize("age", [584, -1, NAN])
def test_ages_are_those_of_the_life_table(age):
    tables = (load_population_table(name) for name in ("life-table", "hrqol-norms"))
    with pytest.raises(ValueError, match="the life table covers ages 0 to 106"):
        expected_outcomes(COMPARATOR, age, *tables)


@pytest.mark.parametrize(
    "wrong",
    [
        {"utility": -1e9},
        {"utility": 1.2},
        {"utility": NAN},
        {"median_survival_months": INF},
        {"median_survival_months": NAN},
        {"shape": INF},
    ],
)
def test_a_comparator_is_possible(wrong):
    given = {"median_survival_months": 24.0, "utility": 0.7} | wrong
    with pytest.raises(ValueError, match="the utility from -1 to 1"):
        Comparator("any", "any", **given)


@pytest.mark.parametrize("rate", [4, 1.5, 1, 100, -0.5, NAN])
def test_a_rate_is_a_fraction(rate):
    with pytest.raises(ValueError, match="0.04 for 4 %"):
        constant_discounting(rate)
    schedule = pd.DataFrame({"year_from": [0], "year_to": [None], "annual_rate": [rate]})
    with pytest.raises(ValueError, match="0.04 for 4 %"):
        Discounting(schedule)
    with pytest.raises(ValueError, match="0.04 for 4 %"):
        discount_factor(1, schedule)


def test_the_limit_in_which_only_the_beginning_counts_can_be_tried():
    assert constant_discounting(1e12).factor([0.0, 1.0]) == pytest.approx([1.0, 0.0])


@pytest.mark.parametrize("year", [NAN, -1.0])
def test_years_are_nought_or_more(year):
    with pytest.raises(ValueError, match="0 or more"):
        constant_discounting(0.04).factor([0.0, year])


def test_discounting_by_hand():
    """Occupancy 1, 0.8, 0.7, 0.5, 0.2 and so on are nobody's: two factors are."""
    assert constant_discounting(0.04).factor(2.0) == pytest.approx(1 / 1.04**2)
    schedule = load_population_table("discount-schedule")
    assert discount_factor(41, schedule) == pytest.approx(0.202222, abs=1e-6)


COSTS = np.array([[0.0, 0.0, 0.0], [1.0, 2.0, 3.0]])
EFFECTS = np.array([[0.0, 0.0, 0.0], [0.1, 0.2, 0.1]])


def test_few_draws_are_no_information():
    with pytest.raises(ValueError, match="noise would be read as information"):
        evppi(COSTS, EFFECTS, np.random.default_rng(1).normal(size=(3, 6)), 50_000)
    assert evppi(COSTS, EFFECTS, np.ones(3), 50_000).value == 0  # nothing to fit, nothing to learn


@pytest.mark.parametrize("threshold", [NAN, -1.0, INF])
def test_thresholds_are_amounts(threshold):
    increments = Increment(1.0, 0.2)
    for asked in (
        lambda: acceptability(COSTS, EFFECTS, [10.0, threshold]),
        lambda: evppi(COSTS, EFFECTS, np.ones(3), threshold),
        lambda: convergence(COSTS[1], EFFECTS[1], threshold),
        lambda: price_at_threshold(threshold, increments, 3.0),
    ):
        with pytest.raises(ValueError, match=r"0 or more(, finite| and finite)"):
            asked()


@pytest.mark.parametrize("quantity", [INF, NAN, 0.0, -1.0])
def test_a_price_needs_packs(quantity):
    with pytest.raises(ValueError, match="buys more units than its comparator"):
        price_at_threshold(100.0, Increment(1.0, 0.2), quantity)
