"""Budget impact: what a health service pays in each calendar year, with a new strategy and without
it, undiscounted.

Patients start evenly within a year, and each year's starters are followed through the years after.
With C(t) the expected cost per patient up to t years from start, those who start in one year cost
I(j+1) − 2 I(j) + I(j−1) per patient in the calendar year j years later, where I is the integral of
C: exact, whatever the shape of C. Principles: Sullivan et al. 2014 (ISPOR budget impact, Task Force
II).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.economics.model.outcomes import COST_ITEMS, ONCE, CostItem
from assessment.economics.model.partitioned_survival import OCCUPANCY, Occupancy
from assessment.economics.time.quadrature import running_integral
from assessment.economics.time.time_grid import Grid, continuous_grid
from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import ANY, LOOSE, SHARES, as_numbers, count
from assessment.evidence.arguments.object_arguments import (
    function,
    made_by,
    named,
    word,
)
from assessment.evidence.arguments.result_tables import ShownAsTable


@taking(years=count(1, 100))
def budget_grid(years: int = 5) -> Grid:
    """Continuous grid to the end of the budget, with the edge at each whole year that
    ``cost_by_lag`` needs.
    """
    return continuous_grid(float(years), np.arange(0.5, years, 0.5))


@taking(cost_to=function, years=count(1, 100))
def cost_by_lag(cost_to: Callable, years: int = 5) -> np.ndarray:
    """Cost per patient in the calendar year of start and in each later one; shape draws + (years,).

    ``cost_to(t)``: expected cost per patient up to t years from start, draws + times; a cost at
    start counts at every t > 0.
    """
    grid = budget_grid(years)
    times = grid.times_years[:-1]
    costs = as_numbers("cost_to", cost_to(times))
    if costs.shape[-1:] != times.shape:
        raise ValueError(
            f"cost_to: found an answer of shape {costs.shape} to {times.size} times. Give one cost for"
            " each time, as the last axis."
        )
    return _by_lag(costs, grid)


@taking(
    occupancy=OCCUPANCY,
    costs=COST_ITEMS,
)
def item_cost_by_lag(occupancy: Occupancy, costs: list[CostItem]) -> dict[str, np.ndarray]:
    """``cost_by_lag`` of each cost item, from occupancy on a continuous grid with edges at whole
    years (``budget_grid``).
    """
    grid = occupancy.grid
    years = int(np.floor(grid.horizon_years + 1e-9))
    if grid.mode != "continuous" or not np.all(
        np.isin(np.arange(years + 1), np.round(grid.edges_years, 9))
    ):
        raise ValueError(
            "the budget needs occupancy on a continuous grid with an edge at each whole year; use"
            " budget_grid(years)"
        )
    return {item.name: _by_lag(_cost_to(item, occupancy), grid) for item in costs}


def _cost_to(item: CostItem, at: Occupancy) -> np.ndarray:
    """Expected cost per patient up to each node, draws + nodes."""
    states = {
        "progression-free": at.progression_free,
        "leaving progression-free": at.progression_free,
        "alive": at.alive,
        "death": at.alive,
        "progressed": at.alive - at.progression_free,
        "on treatment": at.on_treatment,
    }
    if item.when == "on treatment" and at.on_treatment is None:
        raise ValueError(
            f"cost '{item.name}' falls while on treatment, but no time on treatment was given. Give"
            " partitioned_survival(treatment=…)."
        )
    amount, t = np.asarray(item.amount)[..., None], at.grid.times_years[:-1]
    if item.when == "start":
        return amount * np.ones_like(at.alive[..., :-1])
    state = states[item.when][..., :-1]
    if item.when in ONCE:
        return amount * (1 - state)
    rate = 1.0 if item.rate_at is None else item.rate_at(t)
    within = running_integral(
        (state * rate).reshape(*state.shape[:-1], -1, at.grid.order), at.grid.widths_years
    )[0]
    return amount * within.reshape(state.shape)


def _by_lag(cost_to: np.ndarray, grid: Grid) -> np.ndarray:
    ends = running_integral(
        cost_to.reshape(*cost_to.shape[:-1], -1, grid.order), grid.widths_years
    )[1]
    whole = [
        int(np.argmin(np.abs(grid.edges_years - y))) - 1
        for y in range(1, int(np.floor(grid.horizon_years + 1e-9)) + 1)
    ]
    integral = np.concatenate([np.zeros_like(ends[..., :2]), ends[..., whole]], axis=-1)
    return np.diff(integral, n=2, axis=-1)


@dataclass(frozen=True, eq=False)
class Uptake:
    """Share of each year's eligible patients who start each strategy; shares of a year add up to 1.

    ``shares``: strategy → one share a year (or one for all years); draws may stand in front.
    """

    shares: Mapping[str, np.ndarray]

    def __post_init__(self):
        given = named(ANY)("shares", self.shares)
        shares = {name: np.atleast_1d(s) for name, s in given.items()}
        if len({s.shape[-1] for s in shares.values()} - {1}) > 1:
            raise ValueError(
                "shares: every strategy has one share, or one for each of the same years."
            )
        total = sum(shares.values())
        if not (
            np.all([np.all((s >= 0) & (s <= 1)) for s in shares.values()])
            and np.allclose(total, 1, atol=1e-9)
        ):
            raise ValueError(
                f"shares are 0 to 1 and add up to 1 in every year; they add up to {np.min(total):g}"
                f" to {np.max(total):g}. Name the strategy that the others get."
            )
        object.__setattr__(self, "shares", shares)


UPTAKE = made_by(Uptake, "replacing()")


@taking(strategy=word, comparator=word, share_by_year=SHARES)
def replacing(strategy: str, comparator: str, share_by_year) -> Uptake:
    """``strategy`` takes the given share of each year's patients, ``comparator`` keeps the rest."""
    share = np.asarray(share_by_year, float)
    return Uptake({strategy: share, comparator: 1 - share})


