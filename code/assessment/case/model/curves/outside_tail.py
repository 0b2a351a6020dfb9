"""Survival after the trial's follow-up as other patients, observed for longer, died: a scenario.

The rate of death is constant, from two points of a curve of others (facts economics.outside.*), and
the same in both arms: whoever is alive at the end of follow-up lives on alike.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from assessment.case.model.curves.thinned_draws import NoCurve
from assessment.case.model.inputs.settings import Settings
from assessment.case.trial.trial import COHORTS, load_trial
from assessment.case.trial.trial_draws import follow_up_months
from assessment.case.trial.trial_summaries import printed, summaries
from assessment.economics.model.constant_tail import ConstantTail
from assessment.economics.time.time_units import MONTHS_PER_YEAR
from assessment.evidence import load_facts

POINT = ("from_months", "to_months", "alive_from", "alive_to")


def has_outside_tail(cohort: str) -> bool:
    """Whether two points of other patients' survival are known for a cohort."""
    facts = load_facts()
    ids = [f"economics.outside.{cohort}.{name}" for name in POINT]
    return all(fact in facts and isinstance(facts[fact].value, float) for fact in ids)


def outside_rate_per_month(cohort: str) -> float:
    """Constant rate of death between the two points, a month. NoCurve where they are not known."""
    if not has_outside_tail(cohort):
        raise NoCurve(f"no survival of other patients is known for {COHORTS[cohort]}")
    facts = load_facts()
    start, end, alive_start, alive_end = (
        facts[f"economics.outside.{cohort}.{name}"].number for name in POINT
    )
    return float(np.log(alive_start / alive_end) / (end - start))


def with_outside_tail(alive: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """Both arms' curves of survival, months, with the outside rate from the follow-up on."""
    rate, start = outside_rate_per_month(settings.cohort), _follow_up(settings)
    return {arm: ConstantTail(curve, start, rate) for arm, curve in alive.items()}


def outside_breaks_years(settings: Settings) -> tuple[float, ...]:
    """When the rate changes, in years: a break for the grid."""
    return (_follow_up(settings) / MONTHS_PER_YEAR,)


def _follow_up(settings: Settings) -> float:
    told = summaries(printed(load_trial(settings.analysis_set), "os", settings.cohort))
    return follow_up_months(told, settings.cohort)
