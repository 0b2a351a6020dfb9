"""A curve that is left at some time for a constant hazard: for a tail that others have observed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np

from assessment.survival.distributions.curve_protocol import Curve, CurveDraws


@dataclass(frozen=True, eq=False)
class ConstantTail:
    """``curve`` until ``from_time``, after it a hazard of ``rate``, both in the curve's unit of time.

    Put ``from_time`` in the grid's breaks.
    """

    curve: Curve
    from_time: float
    rate: float

    def cumulative_hazard(self, t: np.ndarray) -> np.ndarray:
        """H(t) at increasing times, (draws, times)."""
        t = np.asarray(t, float)
        early = t < self.from_time
        own = self.curve.cumulative_hazard(np.append(t[early], self.from_time))
        late = own[..., -1:] + self.rate * (t[~early] - self.from_time)
        return np.concatenate([own[..., :-1], late], axis=-1)

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
