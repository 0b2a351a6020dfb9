"""An estimate with its interval as text, rounded to what it bears."""

from __future__ import annotations

from assessment.case.model.analyses.decision_results import DecisionResult, Estimate
from assessment.economics.analysis.cost_effectiveness import (
    NORTH_EAST,
    NORTH_WEST,
    SOUTH_EAST,
    SOUTH_WEST,
)
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.money_format import ABOUT_ZERO, MILLION, NONE, format_price

QUADRANTS = {
    NORTH_EAST: _("dearer and better"),
    NORTH_WEST: _("dearer and worse"),
    SOUTH_EAST: _("cheaper and better"),
    SOUTH_WEST: _("cheaper and worse"),
}
NO_DIFFERENCE = _("no difference")
RANGE = _("{value} ({low}\u00a0to\u00a0{high})")
NARROW_QALYS = 0.1
STEP_NOK = 1000  # to which prices of a pack are rounded; below half of it they are about zero


def quadrant_words(result: DecisionResult) -> str:
    """Cost and health in expected values, in words."""
    return QUADRANTS.get(str(result.increment.quadrant), NO_DIFFERENCE)


def format_gain(gain: Estimate) -> str:
    """QALYs gained with their interval, with a third decimal where the interval is narrow."""
    return format_estimate(gain, 2 if gain.high - gain.low > NARROW_QALYS else 3)


def format_estimate(estimate: Estimate, decimals: int) -> str:
    """Value and interval."""
    value, low, high = (numbers.number(part, decimals) for part in estimate)
    return RANGE.format(value=value, low=low, high=high)


def format_millions(estimate: Estimate) -> str:
    """NOK, value and interval in millions."""
    return format_estimate(Estimate(*(part / MILLION for part in estimate)), 2)


def format_rounded_price(nok: float) -> str:
    """A price of a pack in NOK without its unit and interval, to the nearest thousand, or that none
    would do.
    """
    if nok < 0:
        return NONE
    return ABOUT_ZERO if nok < STEP_NOK / 2 else numbers.number(STEP_NOK * round(nok / STEP_NOK))


def format_price_range(price: Estimate) -> str:
    """A price of a pack in NOK with its interval, as everywhere in the book."""
    return format_price(price.value, price.low, price.high)
