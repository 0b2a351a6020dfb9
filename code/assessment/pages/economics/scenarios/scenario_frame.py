"""One choice changed at a time: what each scenario does to the gain and to the price that would be
enough.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.analyses.scenarios import Scenario
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.presentation import numbers

WORDS = {
    "base": "Base case",
    "set_fda": "FDA's division",
    "set_interim": "Interim analysis 2023",
    "os_none": "No effect on survival",
    "os_adjusted": "Survival without crossover",
    "os_kept": "Whole gain becomes life",
    "os_waning": "Effect on survival fades",
    "family_weibull": "Weibull only",
    "family_gamma": "Gamma only",
    "family_lognormal": "Lognormal only",
    "family_loglogistic": "Log-logistic only",
    "family_gompertz": "Gompertz only",
    "family_generalised_gamma": "Generalised gamma only",
    "floor_off": "No mortality floor",
    "utility_clarinet": "Utilities of CLARINET",
    "utility_swinburn": "Utilities of Swinburn",
    "utility_unadjusted": "Utilities not adjusted for age",
    "comparator_everolimus": "Against everolimus",
    "comparator_sunitinib": "Against sunitinib",
    "treated_to_progression": "Treated until progression",
    "analogue_to_progression": "Analogue until progression only",
    "crossover_paid": "Crossover drug charged to placebo",
    "price_low": "Half the assumed price",
    "price_high": "Price half as high again",
    "price_zero": "Free drug",
    "horizon_5": "Five years",
    "horizon_10": "Ten years",
    "horizon_20": "Twenty years",
    "undiscounted": "No discounting",
    "monthly_cycles": "Monthly cycles",
    "younger": "Aged {age} at start",
    "older": "Aged {age} at start",
    "assumed": {
        "follow-up": "◆ follow-up assumed",
        "crossover": "◆ dilution model",
        "indirect": "indirect comparison",
        "same survival": "◆ survival taken as equal",
    },
    "groups": {
        "base": "Base case",
        "analysis set": "Analysis set",
        "effect on survival": "Effect on survival",
        "survival family": "Curves",
        "utilities": "Utilities",
        "comparator": "Comparator",
        "cost": "Cost",
        "method": "Method",
        "severity": "Age",
    },
    "gain": "QALYs gained",
    "price": "Price that is enough, thousand NOK a pack",
    "unpriced": "no Norwegian price",
    "dominated": "costs more, gains nothing",
    "dominates": "costs less, gains health",
    "saves": "saves, loses health",
    "no_price": "no price",
    "open": "Open marks: no price is low enough, not even a free drug. No mark: cost incomplete.",
    "cannot": "cannot be run: too little is printed of {what}",
    "no_curves": "the trial's results",
    "ratio": "Hazard ratio of death, for life",
    "pack": "Price of a pack, thousand NOK",
    "enough": "worth it at the class's value",
    "not_enough": "not worth it",
}


def name(scenario: Scenario) -> str:
    """A scenario in words."""
    return WORDS[scenario.id].format(age=numbers.number(scenario.settings.get("age_years", 0)))


def price_that_is_enough(outcome) -> float | None:
    """Price of a pack at which the scenario's own reference value is met; None where none is or
    costs are incomplete.
    """
    if outcome.results is None or outcome.results.costs_incomplete:
        return None
    found = outcome.results.price_at(outcome.severity.reference_nok_per_qaly)
    return float(found.price) if bool(found.met) else None


def frame() -> pd.DataFrame:
    """A row per cohort and scenario: gain, price that is enough (NaN where none), whether worth it,
    reason where it cannot be run.
    """
    rows = []
    for cohort in COHORTS:
        for one in runs.scenario_outcomes(cohort):
            ran = one.results is not None
            price = price_that_is_enough(one)
            rows.append(
                {
                    "cohort": cohort,
                    "id": one.scenario.id,
                    "name": name(one.scenario),
                    "group": WORDS["groups"][one.scenario.group],
                    "gain": float(one.results.increment.effect) if ran else np.nan,
                    "price": np.nan if price is None else price / 1000,
                    "priced": ran and not one.results.costs_incomplete,
                    "worth": one.cost_effective,
                    "reason": one.reason,
                    "outcome": one,
                }
            )
    return pd.DataFrame(rows)
