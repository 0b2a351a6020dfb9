"""What several black-box tests do: compare two strategies, run on monthly cycles, scale an input."""

from __future__ import annotations

import numpy as np

from assessment.economics.analysis import cost_effectiveness
from assessment.economics.time.discounting import constant_discounting
from assessment.economics.verification.findings import NotApplicable, holds

NO_PRICE = "no strategy has an input with the price of its drug"
TOLERANCE = 1e-9
UNDISCOUNTED = constant_discounting(0.0)


def increment_between(runs, first, second):
    def totals(what):
        return [np.asarray(getattr(runs[s].outcomes, what), float) for s in (first, second)]

    return cost_effectiveness.increment(totals("cost"), totals("qalys"))


def scaled_input(case, name, factor):
    return {name: np.asarray(case.model.inputs[name], float) * factor}


def stated_by_model(case, identifier, reason):
    notes = getattr(case.model, "notes", {})
    if identifier not in notes:
        raise NotApplicable(reason)
    passed, words = notes[identifier]
    return [holds(words, "as stated" if passed else "not so", "as stated", passed)]


def strategy_pairs(case):
    if len(case.strategies) < 2:
        raise NotApplicable("one strategy only")
    return [(s, case.strategies[-1]) for s in case.strategies[:-1]]


def monthly_runs(case):
    """Base run on monthly cycles: there every single value of occupancy is exact."""
    return case.remember("monthly", lambda: case.run(grid="monthly"))
