"""Scenarios in words."""

from __future__ import annotations

from typing import Any

import numpy as np

from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.inputs.model_inputs import input_fact
from assessment.case.model.scenarios.scenario_runs import Scenario
from assessment.case.trial.trial import BASE_SET
from assessment.pages.economics.shared.arm_names import comparator_label
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
    "os_adjusted": _("Survival without crossover, its drug not charged"),
    "crossover_unpaid": _("Observed survival, crossover drug not charged (incoherent)"),
    "os_printed_ratio": _("Printed hazard ratio for life"),
    "os_later_look": _("Hazard ratio of the later look, for life"),
    "printed_medians": _("Exponential through the printed medians"),
    "outside_tail": _("Tail as others observed it"),
    "set_longer_followup": _("{analysis_set}, follow-up of {followup} months"),
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
    "loss_on_treatment": _("Utility lost throughout treatment"),
    "severe_loss_lasts": _("Loss from severe adverse events lasts as long as treatment"),
    "withdrawals": _("More patients stop early"),
    "analogue_not_counted": _("Somatostatin analogue not counted"),
    "analogue_half_price": _("Somatostatin analogue at half the price"),
    "later_treatment_generic": _("Later treatment at a generic price"),
    "prices_as_printed": _("Prices of earlier years as printed"),
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
    "crossover": _("Crossover"),
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
    "crossover not charged": _("◆ crossover not charged"),  # not translated: key
    "medians": _("◆ exponential curves"),
    "outside tail": _("◆ tail of other patients"),  # not translated: key
    "indirect": _("indirect comparison"),
    "same survival": _("◆ survival taken as equal"),  # not translated: key
    "subgroup": _("hazard ratio of the subgroup"),
}
GAIN = _("QALYs gained")
ENOUGH_PRICE = _("Price that is enough, thousand NOK a pack")


def scenario_name(scenario: Scenario) -> str:
    """A scenario in words."""
    changed: Any = {"age_years": 0, **scenario.settings}
    if scenario.group == "analysis set" and "followup_months" not in changed:
        return set_name(changed["analysis_set"], SETS_AS_SCENARIOS)
    if scenario.group == "comparator":
        return _against(scenario, changed)
    if scenario.study and changed.get("survival_effect") == "none":
        return _("No effect on survival, utilities of {study}").format(study=scenario.study)
    if scenario.study:
        return _("Utilities of {study}").format(study=scenario.study)
    if scenario.id in PRICE_FACTORS and not _named_by_factor(scenario):
        return _("{price} NOK a pack").format(price=numbers.number(scenario.inputs[PRICE]))
    return SCENARIO_NAMES[scenario.id].format(
        age=numbers.number(changed["age_years"]),
        followup=numbers.number(changed.get("followup_months") or 0),
        analysis_set=set_name(changed.get("analysis_set", BASE_SET), SETS_AS_SCENARIOS),
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
