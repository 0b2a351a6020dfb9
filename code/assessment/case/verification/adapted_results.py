"""The model's results as the black-box tests read them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assessment.case.model.costs.cost_rows import cost_rows, side_effect_rows
from assessment.case.model.costs.cost_utility import Strategy
from assessment.case.model.curves.strategy_occupancy import StrategyOccupancy
from assessment.economics.model.outcomes import Outcomes
from assessment.economics.model.partitioned_survival import Occupancy

DRUG_ITEM = "drug"
SIDE_EFFECTS = "side effects"


def outcomes_of(strategy: Strategy) -> Outcomes:
    """Outcomes with the drug and side effects as one cost item each, and QALYs net of those lost to
    side effects.
    """
    of_the_drug = {row.id for row in cost_rows() if row.group == "drug"}
    outcomes = strategy.outcomes
    items = {name: c for name, c in outcomes.cost_by_item.items() if name not in of_the_drug}
    items[DRUG_ITEM] = strategy.cost - sum(items.values())
    events = [row.id for row in side_effect_rows() if row.id in items]
    items[SIDE_EFFECTS] = sum((items.pop(name) for name in events), np.zeros_like(strategy.cost))
    return replace(
        outcomes,
        cost_by_item=items,
        qalys_progression_free=outcomes.qalys_progression_free
        - strategy.qalys_lost_to_side_effects,
    )


def occupancy_of_draws(table: StrategyOccupancy, strategy: str, rows: np.ndarray) -> Occupancy:
    """Occupancy of these draws of the curves."""
    drawn = table.occupancy[strategy]
    return replace(
        drawn,
        progression_free=drawn.progression_free[rows],
        alive=drawn.alive[rows],
        crossed=drawn.crossed[rows],
    )
