"""Amounts and shares as readers see them."""

from __future__ import annotations

from assessment.presentation import numbers, words
from assessment.presentation.language import _

MILLION = 1e6


def money(nok: float, decimals: int = 2) -> str:
    """An amount in million NOK."""
    return _("{amount}\u00a0million NOK").format(amount=numbers.number(nok / MILLION, decimals))


def rounded(nok: float) -> str:
    """An amount in NOK to the nearest thousand, or hundred when it is small."""
    step = 1000 if abs(nok) >= 10_000 else 100
    return numbers.number(step * round(nok / step)) + words.UNITS["nok"][1]


def quotient(nok: float) -> str:
    """An amount for each year or QALY, with two digits: draws of the curves leave the third to
    chance.
    """
    return money(nok, 0 if abs(nok) >= 10 * MILLION else 1)


def percent(share: float) -> str:
    """A share in percent, with a decimal below ten."""
    text = numbers.number(100 * share, 1) if 0 < share < 0.1 else numbers.number(100 * share)
    return text + "\u00a0%"