@dataclass(frozen=True, eq=False)
class Budget(ShownAsTable):
    """Expenditure by calendar year and strategy (draws + (years,)), with adoption and without;
    ``started``: patients who start.
    """

    with_adoption: Mapping[str, np.ndarray]
    without_adoption: Mapping[str, np.ndarray]
    started: Mapping[str, np.ndarray]

    def to_frame(self) -> pd.DataFrame:
        """year (1, 2, …), starting (patients), with and without adoption of each strategy, net: a row a
        year, means where there are draws; money in the currency of the costs.
        """
        parts = {
            "starting": self.started,
            "with adoption": self.with_adoption,
            "without adoption": self.without_adoption,
        }
        columns = {f"{part}: {name}": x for part, by in parts.items() for name, x in by.items()}
        years = np.arange(1, self.net.shape[-1] + 1)
        means = {
            name: np.mean(x.reshape(-1, years.size), axis=0)
            for name, x in (columns | {"net": self.net}).items()
        }
        return pd.DataFrame({"year": years} | means)

    @property
    def net(self) -> np.ndarray:
        """Added expenditure in each year; shape draws + (years,)."""
        nothing = np.zeros(())
        return sum(self.with_adoption.values(), nothing) - sum(
            self.without_adoption.values(), nothing
        )


@taking(
    eligible_per_year=LOOSE,
    lag_costs=named(ANY),
    adopted=UPTAKE,
    not_adopted=UPTAKE,
)
def budget_impact(
    eligible_per_year, lag_costs: Mapping[str, np.ndarray], adopted: Uptake, not_adopted: Uptake
) -> Budget:
    """Expenditure of years 1, 2, … with and without adoption.

    ``eligible_per_year``: patients who could start each year: a float, draws (draws,), or draws +
    (years,). ``lag_costs``: strategy → cost per starter by lag, draws + (years,), from
    ``cost_by_lag``.
    """
    years = {name: np.shape(c)[-1] for name, c in lag_costs.items()}
    if len(set(years.values())) != 1:
        raise ValueError(f"every strategy needs costs for the same number of years; found {years}")
    count = next(iter(years.values()))
    missing = (set(adopted.shares) | set(not_adopted.shares)) - set(lag_costs)
    if missing:
        raise ValueError(
            f"no costs for {', '.join(sorted(missing))}. Costs are given for {', '.join(lag_costs)}"
        )
    eligible = np.asarray(eligible_per_year, float)
    if not np.all((eligible >= 0) & (eligible < np.inf)):
        raise ValueError(
            f"eligible patients a year are 0 or more and finite; found {eligible.min()} to"
            f" {eligible.max()}"
        )
    eligible = (
        eligible
        if eligible.ndim and eligible.shape[-1] == count and eligible.ndim > 1
        else eligible[..., None]
    )

    def starting(uptake):
        return {
            s: eligible * np.broadcast_to(share, (*share.shape[:-1], count))
            for s, share in uptake.shares.items()
        }

    def spent(starts):
        return {s: _stacked(n, np.asarray(lag_costs[s], float)) for s, n in starts.items()}

    started = starting(adopted)
    return Budget(spent(started), spent(starting(not_adopted)), started)


def _stacked(starters, by_lag):
    """Cost of each calendar year: this year's starters at lag 0, last year's at lag 1, …"""
    years = by_lag.shape[-1]
    columns = [
        sum(starters[..., k] * by_lag[..., y - k] for k in range(y + 1)) for y in range(years)
    ]
    return np.stack(np.broadcast_arrays(*columns), axis=-1)
