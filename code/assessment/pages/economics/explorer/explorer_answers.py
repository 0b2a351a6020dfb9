"""What the explorer answers for a position of its controls, as text; the script explorer_sums.js writes
the same texts in the reader's browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessment.case.model import runs
from assessment.case.model.analyses.explorer_closed_form import closed_form
from assessment.case.model.analyses.explorer_integrals import (
    RATIOS,
    all_integrals,
    budget_inputs,
)
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.inputs.model_inputs import base_values, model_inputs
from assessment.case.model.inputs.settings import Settings
from assessment.case.model.scenarios.scenario_types import Scenario
from assessment.economics.analysis.cost_effectiveness import Increment
from assessment.economics.model.absolute_shortfall import absolute_shortfall, severity_class
from assessment.evidence import load_facts, load_population_table
from assessment.pages.economics.shared.model_answers import gain_limits, price_limits
from assessment.presentation import numbers
from assessment.presentation.icer_format import format_icer, noted_icer
from assessment.presentation.money_format import (
    MILLION,
    format_million_nok,
    format_price,
    format_price_alone,
)

BASE = "observed|all"  # the choice of curves of the base case
SMALL_GAIN = 0.1  # QALYs below which a gain has a third decimal, as in the table of scenarios


def class_values() -> list[float]:
    """NOK per QALY proposed for each severity class, the lowest class first."""
    facts = load_facts()
    return [
        facts[f"norway.reference.class{number}.value"].number
        for number in load_population_table("severity-classes")["class"]
    ]


def remaining_qalys(cohort: str) -> float:
    """QALYs left to people of the cohort's age without the disease."""
    table = load_population_table("remaining-qalys").set_index("age")["remaining_qalys"]
    return float(table[Settings(cohort).start_age_years])


def choice_of(scenario: Scenario) -> str | None:
    """The explorer's choice of curves that is a scenario; None where a scenario changes something
    else, or an input other than the price.
    """
    changed = dict(scenario.settings)
    effect, family = changed.pop("survival_effect", "observed"), changed.pop("family", None)
    if changed or not set(scenario.inputs) <= {PRICE}:
        return None
    if isinstance(effect, str):
        return f"{effect}|{family or 'all'}"
    return f"{effect:.2f}|all" if effect in RATIOS and family is None else None


def printed_limits(cohort: str) -> dict[str, dict[str, tuple[float, float]]]:
    """Choice → value of a QALY (as text) → the middle 95 % of draws of the price that is enough, NOK,
    where the chapter prints them: the base case at every value, a scenario at its own class's.
    """
    found = {BASE: {f"{value:g}": price_limits(cohort, value) for value in class_values()}}
    for outcome in runs.scenario_outcomes(cohort):
        choice = choice_of(outcome.scenario)
        if choice and outcome.severity and outcome.price_limits:
            value = f"{outcome.severity.reference_nok_per_qaly:g}"
            found.setdefault(choice, {}).setdefault(value, outcome.price_limits)
    return found


def answers(
    cohort: str,
    choice: str = BASE,
    moved: Mapping[str, float] | None = None,
    value: float | None = None,
) -> dict[str, str]:
    """The explorer's outputs as text, by name. ``choice``: of curves, as ``all_integrals`` names them;
    ``moved``: inputs off their base value; ``value``: NOK per QALY, None for that of the class.
    """
    moved = moved or {}
    inputs = {**base_values(model_inputs(cohort)), **moved}
    adoption, integrals = budget_inputs(cohort), all_integrals(cohort)[choice]

    def found(at: float) -> dict[str, Any]:
        return closed_form(integrals, inputs, adoption, at)

    shortfall = absolute_shortfall(remaining_qalys(cohort), found(0.0)["comparator_qalys"])
    number = severity_class(shortfall, load_population_table("severity-classes"))
    value = value or class_values()[number - 1]
    told = found(value)
    ratio = format_icer(Increment(told["cost"], told["qalys"]))
    if set(moved) <= {PRICE} and choice == BASE:
        ratio = noted_icer(ratio, *gain_limits(cohort))
    return {
        "qalys": numbers.number(told["qalys"], gain_decimals(told["qalys"])),
        "life_years": numbers.number(told["life_years"], 2),
        "cost": format_million_nok(told["cost"]),
        "icer": ratio,
        "benefit": format_million_nok(told["benefit"]),
        "price": price_in_words(told["price"], cohort, choice, moved, value),
        "shortfall": numbers.number(shortfall, 1),
        "class": str(number),
        "budget": numbers.number(told["budget"][-1] / MILLION, 1),
    }


def price_in_words(
    price: float, cohort: str, choice: str | None, moved: Mapping[str, float], value: float
) -> str:
    """A price that is enough, NOK, with its interval where the chapter prints that of the same setting;
    ``choice``: None for curves that the explorer on the site does not have.
    """
    printed = printed_limits(cohort).get(choice or "", {}) if set(moved) <= {PRICE} else {}
    limits = printed.get(f"{value:g}")
    return format_price(price, *limits) if limits else format_price_alone(price)


def gain_decimals(qalys: float) -> int:
    """Decimals of a gain in QALYs: a small one is not rounded away."""
    return 3 if abs(qalys) < SMALL_GAIN else 2
