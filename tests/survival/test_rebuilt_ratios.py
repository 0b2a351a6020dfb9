"""Hazard ratios rebuilt from medians and from shares, against what constant hazards give exactly."""

import math

import pytest

from assessment.survival.comparison.rebuilt_ratios import ratio_of_medians, ratio_of_shares


def test_medians_of_constant_hazards_give_the_ratio_back():
    """Hazards 0.02 and 0.05 a month; followed for ever, every patient has an event."""
    got = ratio_of_medians(math.log(2) / 0.02, math.log(2) / 0.05, 50, 80, follow_up=1e6)
    assert got.estimate == pytest.approx(0.02 / 0.05)
    assert got.log_se == pytest.approx(math.sqrt(1 / 50 + 1 / 80))


def test_short_follow_up_widens_the_interval():
    assert ratio_of_medians(20, 10, 50, 50, 5).log_se > ratio_of_medians(20, 10, 50, 50, 50).log_se


def test_shares_under_proportional_hazards_give_the_ratio_back():
    """A share of 0.36 against 0.6, which is its root: twice the hazard."""
    got = ratio_of_shares(36, 100, 60, 100)
    assert got.estimate == pytest.approx(2.0)
    by_hand = 0.64 / (36 * math.log(0.36) ** 2) + 0.4 / (60 * math.log(0.6) ** 2)
    assert got.log_se == pytest.approx(math.sqrt(by_hand))


@pytest.mark.parametrize("numbers", [(0, 10, 5, 5, 5), (10, 10, 5, 5, -1), (10, 10, 0, 5, 5)])
def test_medians_must_be_times_and_patients_people(numbers):
    with pytest.raises(ValueError, match="above 0"):
        ratio_of_medians(*numbers)


@pytest.mark.parametrize("counts", [(0, 10, 5, 10), (5, 10, 10, 10)])
def test_shares_of_none_or_all_give_no_ratio(counts):
    with pytest.raises(ValueError, match="gives no ratio"):
        ratio_of_shares(*counts)
