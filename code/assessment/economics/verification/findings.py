"""What a test saw: values against those expected, as text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Finding:
    """What one test saw: ``value`` against ``expected``, as text."""

    compared: str
    value: str
    expected: str
    passed: bool


class NotApplicable(Exception):
    """Raised by a test that the model gives no ground for; the message is the reason."""


def close(compared, found, expected, rel=1e-9, absolute=1e-9) -> Finding:
    """Finding that two numbers (or arrays, by their largest difference) agree."""
    found, expected = np.asarray(found, float), np.asarray(expected, float)
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

    def pick(x):
        return float(np.broadcast_to(x, gap.shape)[at])

    return Finding(compared, written(pick(found)), written(pick(expected)), ok)


def holds(compared, value, expected, ok) -> Finding:
    return Finding(
        compared, value if isinstance(value, str) else written(value), expected, bool(ok)
    )


def written(value: float) -> str:
    """A number with six significant digits, in plain notation where that is readable."""
    value = float(value) if abs(float(value)) > 1e-12 else 0.0
    if value != 0 and abs(value) < 1e-3:
        return f"{value:.2e}".replace("-", "−")
    return (
        f"{value:,.6g}".replace("-", "−").replace(",", "\u202f")
        if abs(value) < 1e6
        else f"{value:,.0f}".replace("-", "−").replace(",", "\u202f")
    )
