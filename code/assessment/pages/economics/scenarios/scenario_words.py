"""Scenarios in words."""

from __future__ import annotations

from typing import Any

from assessment.case.model.analyses.scenarios import Scenario
from assessment.presentation import numbers
from assessment.presentation.language import _

SCENARIO_NAMES = {
    "base": _("Base case"),
    "set_fda": _("FDA's division"),
    "set_interim": _("Interim analysis 2023"),
    "os_none": _("No effect on survival"),
    "os_adjusted": _("Survival without crossover"),
    "os_kept": _("Whole gain becomes life"),
    "os_waning": _("Effect on survival fades"),
    "family_weibull": _("Weibull only"),
    "family_gamma": _("Gamma only"),
    "family_lognormal": _("Lognormal only"),
    "family_loglogistic": _("Log-logistic only"),
    "family_gompertz": _("Gompertz only"),
    "family_generalised_gamma": _("Generalised gamma only"),
    "floor_off": _("No mortality floor"),
    "utility_clarinet": _("Utilities of CLARINET"),
    "utility_swinburn": _("Utilities of Swinburn"),
    "utility_unadjusted": _("Utilities not adjusted for age"),
    "comparator_everolimus": _("Against everolimus"),
    "comparator_sunitinib": _("Against sunitinib"),
    "treated_to_progression": _("Treated until progression"),
    "analogue_to_progression": _("Analogue until progression only"),
    "crossover_paid": _("Crossover drug charged to placebo"),
    "price_low": _("Half the assumed price"),
    "price_high": _("Price half as high again"),
    "price_zero": _("Free drug"),
    "horizon_5": _("Five years"),
    "horizon_10": _("Ten years"),
    "horizon_20": _("Twenty years"),
    "undiscounted": _("No discounting"),
    "monthly_cycles": _("Monthly cycles"),
    "younger": _("Aged {age} at start"),
    "older": _("Aged {age} at start"),
}
GROUP_NAMES = {
    "base": _("Base case"),
    "analysis set": _("Analysis set"),  # not translated: key
    "effect on survival": _("Effect on survival"),  # not translated: key
    "survival family": _("Curves"),  # not translated: key
    "utilities": _("Utilities"),
    "comparator": _("Comparator"),
    "cost": _("Cost"),
    "method": _("Method"),
    "severity": _("Age"),
}
ASSUMED_NAMES = {
    "follow-up": _("◆ follow-up assumed"),
    "crossover": _("◆ dilution model"),
    "indirect": _("indirect comparison"),
    "same survival": _("◆ survival taken as equal"),  # not translated: key
}
GAIN = _("QALYs gained")
ENOUGH_PRICE = _("Price that is enough, thousand NOK a pack")


def scenario_name(scenario: Scenario) -> str:
    """A scenario in words."""
    age: Any = scenario.settings.get("age_years", 0)
    return SCENARIO_NAMES[scenario.id].format(age=numbers.number(age))
