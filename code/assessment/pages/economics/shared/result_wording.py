"""Results in words: a ratio with what the draws leave of it, a price, and the line that names what
the numbers rest on.
"""

from __future__ import annotations

import altair as alt
import numpy as np

from assessment.evidence import load_facts
from assessment.presentation import numbers, theme
from assessment.presentation.money_format import quotient, rounded
from assessment.survival.distributions.special_functions import Z_975

WORDS = {
    "arms": {"cabozantinib": "Cabozantinib", "placebo": "Placebo"},
    "states": {
        "progression_free": "before progression",
        "progressed": "after progression",
        "dead": "dead",
    },
    "leans": (
        "◆ Assumption: {price} NOK a pack{where}. Curves calibrated to published summaries, not"
        " digitised"
    ),
    "movable": " in the base case",
    "curves": "Curves calibrated to published summaries, not digitised",
    "qalys": "QALYs per patient, discounted",
    "cost": "Cost per patient, million NOK, discounted",
    "years": "Years from randomisation",
    "share": "Share of patients, %",
    "never": "no price",
    "dominated": "costs more, gains nothing",
    "above": "more than {amount}",
}


# Monte Carlo error of the gain, as a share of it, beyond which a ratio is told by its lower limit
# alone: our choice.
SURE_TO = 0.1


def leans(narrow: bool = False, movable: bool = False) -> str | list[str]:
    """The line under every title whose numbers depend on the price and on calibrated curves.
    movable: where readers set the price themselves.
    """
    text = WORDS["leans"].format(
        price=numbers.number(load_facts()["economics.price.cabometyx.assumed"].number),
        where=WORDS["movable"] if movable else "",
    )
    return text.replace(". ", ".|").split("|") if narrow else text


def under(text: str | list[str], offset: int = 8) -> alt.Title:
    """A label over a chart in the quiet type of a subtitle."""
    return alt.Title(text, fontSize=13, fontWeight=400, color=theme.MUTED, offset=offset)


def least(increment, error: float) -> float | None:
    """Lower 95 % limit of an ICER in NOK, two digits, where the draws' own ``error`` of the gain
    could move it by more than SURE_TO; None where it could not, or nothing is gained for sure.
    """
    gain, cost = float(increment.effect), float(increment.cost)
    if gain * SURE_TO >= error or cost <= 0 or gain + Z_975 * error <= 0:
        return None
    limit = cost / (gain + Z_975 * error)
    step = 10 ** (np.floor(np.log10(limit)) - 1)
    return float(step * np.floor(limit / step))


def told(increment, error: float = 0.0) -> str:
    """The ICER as text, or more than its lower limit where the draws' error leaves no more
    (``least``), or words where a ratio says nothing.
    """
    limit = least(increment, error)
    if limit is not None:
        return WORDS["above"].format(amount=quotient(limit))
    icer = float(increment.icer)
    return quotient(icer) if np.isfinite(icer) else WORDS["dominated"]


def ratio(results, error: float = 0.0) -> str:
    """Cost per QALY, as ``told``."""
    text = told(results.increment, error)
    return text if text == WORDS["dominated"] else text + " per QALY"


def price(results, threshold: float) -> str:
    """The price a pack at which the ICER equals the threshold, or that none does."""
    found = results.price_at(threshold)
    return rounded(float(found.price)) if bool(found.met) else WORDS["never"]
