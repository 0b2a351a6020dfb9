"""The answers of the base case that are split over changes, and when they make another conclusion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite, nan

from assessment.case.model.analyses.comparator_severity import severity_of
from assessment.case.model.costs.cost_utility import run_model
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.inputs.settings import Settings

Answers = Mapping[str, Mapping[str, float]]  # by cohort and outcome


@dataclass(frozen=True)
class Outcome:
    """A result that is split: its unit, and the decimals with which it and its parts are kept.
    ``concludes``: whether the conclusion is another when it is.
    """

    unit: str
    decimals: int
    concludes: bool = False


# Price: NOK a pack at which the net benefit is 0 at the reference value of the severity class, also below
# 0, where even a free drug costs too much. Yes is 1 and no is 0.
OUTCOMES = {
    "qalys_gained": Outcome("QALYs", 5),
    "cost_added": Outcome("NOK", 0),
    "icer": Outcome("NOK per QALY", 0),
    "price": Outcome("NOK per pack", 1),
    "shortfall": Outcome("QALYs", 4),
    "severity_class": Outcome("class", 3, True),
    "worth_it": Outcome("verdict", 3, True),
    "price_is_enough": Outcome("verdict", 3, True),
}


def base_answers(cohort: str) -> dict[str, float]:
    """The outcomes of one cohort in expected values; ``icer`` is nan where no QALY is gained, since the
    ratio then has no meaning. Errors as ``run_model`` and ``severity_of``.
    """
    results = run_model(settings=Settings(cohort))
    severity, gained = severity_of(results), results.increment
    value = severity.reference_nok_per_qaly
    price = float(results.price_at(value).price)
    qalys, cost = float(gained.effect), float(gained.cost)
    return {
        "qalys_gained": qalys,
        "cost_added": cost,
        "icer": cost / qalys if qalys > 0 else nan,
        "price": price,
        "shortfall": severity.shortfall,
        "severity_class": float(severity.severity_class),
        "worth_it": float(float(gained.net_monetary_benefit(value)) > 0),
        "price_is_enough": float(price >= 0),
    }


def all_answers() -> dict[str, dict[str, float]]:
    """The outcomes of every cohort."""
    return {cohort: base_answers(cohort) for cohort in COHORTS}


def turned(before: Answers, after: Answers) -> list[tuple[str, str]]:
    """The rule for "conclusion changed", as (cohort, outcome) of what is another: in any cohort, whether
    the drug is worth the price assumed at the reference value of its class, whether any price of it is
    enough for that value, or the severity class of the base case. Nothing where the conclusion is the
    same. What is not known before (nan) has not turned.
    """
    return [
        (cohort, name)
        for cohort, answers in after.items()
        for name, outcome in OUTCOMES.items()
        if outcome.concludes and _another(before.get(cohort, {}).get(name, nan), answers[name])
    ]


def _another(before: float, after: float) -> bool:
    return isfinite(before) and isfinite(after) and before != after
