"""The interval of the price that would be enough under a scenario."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from assessment.case.model.analyses.probabilistic import price_distribution, probabilistic
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.costs.cost_utility import Results

DRAWS = 2_000  # a limit then moves by a twentieth of the interval or so
LIMITS = (0.025, 0.975)  # the middle 95 % of draws


def drawn_price_limits(
    results: Results, changed: Mapping[str, float], threshold_nok_per_qaly: float
) -> tuple[float, float] | None:
    """The middle 95 % of draws of the price of a pack, NOK, at which a value of a QALY is met;
    negative where even a free drug costs too much, None where costs are incomplete.

    ``results``: the scenario's run, whose settings are drawn under; ``changed``: its inputs, the
    means of their draws. The price of the run does not matter, since costs are linear in it.
    """
    if results.costs_incomplete:
        return None
    means = {name: value for name, value in changed.items() if name != PRICE}
    drawn = probabilistic(results.settings, DRAWS, means=means)
    low, high = np.quantile(price_distribution(drawn, threshold_nok_per_qaly), LIMITS)
    return float(low), float(high)
