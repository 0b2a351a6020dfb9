"""Amounts of money and shares as readers see them."""

from __future__ import annotations

from assessment.presentation import numbers
from assessment.presentation.language import _

MILLION = 1e6


def format_million_nok(nok: float, decimals: int = 2) -> str:
    """An amount of NOK, written in millions."""
    amount = numbers.number(nok / MILLION, decimals)
    return _("{amount}\u00a0million NOK").format(amount=amount)


def format_nok(nok: float) -> str:
    """An amount of NOK, to the nearest thousand, or hundred when it is small."""
    step = 1000 if abs(nok) >= 10_000 else 100
    return _("{amount}\u00a0NOK").format(amount=numbers.number(step * round(nok / step)))


def format_per_qaly(nok: float) -> str:
    """An amount of NOK for each QALY or year, with two digits: draws of the curves leave the third
    to chance.
    """
    return format_million_nok(nok, 0 if abs(nok) >= 10 * MILLION else 1)


def format_share(share: float) -> str:
    """A share between 0 and 1 in per cent, with a decimal below ten."""
    return numbers.number(100 * share, 1 if 0 < share < 0.1 else 0) + "\u00a0%"
