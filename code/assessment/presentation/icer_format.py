"""An incremental cost-effectiveness ratio in words, with no more digits than its draws bear."""

from __future__ import annotations

import numpy as np

from assessment.economics.analysis.cost_effectiveness import Increment
from assessment.presentation.language import _
from assessment.presentation.money_format import format_per_qaly
from assessment.survival.distributions.special_functions import Z_975

# Monte Carlo error of the gain, as a share of it, beyond which a ratio is told by its lower limit
# alone: our choice.
LARGEST_ERROR_SHARE = 0.1

DOMINATED = _("costs more, gains nothing")
MORE_THAN = _("more than {amount}")


def icer_lower_limit(increment: Increment, error: float) -> float | None:
    """Lower 95 % limit of an ICER in NOK, two digits, where the draws' own ``error`` of the gain
    could move it by more than LARGEST_ERROR_SHARE; None where it could not, or nothing is gained
    for sure.
    """
    gain, cost = float(increment.effect), float(increment.cost)
    if gain * LARGEST_ERROR_SHARE >= error or cost <= 0 or gain + Z_975 * error <= 0:
        return None
    limit = cost / (gain + Z_975 * error)
    step = 10 ** (np.floor(np.log10(limit)) - 1)
    return float(step * np.floor(limit / step))


def format_icer(increment: Increment, error: float = 0.0) -> str:
    """The ICER as text, or more than its lower limit where the draws' error leaves no more
    (``icer_lower_limit``), or words where a ratio says nothing.
    """
    limit = icer_lower_limit(increment, error)
    if limit is not None:
        return MORE_THAN.format(amount=format_per_qaly(limit))
    icer = float(increment.icer)
    return format_per_qaly(icer) if np.isfinite(icer) else DOMINATED


def format_icer_per_qaly(increment: Increment, error: float = 0.0) -> str:
    """The text of ``format_icer`` with its unit."""
    text = format_icer(increment, error)
    return text if text == DOMINATED else _("{ratio} per QALY").format(ratio=text)
