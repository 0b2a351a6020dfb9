"""Amounts, shares and ratios are written with no more digits than they bear."""

from __future__ import annotations

import pytest

from assessment.economics.analysis.cost_effectiveness import Increment
from assessment.presentation.icer_format import (
    format_icer,
    format_icer_per_qaly,
    includes_zero,
    noted_icer,
)
from assessment.presentation.money_format import (
    format_million_nok,
    format_nok,
    format_per_qaly,
    format_price,
    format_price_alone,
    format_share,
    price_step,
)


def test_amounts_and_shares_as_readers_see_them():
    assert format_million_nok(1_234_000) == "1.23\u00a0million NOK"
    assert format_nok(3_349) == "3300\u00a0NOK"
    assert format_nok(69_600) == "70\u202f000\u00a0NOK"
    assert format_per_qaly(4.07e6) == "4.1\u00a0million NOK"
    assert format_per_qaly(13.9e6) == "14\u00a0million NOK"
    assert [format_share(share) for share in (0.0, 0.0004, 0.054, 0.31)] == [
        "0\u00a0%",
        "below 0.05\u00a0%",
        "5.4\u00a0%",
        "31\u00a0%",
    ]


@pytest.mark.parametrize(
    ("cost", "gain", "text"),
    [
        (0.8e6, 0.22, "3.6\u00a0million NOK"),
        (0.8e6, 0.0243, "33\u00a0million NOK"),
        (0.08e6, 0.18, "0.44\u00a0million NOK"),
        (0.8e6, -0.01, "costs more, gains nothing"),
        (-0.1e6, 0.2, "costs less, gains health"),
        (-0.1e6, -0.2, "saves, loses health"),
    ],
)
def test_a_ratio_stands_where_the_drug_costs_more_and_gains_and_words_elsewhere(cost, gain, text):
    increment = Increment(cost=cost, effect=gain)
    assert format_icer(increment) == text
    per_qaly = text + " per QALY" if "million" in text else text
    assert format_icer_per_qaly(increment) == per_qaly


def test_a_ratio_has_its_note_where_the_gain_may_be_nothing():
    assert "says little" in noted_icer("4 million", -0.65, 1.11)
    assert noted_icer("4 million", 0.1, 0.3) == "4 million"
    assert includes_zero(0.0, 1.0) and not includes_zero(-2.0, -0.1)


@pytest.mark.parametrize(
    ("price", "low", "high", "text"),
    [
        # The interval is 82 900 wide, four standard errors of 21 000: tens of thousands are left.
        (3_259, -36_760, 46_140, "about zero (none to 46\u202f000 NOK)"),
        (-4_000, -36_760, 46_140, "about zero (none to 46\u202f000 NOK)"),
        (-6_000, -36_760, 46_140, "no price (none to 46\u202f000 NOK)"),
        # 22 800 wide: thousands are left.
        (-3_120, -15_360, 7_458, "no price (none to 7500 NOK)"),
        (14_499, 857, 25_953, "14\u202f000 (900 to 26\u202f000 NOK)"),
        (4_019, 23, 6_912, "4000 (about zero to 6900 NOK)"),
        (29_700, 18_000, 42_000, "30\u202f000 (18\u202f000 to 42\u202f000 NOK)"),
        (-4_819, -13_295, -1_884, "no price at either end of the interval"),
        (5_123.0, 5_123.0, 5_123.0, "5100 (5100 to 5100 NOK)"),
    ],
)
def test_a_price_has_the_digits_that_its_interval_bears(price, low, high, text):
    assert format_price(price, low, high) == text


def test_a_price_without_draws_says_that_it_has_no_interval():
    assert format_price_alone(14_499.0) == "14\u202f000\u00a0NOK (interval not computed)"
    assert format_price_alone(-3.0) == "no price (interval not computed)"
    with pytest.raises(ValueError, match="from a lower to a higher"):
        price_step(2.0, 1.0)
