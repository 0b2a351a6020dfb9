"""Life years, QALYs and costs from state occupancy. Everything is linear in occupancy; amounts may
be floats or arrays of draws.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.economics.model.partitioned_survival import OCCUPANCY, Occupancy
from assessment.economics.time.discounting import DISCOUNTING, Discounting, constant_discounting
from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import numbers
from assessment.evidence.arguments.object_arguments import (
    function,
    made_by,
    optional,
    several,
    word,
)
from assessment.evidence.arguments.result_tables import ShownAsTable

PER_YEAR = ("progression-free", "progressed", "alive", "on treatment")
ONCE = ("start", "leaving progression-free", "death")


@dataclass(frozen=True, eq=False)
class CostItem:
    """One cost. ``when`` is one of PER_YEAR (``amount`` per year in that state) or of ONCE
    (``amount`` at the event).

    ``rate_at``: optional function of times in years that multiplies a yearly amount, for costs that
    change with time.
    """

    name: str
    when: str
    amount: float | np.ndarray
    rate_at: Callable | None = None

    def __post_init__(self):
        word("name of a cost", self.name)
        optional(function)("rate_at", self.rate_at)
        if not isinstance(self.when, str) or self.when not in PER_YEAR + ONCE:
            raise ValueError(
                f"cost '{self.name}': when is one of {', '.join(PER_YEAR + ONCE)}; found"
                f" '{self.when}'"
            )
        object.__setattr__(self, "amount", numbers()(f"cost '{self.name}'", self.amount))
        if not np.all(self.amount >= 0):
            raise ValueError(
                f"cost '{self.name}' must be 0 or more and not NaN; found {np.min(self.amount)}. "
                "Enter savings as a lower cost of the strategy that saves."
            )
        if self.rate_at is not None and self.when in ONCE:
            raise ValueError(
                f"cost '{self.name}' falls once; rate_at is for yearly costs. Put the change into"
                " the amount."
            )


COST_ITEMS = several(made_by(CostItem, "CostItem(…)"))


@dataclass(frozen=True, eq=False)
class Utilities:
    """Utility while progression-free and after progression, on the scale where 1 is full health and
    0 dead; may be negative.

    ``rate_at``: optional multiplier by time in years (age adjustment).
    """

    progression_free: float | np.ndarray
    progressed: float | np.ndarray
    rate_at: Callable | None = None

    def __post_init__(self):
        optional(function)("rate_at", self.rate_at)
        for name in ("progression_free", "progressed"):
            value = numbers()(f"utility {name}", getattr(self, name))
            object.__setattr__(self, name, value)
            if not np.all(value <= 1):
                raise ValueError(
                    f"utility {name} must be at most 1 and not NaN; found {np.max(value)}. Write"
                    " 0.75, not 75."
                )


@dataclass(frozen=True, eq=False)
class Outcomes(ShownAsTable):
    """Discounted results of one strategy; shape of the draws. ``undiscounted_life_years`` for those
    who compare.
    """

    life_years_progression_free: np.ndarray
    life_years_progressed: np.ndarray
    qalys_progression_free: np.ndarray
    qalys_progressed: np.ndarray
    cost_by_item: dict[str, np.ndarray]
    undiscounted_life_years: np.ndarray
    crossings: int

    def to_frame(self) -> pd.DataFrame:
        """outcome, value: discounted results, means where there are draws; costs in their currency."""
        rows = {
            "life years": self.life_years,
            "QALYs before progression": self.qalys_progression_free,
            "QALYs after progression": self.qalys_progressed,
            "QALYs": self.qalys,
            **{f"cost: {name}": cost for name, cost in self.cost_by_item.items()},
            "cost": self.cost,
        }
        return pd.DataFrame(
            {"outcome": list(rows), "value": [float(np.mean(x)) for x in rows.values()]}
        )

    @property
    def life_years(self):
        """Discounted life years in both states; shape of the draws."""
        return self.life_years_progression_free + self.life_years_progressed

    @property
    def qalys(self):
        """Discounted QALYs in both states; shape of the draws."""
        return self.qalys_progression_free + self.qalys_progressed

    @property
    def cost(self):
        """Discounted cost of all items, in the currency of the items; shape of the draws."""
        return sum(self.cost_by_item.values(), np.zeros_like(self.undiscounted_life_years))


@taking(
    occupancy=OCCUPANCY,
    utilities=made_by(Utilities, "Utilities(…)"),
    costs=COST_ITEMS,
    discounting=DISCOUNTING,
    cost_discounting=optional(DISCOUNTING),
)
def evaluate(
    occupancy: Occupancy,
    utilities: Utilities,
    costs: list[CostItem],
    discounting: Discounting,
    cost_discounting: Discounting | None = None,
    rows: np.ndarray | None = None,
) -> Outcomes:
    """Outcomes of one strategy. ``cost_discounting`` only where costs are discounted otherwise than
    effects.

    ``rows``: which row of the occupancy goes with each draw of utilities and amounts, where few
    rows serve many draws; time on treatment is then given for each draw. Each row is integrated
    once.
    """
    grid, pf, alive = occupancy.grid, occupancy.progression_free, occupancy.alive
    progressed = alive - pf
    years, weighted = grid.weights(discounting), grid.weights(discounting, utilities.rate_at)
    names = [item.name for item in costs]
    if len(set(names)) < len(names):
        raise ValueError(f"cost items must have different names; found {', '.join(names)}")
    if rows is not None and (
        occupancy.alive.ndim < 2 or not _are_rows(rows, occupancy.alive.shape[0])
    ):
        raise ValueError(
            f"rows: whole numbers, the row of the occupancy for each draw; the occupancy has shape"
            f" {occupancy.alive.shape}, draws in front."
        )
    picked = (lambda by_row: by_row) if rows is None else (lambda by_row: by_row[rows])
    # Items that fall at the same time in the same state share one integral.
    quantities = {}
    for item in costs:
        if (item.when, item.rate_at) not in quantities:
            found = discounted_quantity(item, occupancy, cost_discounting or discounting)
            quantities[item.when, item.rate_at] = (
                found if item.when == "on treatment" else picked(found)
            )
    return Outcomes(
        picked(pf @ years),
        picked(progressed @ years),
        utilities.progression_free * picked(pf @ weighted),
        utilities.progressed * picked(progressed @ weighted),
        {item.name: item.amount * quantities[item.when, item.rate_at] for item in costs},
        picked(alive @ grid.weights(constant_discounting(0.0))),
        int(np.sum(occupancy.crossed if rows is None else occupancy.crossed[rows])),
    )


def _are_rows(rows: np.ndarray, count: int) -> bool:
    """Whether each of ``rows`` is the number of one of ``count`` rows."""
    found = np.asarray(rows)
    return (
        found.dtype.kind in "iu"
        and found.ndim == 1
        and bool(np.all((found >= 0) & (found < count)))
    )


def discounted_quantity(
    item: CostItem, occupancy: Occupancy, discounting: Discounting
) -> np.ndarray:
    """Discounted years, or discounted events per patient, that the item's amount multiplies."""
    grid = occupancy.grid
    if item.when == "start":
        return np.ones(occupancy.alive.shape[:-1])
    if item.when == "on treatment" and occupancy.on_treatment is None:
        raise ValueError(
            f"cost '{item.name}' falls while on treatment, but no time on treatment was given. "
            "Give partitioned_survival(treatment=…), or let the cost fall while progression-free."
        )
    state = {
        "progression-free": occupancy.progression_free,
        "leaving progression-free": occupancy.progression_free,
        "alive": occupancy.alive,
        "death": occupancy.alive,
        "on treatment": occupancy.on_treatment,
    }
    if item.when in ONCE:
        constant, weights = grid.death_weights(discounting)
        return constant + state[item.when] @ weights
    weights = grid.weights(discounting, item.rate_at)
    return (
        occupancy.alive - occupancy.progression_free
        if item.when == "progressed"
        else state[item.when]
    ) @ weights
