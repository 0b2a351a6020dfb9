"""What a curve is to those who use it: the families, and whatever is put together from them.

A curve of many draws gives one row per draw: results have shape draws + times. Times are in the
curve's own unit (years or months), from randomisation.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np


class Curve(Protocol):
    """A survival curve, or many draws of one."""

    def cumulative_hazard(self, t: np.ndarray, /) -> np.ndarray:
        """H(t) = −ln S(t); shape draws + times."""
        ...

    def hazard(self, t: np.ndarray, /) -> np.ndarray:
        """h(t), per unit of time; shape draws + times."""
        ...

    def survival(self, t: np.ndarray, /) -> np.ndarray:
        """S(t), probability of no event by time t; shape draws + times."""
        ...


class CurveDraws(Curve, Protocol):
    """A curve of many draws, of which some can be chosen."""

    def draws(self, rows: slice, /) -> Curve:
        """The same curve for some of its draws only."""
        ...
