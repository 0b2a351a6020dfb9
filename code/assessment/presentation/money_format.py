"""Amounts of money, prices with their intervals, and shares as readers see them."""

from __future__ import annotations

import numpy as np

from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.survival.distributions.special_functions import Z_975

MILLION = 1e6
# A price of a pack: no digit that its interval does not bear.
NO_PRICE = _("no price")
ABOUT_ZERO = _("about zero")
NONE = _("none")
BOTH_NONE = _("no price at either end of the interval")
SPREAD = _("{price} ({low} to {high} NOK)")
ALONE = _("{price} (interval not computed)")
# A limit is written with two digits: those of draws are not surer.
LIMIT_DIGITS = 2
LEAST_SHARE = 0.0005  # less would be written as 0.0 %


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
    return format_million_nok(nok, per_qaly_decimals(nok))


def per_qaly_decimals(nok: float) -> int:
    """Decimals of an amount in millions that leave it two digits, from 0.1 million up."""
    return 0 if abs(nok) >= 10 * MILLION else 1 if abs(nok) >= MILLION else 2


def format_share(share: float) -> str:
    """A share between 0 and 1 in per cent, with a decimal below ten; that it is less where nothing
    would be left of it.
    """
    if 0 < share < LEAST_SHARE:
        return _("below {share}\u00a0%").format(share=numbers.number(100 * LEAST_SHARE, 2))
    return numbers.number(100 * share, 1 if 0 < share < 0.1 else 0) + "\u00a0%"


def price_step(low: float, high: float) -> float:
    """The power of ten, NOK, to which a price is rounded: the first digit of its standard error,
    which a 95 % interval holds 2 × 1.96 times were it normal. 0 where the interval has no width;
    ValueError where a limit is not finite or they stand the wrong way round.
    """
    if not (np.isfinite(low) and np.isfinite(high) and low <= high):
        raise ValueError(f"an interval goes from a lower to a higher number; found {low}, {high}")
    error = (high - low) / (2 * Z_975)
    return float(10 ** np.floor(np.log10(error))) if error > 0 else 0.0


def format_price(price: float, low: float, high: float) -> str:
    """A price of a pack in NOK with its interval, both NOK; below 0 no price is low enough.

    The price is rounded to ``price_step``, limits to two digits but no finer than a tenth of that
    step; either is "about zero" where nothing is left of it.
    """
    if high < 0:
        return BOTH_NONE
    step = price_step(low, high)
    return SPREAD.format(
        price=format_lone_price(price, step), low=_limit(low, step), high=_limit(high, step)
    )


def format_lone_price(price: float, step: float) -> str:
    """A price of a pack in NOK, without unit, rounded to a ``step`` in NOK (0: to two digits)."""
    step = step or two_digits(price)
    rounded = step * np.floor(price / step + 0.5) if step else 0.0
    if rounded < 0:
        return NO_PRICE
    return numbers.number(rounded) if rounded else ABOUT_ZERO


def format_price_alone(price: float) -> str:
    """A price of a pack in NOK of a run without draws, which has no interval and says so."""
    text = format_lone_price(price, 0.0)
    amount = _("{amount}\u00a0NOK").format(amount=text) if price > 0 else text
    return ALONE.format(price=amount)


def two_digits(amount: float) -> float:
    """The power of ten that leaves an amount two digits; 0 for an amount of 0."""
    return float(10 ** (np.floor(np.log10(abs(amount))) - LIMIT_DIGITS + 1)) if amount else 0.0


def _limit(nok: float, price_step_nok: float) -> str:
    if nok <= 0:
        return NONE
    step = max(two_digits(nok), price_step_nok / 10)
    rounded = step * np.floor(nok / step + 0.5)
    return numbers.number(rounded) if rounded else ABOUT_ZERO
