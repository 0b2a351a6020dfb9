"""Scenarios in words."""

from __future__ import annotations

from typing import Any

import numpy as np

from assessment.case.model.analyses.scenarios import Scenario
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.inputs.model_inputs import input_fact
from assessment.pages.economics.shared.arm_names import CONTROL_NAME, comparator_label
from assessment.pages.economics.shared.case_words import (
    BACKGROUND_THERAPY_ENDS,
    SETS_AS_SCENARIOS,
    price_words,
)
from assessment.pages.economics.shared.set_names import set_name
from assessment.presentation import numbers
from assessment.presentation.language import _

SCENARIO_NAMES = {
    "base": _("Base case"),
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
    "utility_unadjusted": _("Utilities not adjusted for age"),
    "treated_to_progression": _("Treated until progression"),
    "analogue_to_progression": BACKGROUND_THERAPY_ENDS,
    "crossover_paid": _("Crossover drug charged to {control}"),
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
PRICE_FACTORS = {"price_low": 0.5, "price_high": 1.5}  # what their names say of the price
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
    "subgroup": _("hazard ratio of the subgroup"),
}
GAIN = _("QALYs gained")
ENOUGH_PRICE = _("Price that is enough, thousand NOK a pack")


def scenario_name(scenario: Scenario) -> str:
    """A scenario in words."""
    changed: Any = {"age_years": 0, **scenario.settings}
    if scenario.group == "analysis set":
        return set_name(changed["analysis_set"], SETS_AS_SCENARIOS)
    if scenario.group == "comparator":
        return _against(scenario, changed)
    if scenario.study:
        return _("Utilities of {study}").format(study=scenario.study)
    if scenario.id in PRICE_FACTORS and not _named_by_factor(scenario):
        return _("{price} NOK a pack").format(price=numbers.number(scenario.inputs[PRICE]))
    return SCENARIO_NAMES[scenario.id].format(
        age=numbers.number(changed["age_years"]), control=CONTROL_NAME
    )


def _against(scenario: Scenario, changed: dict[str, Any]) -> str:
    """Against which drug, and what of it differs."""
    comparator = comparator_label(changed["comparator"])
    if scenario.study:
        return _("Against {comparator}, {price}").format(
            comparator=comparator, price=price_words(scenario.study)
        )
    ratio = changed.get("comparator_death_ratio")
    if ratio is not None:
        return _("Against {comparator}, hazard ratio of death {ratio}").format(
            comparator=comparator, ratio=numbers.number(ratio, 2)
        )
    return _("Against {comparator}").format(comparator=comparator)


def _named_by_factor(scenario: Scenario) -> bool:
    """Whether the ends of the assumed price are the factors of it that their names say."""
    factor = scenario.inputs[PRICE] / input_fact(PRICE).number
    return bool(np.isclose(factor, PRICE_FACTORS[scenario.id]))
