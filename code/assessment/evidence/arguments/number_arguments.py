"""Numbers that a function is given, checked: text, gaps and impossible sizes are refused by name.

A reader takes the argument's name and what was given, and returns it as numbers. What is refused is told
with what was found, what is allowed and an example.
"""

from __future__ import annotations

from collections.abc import Callable
from numbers import Real
from typing import Any

import numpy as np

Reader = Callable[[str, Any], Any]
# Sizes whose squares and ratios can still be computed with; beyond them stands a slip, not an input.
LARGEST, SMALLEST = 1e100, 1e-100
# More draws, points or panels than these are a slip too, and would fill the memory.
MOST = 10_000_000


def shown(value: object, longest: int = 60) -> str:
    """A value as a message shows it, on one line and shortened."""
    text = " ".join(repr(value).split())
    return text if len(text) <= longest else text[: longest - 1] + "…"


def as_numbers(name: str, value: Any) -> np.ndarray:
    """A number or a rectangle of numbers as an array of floats, of any shape.

    Raises ValueError for text, nothing, complex numbers, dates, and rows of different lengths.
    """
    if isinstance(value, np.ndarray) and value.dtype == float:
        return value
    try:
        found = np.asarray(value)
    except ValueError:
        raise ValueError(
            f"{name}: rows of different lengths. Give a table with as many numbers in each row."
        ) from None
    if found.dtype.kind in "biuf":
        return found.astype(float)
    other = [x for x in found.ravel() if not isinstance(x, Real)] if found.dtype == object else None
    if other or other is None:
        told = shown(other[0] if other else value)
        raise ValueError(
            f"{name}: found {told}, which is no number. Give numbers, without text or empty cells."
        )
    try:
        return found.astype(float)
    except OverflowError:
        raise ValueError(
            f"{name}: found a number beyond 1e308. Check its unit and its digits."
        ) from None


def numbers(
    low: float = -np.inf,
    high: float = np.inf,
    *,
    above: float | None = None,
    below: float | None = None,
    infinite: bool = False,
    apart: bool = False,
    loose: bool = False,
    dims: tuple[int, ...] | None = None,
    example: str = "",
) -> Reader:
    """A reader of one or more numbers, each from ``low`` to ``high``, or apart from an end ``above`` or
    ``below``; NaN never passes.

    ``infinite``: whether infinity does. ``apart``: whether sizes next to 0 are refused, as a divisor must.
    ``loose``: NaN and infinity pass, for functions that tell of them in their own words. ``dims``:
    numbers of axes allowed. ``example``: the next step, as a sentence. The reader returns an array, and
    raises ValueError as told here.
    """
    rule = _rule(low, high, above, below, infinite)

    def read(name: str, value: Any) -> np.ndarray:
        found = as_numbers(name, value)
        if found.size == 0:
            raise ValueError(f"{name}: nothing was given. Allowed: {rule}. {example}".rstrip())
        if dims is not None and found.ndim not in dims:
            axes = " or ".join(map(str, dims))
            raise ValueError(
                f"{name}: found shape {found.shape}, {found.ndim} axes; it has {axes}. {example}".rstrip()
            )
        good = (found >= low) & (found <= high)
        if above is not None:
            good &= found > above
        if apart or above == 0:
            good &= (found == 0) | (np.abs(found) >= SMALLEST)
        if below is not None:
            good &= found < below
        if not infinite:
            good &= np.abs(found) <= LARGEST
        if loose:
            good |= ~np.isfinite(found)
        if not good.all():
            wrong = found[~good].flat[0]
            raise ValueError(f"{name}: found {wrong:g}. Allowed: {rule}. {example}".rstrip())
        return found

    return read


def _rule(low: float, high: float, above: float | None, below: float | None, infinite: bool) -> str:
    """What is allowed, in words."""
    parts = []
    if above is not None:
        parts.append(f"above {above:g}")
    elif np.isfinite(low):
        parts.append(f"{low:g} or more")
    if below is not None:
        parts.append(f"below {below:g}")
    elif np.isfinite(high):
        parts.append(f"at most {high:g}")
    every = ", ".join(["numbers", *parts] if parts else ["numbers of either sign"])
    return (
        f"{every}, not NaN"
        if infinite
        else f"{every}, finite and of a size that can be computed with"
    )


def number(**rules: Any) -> Reader:
    """A reader of one number, under the rules of ``numbers``; it returns a float."""
    several = numbers(**rules)

    def read(name: str, value: Any) -> float:
        found = several(name, value)
        if found.size != 1:
            raise ValueError(f"{name}: found {found.size} numbers; give one.")
        return float(found.flat[0])

    return read


def count(low: int = 1, high: int = MOST) -> Reader:
    """A reader of one whole number from ``low`` to ``high``; it returns an int."""

    def read(name: str, value: Any) -> int:
        found = as_numbers(name, value)
        if found.size != 1 or not low <= found.flat[0] <= high or found.flat[0] % 1:
            raise ValueError(
                f"{name}: found {shown(value)}. Allowed: one whole number from {low} to {high}."
            )
        return int(found.flat[0])

    return read


SHARE = number(above=0.0, below=1.0, example="Give a fraction, 0.95 for 95 %.")
SHARES = numbers(0.0, 1.0, example="Give fractions, 0.95 for 95 %.")
ANY = numbers()
ONE = number()
LOOSE, ONE_LOOSE = numbers(loose=True), number(loose=True)
NOT_NEGATIVE = numbers(0.0)
ONE_NOT_NEGATIVE = number(low=0.0)
POSITIVE = numbers(above=0.0)
ONE_POSITIVE = number(above=0.0)
TIMES = numbers(0.0, infinite=True, example="Times run from 0, in the unit of the curve.")
