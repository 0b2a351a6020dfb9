"""Headline results in words: those a reader would quote as the page that prints them calls them, the
others from the parts of their names.
"""

from __future__ import annotations

import re

from assessment.case.definition import load_case
from assessment.case.model.inputs.unknown_inputs import unknown_inputs
from assessment.case.model.scenarios.scenario_runs import scenarios
from assessment.pages.economics.scenarios.scenario_words import SCENARIO_NAMES, scenario_name
from assessment.pages.economics.severity.severity_cases import CASE_NAMES
from assessment.pages.headline.headline_file import QUOTED, WORDS
from assessment.presentation import numbers

OUTCOMES = {
    "life_years_gained": "life years gained",
    "qalys_gained": "QALYs gained",
    "class": "severity class",
    "shortfall": "absolute shortfall",
    "cost_added": "added cost",
    "icer": "cost per QALY",
    "price": "price of a pack that is enough",
    "worth_it": "worth it at the price of the run",
}
PARTS = OUTCOMES | {
    "base_case": "base case",
    "pfs": "progression-free survival",
    "os": "survival",
    "life_year": "per life year",
    "qalys": "QALYs",
    "treated": "treated arm",
    "low": "lower limit",
    "high": "upper limit",
    "class_value": "at the value of the class",
    "opportunity_cost": "at the stated opportunity cost",
    "where_decision_turns": "where the decision turns",
    "probability_worth_it": "share of draws in which it is worth the price",
    "probability_of_loss": "share of draws in which QALYs are lost",
    "envelope_low": "reckoned without a model, lower end",
    "envelope_high": "reckoned without a model, upper end",
    "evpi": "worth of perfect information",
    "information": "worth of information",
    "rmst_gain_24_months": "gain in restricted mean time",
    "price": "price of a pack",
    "budget": "added expenditure",
    "indirect": "indirect comparison",
    "unlike_judges": "judges unlike",
}
# Units that say nothing to a reader.
SILENT_UNITS = ("verdict", "class", "words", "hazard_ratio", "ratio", "share")
VALUES = {"none": WORDS["none"]}


def scenario_names() -> dict[str, str]:
    """{scenario: its name}; those that the model cannot name now, by the words kept for them."""
    names = dict(SCENARIO_NAMES)
    if not unknown_inputs():
        for cohort in load_case().cohort_ids():
            names |= {one.id: scenario_name(one) for one in scenarios(cohort)}
    return names


def described(result: str, scenario_words: dict[str, str] | None = None) -> str:
    """A headline result in words: 'Cost per QALY', 'Free drug: added cost'."""
    if result in QUOTED:
        return QUOTED[result]
    first, _dot, rest = result.partition(".")
    if first == "scenario":
        scenario, _dot, outcome = rest.rpartition(".")
        name = (scenario_words or SCENARIO_NAMES).get(scenario, _spaced(scenario))
        return f"Scenario “{name}”: {OUTCOMES.get(outcome, _spaced(outcome))}"
    if result.startswith("severity.case."):
        case, _dot, outcome = result.removeprefix("severity.case.").rpartition(".")
        name = CASE_NAMES.get(case, _spaced(case))
        return f"Severity, case “{name}”: {OUTCOMES.get(outcome, _spaced(outcome))}"
    words = ", ".join(PARTS.get(part) or _spaced(part) for part in result.split("."))
    if first == "price":  # of a pack, at the value of a severity class
        words = words.replace(", class ", ", at the value of class ")
    return words[:1].upper() + words[1:]


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def whose(cohort: str, analysis_set: str) -> str:
    """The cohort and the analysis set in a reader's words; the set of the base case goes unsaid."""
    case = load_case()
    cohorts = case.cohort_labels() | {one.id: one.label for one in case.subgroups}
    parts = [cohorts.get(cohort, cohort)] if cohort else ["all patients"]
    if analysis_set and analysis_set != case.base_set.id:
        parts.append(case.set_labels().get(analysis_set, analysis_set))
    return ", ".join(parts)


def valued(text: str | None, unit: str = "") -> str:
    """A value of the file with marks and unit: '4070000' → '4 070 000 NOK'."""
    if text is None:
        return "–"
    try:
        value = float(text)
    except ValueError:
        return VALUES.get(text, text)
    shown = text if text.isdigit() and len(text) < 4 else _marked(value, text)
    unit_words = "" if unit in SILENT_UNITS else unit
    return f"{shown}\u00a0{unit_words}" if unit_words else shown


def _marked(value: float, text: str) -> str:
    return numbers.number(value, len(text.partition(".")[2]))


def unit_beside(unit: str, name: str) -> str:
    """The unit, where neither the name of the result says it nor it would tell nothing."""
    said = re.search(rf"\b{re.escape(unit.split(' ')[0])}\b", name)
    return "" if unit in SILENT_UNITS or said else unit
