"""Amounts, shares and ratios are written with no more digits than they bear."""

from __future__ import annotations

import pytest

from assessment.economics.analysis.cost_effectiveness import Increment
from assessment.presentation.icer_format import format_icer, format_icer_per_qaly, icer_lower_limit
from assessment.presentation.money_format import (
    format_million_nok,
    format_nok,
    format_per_qaly,
    format_share,
)


def test_amounts_and_shares_as_readers_see_them():
    assert format_million_nok(1_234_000) == "1.23\u00a0million NOK"
    assert format_nok(3_349) == "3300\u00a0NOK"
    assert format_nok(69_600) == "70\u202f000\u00a0NOK"
    assert format_per_qaly(4.07e6) == "4.1\u00a0million NOK"
    assert format_per_qaly(13.9e6) == "14\u00a0million NOK"
    assert [format_share(share) for share in (0.0, 0.054, 0.31)] == [
        "0\u00a0%",
        "5.4\u00a0%",
        "31\u00a0%",
    ]


@pytest.mark.parametrize(
    ("gain", "error", "text"),
    [
        (0.22, 0.003, "3.6\u00a0million NOK"),
        (0.0243, 0.006, "more than 22\u00a0million NOK"),
        (-0.01, 0.006, "more than 450\u00a0million NOK"),
        (-0.02, 0.006, "costs more, gains nothing"),
        (0.0243, 0.0, "33\u00a0million NOK"),
    ],
)
def test_a_ratio_that_the_draws_leave_open_is_told_by_its_lower_limit(gain, error, text):
    # 0.8 million over 0.0243 + 1.96 x 0.006 = 0.03606 is 22.2 million; over -0.01 + 0.01176 it is
    # 455 million.
    increment = Increment(cost=0.8e6, effect=gain)
    assert format_icer(increment, error) == text
    assert (icer_lower_limit(increment, error) is not None) == text.startswith("more than")
    per_qaly = text if text.startswith("costs") else text + " per QALY"
    assert format_icer_per_qaly(increment, error) == per_qaly
