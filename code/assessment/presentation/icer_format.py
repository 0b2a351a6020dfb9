"""An incremental cost-effectiveness ratio in words, and the note it needs where it says little."""

from __future__ import annotations

from assessment.economics.analysis.cost_effectiveness import (
    NORTH_EAST,
    NORTH_WEST,
    SOUTH_EAST,
    SOUTH_WEST,
    Increment,
)
from assessment.presentation.language import _
from assessment.presentation.money_format import format_per_qaly

LARGEST_NOK = 5e7  # larger ratios say no more than that
ABOVE = _("above {amount}")

DOMINATED = _("costs more, gains nothing")
DOMINATES = _("costs less, gains health")
SAVES = _("saves, loses health")
SAME = _("no difference")
WITHOUT_RATIO = {NORTH_WEST: DOMINATED, SOUTH_EAST: DOMINATES, SOUTH_WEST: SAVES}
WITH_NOTE = _("{ratio} ({note})")
NOTE = _("says little: the interval of the gain includes zero")


def format_icer(increment: Increment) -> str:
    """The ratio in NOK with two digits where the drug costs more and gains health, "above" the
    largest that is told; elsewhere a ratio says nothing, and words do. One increment, no draws.
    """
    quadrant = str(increment.quadrant)
    if quadrant == NORTH_EAST and float(increment.icer) >= LARGEST_NOK:
        return ABOVE.format(amount=format_per_qaly(LARGEST_NOK))
    if quadrant == NORTH_EAST:
        return format_per_qaly(float(increment.icer))
    return WITHOUT_RATIO.get(quadrant, SAME)


def format_icer_per_qaly(increment: Increment) -> str:
    """The text of ``format_icer`` with its unit."""
    text = format_icer(increment)
    if str(increment.quadrant) != NORTH_EAST:
        return text
    return _("{ratio} per QALY").format(ratio=text)


def includes_zero(low: float, high: float) -> bool:
    """Whether an interval includes 0: then a ratio with that gain below the line has no interval of
    its own (Fieller's theorem), and the net benefit is what can be told.
    """
    return low <= 0 <= high


def noted_icer(text: str, gain_low: float, gain_high: float) -> str:
    """A ratio in words, with the note where the interval of the gain includes 0."""
    return WITH_NOTE.format(ratio=text, note=NOTE) if includes_zero(gain_low, gain_high) else text
