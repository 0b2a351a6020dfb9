"""The hazard as a model uses it: a curve with its effect waning, and never below the general
population's rate of death.

Times in years from randomisation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from assessment.economics.time.partial_integrals import integral_to
from assessment.economics.time.quadrature import positive_part, rule, running_integral
from assessment.economics.time.time_grid import Grid
from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import ONE_LOOSE, TIMES, number, numbers
from assessment.evidence.arguments.object_arguments import CURVE, made_by, optional, table
from assessment.survival.distributions.curve_protocol import Curve

CYCLE_ORDER = 8


@dataclass(frozen=True, eq=False)
class Mortality:
    """Death rates of the general population from ``age_years`` at time 0: a floor on the hazard of
    death.

    ``life_table`` has columns age and death_probability (one year each); past its end the last rate
    holds. ValueError for an age that the life table does not cover.
    """

    life_table: pd.DataFrame
    age_years: float

    def __post_init__(self):
        table("age", "death_probability")("life_table", self.life_table)
        ONE_LOOSE("age_years", self.age_years)
        ages = self.life_table["age"]
        if not ages.min() <= self.age_years <= ages.max():
            raise ValueError(
                f"the life table covers ages {ages.min()} to {ages.max()}; found age"
                f" {self.age_years}"
            )

    @taking(years=numbers(-200, 1e6))
    def hazard(self, years: ArrayLike) -> np.ndarray:
        """Hazard per year at ``years`` from time 0, of their shape; constant between birthdays."""
        q = np.clip(self.life_table["death_probability"].to_numpy(float), None, 1 - 1e-9)
        row = np.floor(self.age_years + np.asarray(years) + 1e-9).astype(int) - int(
            self.life_table["age"].iloc[0]
        )
        return -np.log1p(-q[np.clip(row, 0, len(q) - 1)])

    @taking(horizon_years=number(above=0, high=10_000))
    def breaks_years(self, horizon_years: float) -> np.ndarray:
        """Birthdays before the horizon, in years from time 0: breaks for ``continuous_grid``."""
        first = np.floor(self.age_years) + 1 - self.age_years
        return np.arange(first, horizon_years, 1.0)


MORTALITY = optional(made_by(Mortality, "Mortality(…)"))


@dataclass(frozen=True, eq=False)
class Waning:
    """The treated hazard moves in a straight line to the control's hazard between two times, and
    equals it after.

    h(t) = h_treated + v (h_control − h_treated), v = 0 until ``from_years``, 1 from ``to_years``.
    Put both in the grid's breaks. ``control``: the control's curve, in the unit of the treated one.
    ``to_years`` may be infinite: the treated hazard then never moves. ValueError for times before 0 or in
    the wrong order.
    """

    control: Curve
    from_years: float
    to_years: float

    def __post_init__(self):
        CURVE("control", self.control)
        for name in ("from_years", "to_years"):
            ONE_LOOSE(name, getattr(self, name))
        if not 0 <= self.from_years <= self.to_years:
            raise ValueError(
                "waning starts at 0 or later and ends no earlier than it starts; found"
                f" {self.from_years} to {self.to_years}"
            )

    @taking(years=TIMES)
    def share(self, years: np.ndarray) -> np.ndarray:
        """v, 0 to 1, at each of ``years`` from time 0."""
        length = self.to_years - self.from_years
        return (
            np.clip((years - self.from_years) / length, 0, 1)
            if length > 0
            else (years >= self.from_years).astype(float)
        )


WANING = optional(made_by(Waning, "Waning(…)"))


def cumulative_hazard(
    curve: Curve,
    grid: Grid,
    waning: Waning | None = None,
    mortality: Mortality | None = None,
    units_per_year: float = 1.0,
) -> np.ndarray:
    """H at the grid's times, with waning and then the mortality floor; shape draws + (times,).

    ``curve``: the treated curve, before waning. ``waning``: None for an effect that lasts.
    ``mortality``: None for no floor. ``units_per_year``: the curve's time units in a year (12 for
    curves in months).
    """
    base = curve.cumulative_hazard(grid.times_years * units_per_year)
    added = added_hazard(curve, grid, waning, mortality, units_per_year)
    if added is None:
        return base
    total = added + base if added.ndim < base.ndim else np.add(added, base, out=added)
    # Within a panel with a kink single values ripple about the exact ones, at time 0 about 0.
    return np.maximum(total, 0.0, out=total)


def added_hazard(
    curve: Curve,
    grid: Grid,
    waning: Waning | None,
    mortality: Mortality | None,
    units_per_year: float,
) -> np.ndarray | None:
    """What waning and the floor add to the curve's own cumulative hazard at the grid's times; None
    without either. Arguments as those of ``cumulative_hazard``.
    """
    if waning is None and mortality is None:
        return None
    panels = grid if grid.mode == "continuous" else grid.panels
    order, at = (panels.order, panels) if panels else (CYCLE_ORDER, grid)
    edges, widths = at.edges_years, at.widths_years
    t = (edges[:-1] + edges[1:])[:, None] / 2 + widths[:, None] / 2 * rule(order)[0]

    def at_nodes(of: Curve) -> np.ndarray:
        per_year = of.hazard(t.ravel() * units_per_year) * units_per_year
        return per_year.reshape(*per_year.shape[:-1], *t.shape)

    hazard = at_nodes(curve)
    faded: np.ndarray | None = None
    rise: np.ndarray | None = None
    if waning is not None:
        faded = waning.share(t) * (at_nodes(waning.control) - hazard)
    if mortality is not None:
        # A hazard that starts at infinity is cut off far above the floor, where it changes nothing.
        rise = mortality.hazard(t) - (hazard if faded is None else hazard + faded)
        rise = np.maximum(rise, -1e3, out=rise)
    if grid.mode != "continuous" and panels:
        return _sum(
            None if faded is None else integral_to(faded, edges, grid.times_years),
            None if rise is None else integral_to(rise, edges, grid.times_years, positive=True),
        )
    within, ends = running_integral(
        _sum(faded, None if rise is None else positive_part(rise)), widths
    )
    if grid.mode == "continuous":
        flat = within.reshape(*within.shape[:-2], -1)
        return np.concatenate([flat, ends[..., -1:]], axis=-1)
    return np.concatenate([np.zeros_like(ends[..., :1]), ends], axis=-1)


def _sum(one: np.ndarray | None, other: np.ndarray | None) -> np.ndarray:
    """Of the two, or the one there is."""
    if one is None or other is None:
        found = other if one is None else one
        assert found is not None  # one of the two was given
        return found
    return one + other
