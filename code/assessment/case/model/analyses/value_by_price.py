"""What more knowledge would be worth by the price of a pack: knowledge is worth most where the
decision turns, and it turns at a price.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from assessment.case.model.analyses.probabilistic import CURVES, SEED, Draws
from assessment.case.model.analyses.value_of_research import information_groups, simulated_studies
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.inputs.model_inputs import input_fact, limits
from assessment.economics.analysis.acceptability import acceptability
from assessment.economics.analysis.value_of_information import evppi, evsi

PRICE_STEPS = 21  # from a free drug to the upper end of the assumed price's range


@dataclass(frozen=True, eq=False)
class ValueByPrice:
    """Value of knowledge per patient, NOK, by price of a pack without tax (``prices_nok``) and value
    of a QALY in NOK, which is the key of the mappings.

    ``everything``: EVPI, (prices,); ``studies``: EVSI of "trial" and "registry", (prices,). ``turns``:
    the price at which the expected net benefit is 0, below 0 where even a free drug costs too much.
    ``groups``: columns value, price, parameter, evppi, standard_error: EVPPI of groups of inputs and
    of each curve at the assumed price and where the decision turns, or for a free drug.
    """

    prices_nok: np.ndarray
    everything: Mapping[float, np.ndarray]
    studies: Mapping[str, Mapping[float, np.ndarray]]
    turns: Mapping[float, float]
    groups: pd.DataFrame

    def everything_at(self, value: float, price_nok: float) -> float:
        """EVPI per patient, NOK, between the prices by straight lines."""
        return float(np.interp(price_nok, self.prices_nok, self.everything[value]))


def value_by_price(drawn: Draws, values: tuple[float, ...]) -> ValueByPrice:
    """The value of knowledge at each of ``values``, NOK per QALY."""
    turns = {value: turning_price(drawn, value) for value in values}
    assumed, dearest = input_fact(PRICE).number, limits(input_fact(PRICE))[1]
    steps = np.arange(PRICE_STEPS + 1) * (dearest / PRICE_STEPS)
    asked = {value: (max(turn, 0.0), assumed) for value, turn in turns.items()}
    prices = np.unique([*steps, *(price for pair in asked.values() for price in pair)])
    studies = simulated_studies(drawn, np.random.default_rng(SEED))
    everything = np.empty((len(values), prices.size))
    by_study = {name: np.empty((len(values), prices.size)) for name in studies}
    for k, price in enumerate(prices):
        priced = at_price(drawn, price)
        everything[:, k] = acceptability(priced.costs, priced.qalys, values).evpi
        for name, reported in studies.items():
            by_study[name][:, k] = evsi(priced.costs, priced.qalys, reported, values).value
    return ValueByPrice(
        prices,
        dict(zip(values, everything)),
        {name: dict(zip(values, rows)) for name, rows in by_study.items()},
        turns,
        pd.concat(
            [_groups(drawn, value, price) for value, pair in asked.items() for price in pair],
            ignore_index=True,
        ),
    )


def at_price(drawn: Draws, price_nok: float) -> Draws:
    """The same draws at another price of a pack: cost is linear in it."""
    added = drawn.packs * (price_nok - input_fact(PRICE).number)
    return replace(drawn, costs=np.stack([drawn.costs[0] + added, drawn.costs[1]]))


def turning_price(drawn: Draws, value_nok_per_qaly: float) -> float:
    """Price of a pack at which the mean net benefit over the draws is 0; below 0 where even a free
    drug costs too much.
    """
    free = at_price(drawn, 0.0).increment.mean
    return float((value_nok_per_qaly * free.effect - free.cost) / drawn.packs.mean())


def _groups(drawn: Draws, value: float, price: float) -> pd.DataFrame:
    """EVPPI of each curve and of the groups of inputs at one value of a QALY and one price."""
    priced = at_price(drawn, price)
    members = {name: [name] for name in CURVES.values()} | information_groups(drawn)
    rows = []
    for name, inputs in members.items():
        known = np.stack([drawn.inputs[one] for one in inputs], axis=1)
        worth = evppi(priced.costs, priced.qalys, known, [value])
        rows.append((value, price, name, worth.value[0], worth.standard_error[0]))
    return pd.DataFrame(rows, columns=["value", "price", "parameter", "evppi", "standard_error"])
