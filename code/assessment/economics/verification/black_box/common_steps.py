"""What several black-box tests do: compare two strategies, run on monthly cycles, scale an input."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from assessment.economics.analysis import cost_effectiveness
from assessment.economics.time.discounting import constant_discounting
from assessment.economics.verification.framework.findings import Finding, NotApplicable, holds
from assessment.economics.verification.framework.model_protocol import StrategyRun
from assessment.economics.verification.framework.verification_case import VerificationCase

NO_PRICE = "no strategy has an input with the price of its drug"
TOLERANCE = 1e-9
UNDISCOUNTED = constant_discounting(0.0)


def increment_between(
    runs: Mapping[str, StrategyRun], first: str, second: str
) -> cost_effectiveness.Increment:
    """Costs and QALYs of strategy ``first`` less those of ``second``."""

    def totals(what: str) -> list[np.ndarray]:
        return [
            np.asarray(getattr(runs[strategy].outcomes, what), float)
            for strategy in (first, second)
        ]

    return cost_effectiveness.increment(totals("cost"), totals("qalys"))


def scaled_input(case: VerificationCase, name: str, factor: float) -> dict[str, np.ndarray]:
    """An input's base value times ``factor``, as a change to run with."""
    return {name: np.asarray(case.model.inputs[name], float) * factor}


def stated_by_model(case: VerificationCase, identifier: str, reason: str) -> list[Finding]:
    """What the model says of itself for this test; NotApplicable with the reason if nothing."""
    notes = getattr(case.model, "notes", {})
    if identifier not in notes:
        raise NotApplicable(reason)
    passed, words = notes[identifier]
    return [holds(words, "as stated" if passed else "not so", "as stated", passed)]


def strategy_pairs(case: VerificationCase) -> list[tuple[str, str]]:
    """Every strategy with the last, its comparator; NotApplicable where there is one only."""
    if len(case.strategies) < 2:
        raise NotApplicable("one strategy only")
    return [(strategy, case.strategies[-1]) for strategy in case.strategies[:-1]]


def monthly_runs(case: VerificationCase) -> Mapping[str, StrategyRun]:
    """Base run on monthly cycles: there every single value of occupancy is exact."""
    return case.remember("monthly", lambda: case.run(grid="monthly"))
