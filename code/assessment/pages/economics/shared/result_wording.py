"""The line that names what the numbers of a figure rest on."""

from __future__ import annotations

from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.inputs.model_inputs import input_fact
from assessment.presentation import numbers
from assessment.presentation.language import _

CALIBRATED_CURVES = _("Curves calibrated to published summaries, not digitised")


def assumption_label() -> str:
    """The line under every title whose numbers depend on the price and on calibrated curves."""
    return " ".join(_assumptions())


def assumption_lines(wide: bool) -> str | list[str]:
    """``assumption_label`` as one line for a wide figure, as two for a narrow one."""
    return assumption_label() if wide else _assumptions()


def movable_assumption_label() -> str:
    """``assumption_label`` where readers set the price themselves."""
    text = _("◆ Assumption: {price} NOK a pack in the base case.")
    return f"{text.format(price=_assumed_price())} {CALIBRATED_CURVES}"


def _assumptions() -> list[str]:
    text = _("◆ Assumption: {price} NOK a pack.")
    return [text.format(price=_assumed_price()), CALIBRATED_CURVES]


def _assumed_price() -> str:
    return numbers.number(input_fact(PRICE).number)
