"""What a test saw: values against those expected, as text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Finding:
    """What one test saw.

    ``compared``: in words. ``value`` against ``expected``, as text. ``passed``: whether they agree.
    """

    compared: str
    value: str
    expected: str
    passed: bool


class NotApplicable(Exception):
    """Raised by a test that the model gives no ground for; the message is the reason."""


def close(
    compared: str,
    value: ArrayLike,
    wanted: ArrayLike,
    rel: float = 1e-9,
    absolute: float = 1e-9,
) -> Finding:
    """Finding that two numbers agree, or two arrays in every element.

    ``rel``: difference allowed as a share of what is wanted, ``absolute``: beside that. The text
    shows the pair that differs most.
    """
    found, expected = np.asarray(value, float), np.asarray(wanted, float)
    gap = np.abs(found - expected)
    ok = bool(np.all(gap <= absolute + rel * np.abs(expected)))
    at = (
        np.unravel_index(
            int(np.argmax(np.broadcast_to(gap, np.broadcast_shapes(found.shape, expected.shape)))),
            gap.shape,
        )
        if gap.ndim
        else ()
    )

    def furthest(values: np.ndarray) -> float:
        return float(np.broadcast_to(values, gap.shape)[at])

    return Finding(compared, written(furthest(found)), written(furthest(expected)), ok)


def holds(compared: str, value: str | float | np.ndarray, expected: str, ok: object) -> Finding:
    """Finding that a condition holds; ``value`` is one number or text, ``expected`` in words."""
    return Finding(
        compared, value if isinstance(value, str) else written(value), expected, bool(ok)
    )


def written(value: float | np.ndarray) -> str:
    """A number with six significant digits, in plain notation where that is readable."""
    value = float(value) if abs(float(value)) > 1e-12 else 0.0
    if value != 0 and abs(value) < 1e-3:
        return f"{value:.2e}".replace("-", "−")
    return (
        f"{value:,.6g}".replace("-", "−").replace(",", "\u202f")
        if abs(value) < 1e6
        else f"{value:,.0f}".replace("-", "−").replace(",", "\u202f")
    )
