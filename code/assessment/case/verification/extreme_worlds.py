"""Worlds in which nobody is ill, nobody dies or all die at once: what the black-box tests ask for
beside the model as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

AS_MODELLED, NO_DEATHS, ALL_DIE, HEALTHY, ALIKE = range(5)


@dataclass(frozen=True, eq=False)
class Nobody:
    """A curve without events."""

    def cumulative_hazard(self, t):
        return np.zeros((1, np.size(t)))

    hazard = cumulative_hazard


@dataclass(frozen=True, eq=False)
class AtOnce(Nobody):
    """A curve on which everybody is gone within hours."""

    def cumulative_hazard(self, t):
        return 1e4 * np.asarray(t, float)[None]

    def hazard(self, t):
        return np.full((1, np.size(t)), 1e4)
