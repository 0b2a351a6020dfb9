"""A curve that is left at some time for a constant hazard: for a tail that others have observed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import number, numbers
from assessment.evidence.arguments.object_arguments import CURVE
from assessment.survival.distributions.curve_protocol import Curve, CurveDraws


def rising(name: str, value) -> np.ndarray:
    """Times from 0 that rise, (times,)."""
    found = numbers(0, infinite=True, dims=(1,))(name, value)
    if np.any(np.diff(found) < 0):
        raise ValueError(f"{name}: times must rise. Sort them.")
    return found


@dataclass(frozen=True, eq=False)
class ConstantTail:
    """``curve`` until ``from_time``, after it a hazard of ``rate``, both in the curve's unit of time.

    Put ``from_time`` in the grid's breaks.
    """

    curve: Curve
    from_time: float
    rate: float

    def __post_init__(self):
        CURVE("curve", self.curve)
        for name in ("from_time", "rate"):
            number(low=0)(name, getattr(self, name))

    @taking(t=rising)
    def cumulative_hazard(self, t: np.ndarray) -> np.ndarray:
        """H(t) at increasing times, (draws, times)."""
        t = np.asarray(t, float)
        early = t < self.from_time
        own = self.curve.cumulative_hazard(np.append(t[early], self.from_time))
        late = own[..., -1:] + self.rate * (t[~early] - self.from_time)
        return np.concatenate([own[..., :-1], late], axis=-1)

    @taking(t=rising)
    def hazard(self, t: np.ndarray) -> np.ndarray:
        """h(t) at increasing times, (draws, times)."""
        t = np.asarray(t, float)
        early = t < self.from_time
        own = self.curve.hazard(np.append(t[early], self.from_time))
        late = np.broadcast_to(self.rate, (*own.shape[:-1], int((~early).sum())))
        return np.concatenate([own[..., :-1], late], axis=-1)

    def survival(self, t: np.ndarray) -> np.ndarray:
        """S(t) at increasing times, (draws, times)."""
        return np.exp(-self.cumulative_hazard(t))

    def draws(self, rows: slice) -> ConstantTail:
        """The same for some of the draws of ``curve``."""
        return ConstantTail(cast(CurveDraws, self.curve).draws(rows), self.from_time, self.rate)
