"""From costs and QALYs to a decision: increments, ICER, net benefit, efficiency frontier, price
threshold.

Costs in one currency, effects in QALYs (or life years); each a float or an array of draws,
strategies in front. Definitions: Drummond et al., Methods for the Economic Evaluation of Health
Care Programmes, 4th ed., ch. 4; frontier: Cantor 1994.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import (
    ANY,
    LARGEST,
    LOOSE,
    ONE_POSITIVE,
    SMALLEST,
    as_numbers,
    count,
    numbers,
)
from assessment.evidence.arguments.object_arguments import function, made_by, words
from assessment.evidence.arguments.result_tables import ShownAsTable

NORTH_EAST, SOUTH_EAST, SOUTH_WEST, NORTH_WEST = (
    "costs more, gains",
    "dominates",
    "saves, loses",
    "is dominated",
)
# Divisors: 0 is told by each function in its own words, sizes next to 0 are refused here.
BOUNDED = numbers(apart=True, loose=True)
NO_DIFFERENCE = "no difference"
COLUMNS = ["strategy", "cost", "effect", "incremental_cost", "incremental_effect", "icer", "status"]


@dataclass(frozen=True, eq=False)
class Increment(ShownAsTable):
    """One strategy less another, by draw or as one number.

    ``cost``: in currency. ``effect``: in QALYs or life years. ValueError where either is not finite.
    """

    cost: np.ndarray
    effect: np.ndarray

    def __post_init__(self):
        for name in ("cost", "effect"):
            value = as_numbers(f"incremental {name}", getattr(self, name))
            if value.size == 0:
                raise ValueError(
                    f"incremental {name}: no number was given. Give one, or one for each draw."
                )
            if not np.all(np.abs(value) <= LARGEST):
                raise ValueError(
                    f"incremental {name} must be finite; found NaN or infinity. Check the results"
                    " of the two strategies."
                )
            object.__setattr__(self, name, value)

    def to_frame(self) -> pd.DataFrame:
        """cost, effect, icer, quadrant: one row, of the mean increment where there are draws."""
        names, mean = ("cost", "effect", "icer", "quadrant"), self.mean
        return pd.DataFrame([{name: getattr(mean, name).item() for name in names}])

    @property
    def mean(self) -> Increment:
        """The increment in expectation: the one a decision rests on."""
        return Increment(self.cost.mean(), self.effect.mean())

    @property
    def quadrant(self) -> np.ndarray:
        """In words: NORTH_EAST, SOUTH_EAST (dominates), SOUTH_WEST, NORTH_WEST (is dominated) or
        NO_DIFFERENCE.
        """
        c, e = self.cost, self.effect
        return np.select(
            [(c == 0) & (e == 0), (c <= 0) & (e >= 0), (c >= 0) & (e <= 0), c > 0],
            [NO_DIFFERENCE, SOUTH_EAST, NORTH_WEST, NORTH_EAST],
            SOUTH_WEST,
        )

    @property
    def icer(self) -> np.ndarray:
        """Cost per unit of effect; NaN where one strategy dominates or nothing differs, since a
        ratio then says nothing.
        """
        meaningful = np.isin(self.quadrant, (NORTH_EAST, SOUTH_WEST))
        return np.divide(
            self.cost, self.effect, out=np.full(np.shape(meaningful), np.nan), where=meaningful
        )

    @taking(threshold=LOOSE)
    def net_monetary_benefit(self, threshold: ArrayLike) -> np.ndarray:
        """threshold × effect − cost, in currency; above 0 the strategy is worth its cost."""
        if not np.all(np.isfinite(threshold)):
            raise ValueError(f"a threshold is finite; found {np.ravel(threshold)[0]}")
        return np.asarray(threshold) * self.effect - self.cost

    @taking(threshold=BOUNDED)
    def net_health_benefit(self, threshold: ArrayLike) -> np.ndarray:
        """effect − cost / threshold, in QALYs; ValueError for a threshold of 0 or below."""
        if not np.all(np.asarray(threshold) > 0):
            raise ValueError(
                f"net health benefit needs a threshold above 0; found {np.min(threshold)}. Use"
                " net_monetary_benefit at 0."
            )
        return self.effect - self.cost / np.asarray(threshold)


@taking(costs=ANY, effects=ANY)
def increment(
    costs: ArrayLike, effects: ArrayLike, strategy: int = 0, comparator: int = 1
) -> Increment:
    """Strategy less comparator, from arrays (strategies, …).

    ``strategy``, ``comparator``: positions along the first axis. ValueError where the difference is
    not finite.
    """
    costs, effects = np.asarray(costs, float), np.asarray(effects, float)
    if costs.ndim == 0 or costs.shape != effects.shape:
        raise ValueError(
            "costs and effects have strategies along their first axis and the same shape; found"
            f" {costs.shape} and {effects.shape}"
        )
    position = count(0, costs.shape[0] - 1)
    strategy, comparator = position("strategy", strategy), position("comparator", comparator)
    return Increment(costs[strategy] - costs[comparator], effects[strategy] - effects[comparator])


@taking(names=words)
def frontier(names: Sequence[str], costs: ArrayLike, effects: ArrayLike) -> pd.DataFrame:
    """Efficiency frontier of mean costs and effects, cheapest first, dominated strategies last.

    ``names``, ``costs`` (currency), ``effects`` (QALYs): one each per strategy. ValueError where
    they do not fit or are not finite.

    Columns: strategy, cost, effect, incremental_cost, incremental_effect, icer (against the one
    before it on the frontier) and status: "on the frontier", "dominated" (another costs no more and
    gains no less) or "extended dominated" (a mix of two others is at least as good). Of two equal
    strategies the first named stays.
    """
    costs, effects = as_numbers("costs", costs), as_numbers("effects", effects)
    good = costs.shape == effects.shape == (len(names),) and len(names) > 0
    if not (good and np.all(np.abs([costs, effects]) <= LARGEST)):
        raise ValueError(
            "the frontier needs one finite mean cost and effect for each of one or more"
            f" strategies; found {len(names)} names, costs {costs.tolist()}, effects"
            f" {effects.tolist()}. Average draws first."
        )
    status = np.full(costs.size, "on the frontier", dtype=object)
    hull: list[int] = []
    for i in np.lexsort((np.arange(costs.size), -effects, costs)):
        if hull and effects[i] <= effects[hull[-1]]:
            status[i] = "dominated"
            continue
        while len(hull) > 1 and _slope(costs, effects, hull[-1], i) <= _slope(
            costs, effects, hull[-2], hull[-1]
        ):
            status[hull.pop()] = "extended dominated"
        hull.append(i)
    on = status == "on the frontier"
    rows = []
    for position, i in enumerate(hull + [i for i in np.argsort(costs, kind="stable") if not on[i]]):
        before = hull[position - 1] if 0 < position < len(hull) else None
        dc, de = (
            (costs[i] - costs[before], effects[i] - effects[before])
            if before is not None
            else (np.nan, np.nan)
        )
        ratio = dc / de if not abs(de) < SMALLEST else np.nan
        rows.append((names[i], costs[i], effects[i], dc, de, ratio, status[i]))
    return pd.DataFrame(
        rows,
        columns=COLUMNS,
    )


def _slope(costs: np.ndarray, effects: np.ndarray, low: int, high: int) -> float:
    return (costs[high] - costs[low]) / (effects[high] - effects[low])


@dataclass(frozen=True, eq=False)
class PriceThreshold:
    """Price at which the net monetary benefit is 0; ``met`` says whether a price of 0 or more does
    it.

    Where it is not met, ``price`` is negative (even a free drug costs too much) and kept, for it
    says how far away it is.
    """

    price: np.ndarray
    met: np.ndarray


@taking(threshold=LOOSE, at_zero_price=made_by(Increment, "increment()"), quantity=BOUNDED)
def price_at_threshold(
    threshold: ArrayLike, at_zero_price: Increment, quantity: ArrayLike
) -> PriceThreshold:
    """Exact price per unit at which the ICER equals ``threshold``: (threshold × effect − cost
    without the drug) / quantity.

    ``threshold``: currency per QALY. ``at_zero_price``: the increment with a free drug.
    ``quantity``: discounted units (packs) bought per patient on the strategy less those on its
    comparator; cost is linear in price, so this is a closed form. Arrays of draws give the
    distribution; the price for a decision uses mean increment and mean quantity. ValueError for a
    threshold below 0 or not finite, and where no more units are bought than on the comparator.
    """
    quantity, threshold = np.asarray(quantity, float), np.asarray(threshold, float)
    if not np.all(np.isfinite(threshold) & (threshold >= 0)):
        raise ValueError(f"a threshold is 0 or more and finite; found {np.min(threshold)}")
    if not np.all((quantity > 0) & (quantity < np.inf)):
        raise ValueError(
            "the price has an effect only if the strategy buys more units than its comparator;"
            f" found {np.min(quantity)} to {np.max(quantity)} units"
        )
    price = at_zero_price.net_monetary_benefit(threshold) / quantity
    return PriceThreshold(price, price >= 0)


@taking(cost_at_price=function, effect=ANY, reference_price=ONE_POSITIVE)
def zero_price_increment(
    cost_at_price: Callable[[float], np.ndarray], effect: ArrayLike, reference_price: float
) -> tuple[Increment, np.ndarray]:
    """(Increment at price 0, units bought) from a model's incremental cost at price 0 and at
    ``reference_price``.

    ValueError if the cost is not a straight line in price, for then no closed form holds.
    """
    low, high, half = (
        np.asarray(cost_at_price(p), float) for p in (0.0, reference_price, reference_price / 2)
    )
    if not np.allclose(half, (low + high) / 2, rtol=1e-9, atol=1e-6):
        raise ValueError(
            "the incremental cost is not linear in the price: the price threshold needs a search,"
            " not the closed form. Look for a cost that depends on the price other than per pack."
        )
    return Increment(low, np.asarray(effect, float)), (high - low) / reference_price
