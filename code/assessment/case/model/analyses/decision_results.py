"""One comparison as a decision asks for it: what is gained and added, with intervals, and whether
that is worth it at the stated opportunity cost and at the value of the comparison's own class.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from assessment.case.model.analyses.comparator_severity import Severity, severity_of
from assessment.case.model.analyses.probabilistic import Draws, price_distribution, probabilistic
from assessment.case.model.costs.cost_utility import Results, run_model
from assessment.case.model.inputs.model_inputs import base_values, model_inputs
from assessment.case.model.inputs.settings import Settings
from assessment.economics.analysis.cost_effectiveness import Increment
from assessment.evidence import load_facts

INTERVAL = (0.025, 0.975)  # of the draws


class Estimate(NamedTuple):
    """A result in expected values, and the middle 95 % of its draws."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class DecisionResult:
    """The drug under study less the comparator, per patient, discounted.

    ``values``: NOK per QALY, the stated opportunity cost first, then the value of the class; the
    mappings have them as keys. ``benefit``: net monetary benefit, NOK; ``worth_it``: share of the
    draws in which it is above 0; ``price``: NOK a pack at which it is 0, below 0 where even a free
    drug costs too much. ``qalys_error``: Monte Carlo standard error of the QALYs gained, as if the
    draws were independent, which is the most it can be.
    """

    settings: Settings
    severity: Severity
    increment: Increment
    life_years: float
    qalys: Estimate
    cost: Estimate
    benefit: Mapping[float, Estimate]
    worth_it: Mapping[float, float]
    price: Mapping[float, Estimate]
    qalys_error: float

    @property
    def values(self) -> tuple[float, float]:
        """NOK per QALY: the stated opportunity cost, and the value of the class."""
        return stated_value(), self.severity.reference_nok_per_qaly


def stated_value() -> float:
    """The stated opportunity cost, NOK per QALY."""
    return load_facts()["norway.reference.opportunity_cost.value"].number


def decision_result(
    settings: Settings, changed: Mapping[str, float] | None = None
) -> DecisionResult:
    """Runs the model in expected values and in draws. ``changed``: inputs to replace, by name; they
    are the means of their draws. NoCurve where the printed results do not allow the run.
    """
    changed = dict(changed or {})
    inputs = base_values(model_inputs(settings.cohort)) | changed
    return summarised(run_model(inputs, settings), probabilistic(settings, means=changed))


def summarised(results: Results, drawn: Draws) -> DecisionResult:
    """The run in expected values with the intervals of its draws."""
    severity, gained = severity_of(results), drawn.increment
    values = dict.fromkeys((stated_value(), severity.reference_nok_per_qaly))
    size = min(results.settings.curve_draws, gained.effect.size)
    return DecisionResult(
        results.settings,
        severity,
        results.increment,
        float(results.increment_life_years.effect),
        _estimate(results.increment.effect, gained.effect),
        _estimate(results.increment.cost, gained.cost),
        {
            value: _estimate(
                results.increment.net_monetary_benefit(value), gained.net_monetary_benefit(value)
            )
            for value in values
        },
        {value: float(np.mean(gained.net_monetary_benefit(value) > 0)) for value in values},
        {
            value: _estimate(_price(results, value), price_distribution(drawn, value))
            for value in values
        },
        float(gained.effect.std() / np.sqrt(size)),
    )


def _price(results: Results, value: float) -> float:
    """NOK a pack at which the net benefit is 0, also where that is below 0."""
    packs, increment = results.packs_bought, results.increment
    free = increment.cost - packs * results.price_per_pack_nok
    return float((value * increment.effect - free) / packs)


def _estimate(value, drawn: np.ndarray) -> Estimate:
    low, high = np.quantile(drawn, INTERVAL)
    return Estimate(float(value), float(low), float(high))
