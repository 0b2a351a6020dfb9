"""Scenarios as the workbook has them: which cells each of them replaces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessment.case.model.costs.crossover_share import crossover_share
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.inputs.settings import CONTROL, Settings
from assessment.case.model.scenarios.scenario_runs import Scenario, scenarios
from assessment.evidence import load_population_table
from assessment.pages.economics.scenarios.scenario_words import GROUP_NAMES, scenario_name
from assessment.workbook.content.curve_sets import curve_changes, set_number, settings_of
from assessment.workbook.content.model_choices import CHOICES, YES_NO
from assessment.workbook.content.workbook_inputs import names_by_parameter

NOT_POSSIBLE = None  # a cell for which a scenario has no value: the sheet says so
ALWAYS_MONTHLY = "grid"  # a scenario of cycles changes nothing in a workbook that has nothing else


@dataclass(frozen=True)
class WorkbookScenario:
    """``cells``: {name of a cell: value, or NOT_POSSIBLE}. ``by_cohort``: the scenario of each cohort
    that has it.
    """

    id: str
    name: str
    group: str
    cells: Mapping[str, float | str | None]
    by_cohort: Mapping[str, Scenario]


def cohort_scenarios(cohort: str) -> tuple[Scenario, ...]:
    """The scenarios of a cohort that the workbook has."""
    return tuple(s for s in scenarios(cohort) if ALWAYS_MONTHLY not in s.settings)


def workbook_scenarios() -> tuple[WorkbookScenario, ...]:
    """Every scenario of any cohort, the base case first; names are unique."""
    by_id: dict[str, dict[str, Scenario]] = {}
    for cohort in COHORTS:
        for scenario in cohort_scenarios(cohort):
            by_id.setdefault(scenario.id, {})[cohort] = scenario
    made: list[WorkbookScenario] = []
    for name, of in by_id.items():
        first = next(iter(of.values()))
        words = scenario_name(first)
        if any(words == other.name for other in made):
            words = f"{words} ({name})"
        made.append(WorkbookScenario(name, words, GROUP_NAMES[first.group], _cells(of), of))
    return tuple(made)


def _cells(of: Mapping[str, Scenario]) -> dict[str, float | str | None]:
    cells: dict[str, float | str | None] = {}
    for cohort in COHORTS:
        names = names_by_parameter(cohort)
        if cohort not in of:
            cells[names["curve_set"]] = NOT_POSSIBLE
            continue
        cells |= {names[p]: value for p, value in replaced(cohort, of[cohort]).items()}
    return cells


def replaced(cohort: str, scenario: Scenario) -> dict[str, float | str | None]:
    """{parameter: the value that a scenario of the cohort puts in the place of the book's}."""
    return {
        **scenario.inputs,
        **_of_curves(cohort, scenario),
        **_of_settings(scenario.settings),
    }


def _of_curves(cohort: str, scenario: Scenario) -> dict[str, float | str | None]:
    changed = curve_changes(scenario)
    if not changed:
        return {}
    found: dict[str, float | str | None] = {"curve_set": set_number(cohort, scenario)}
    if "age_years" in changed:
        found["age"] = changed["age_years"]
    share = crossover_share(settings_of(cohort, changed, CONTROL))
    if share != crossover_share(Settings(cohort)):
        found["crossover_share"] = share
    return found


def _of_settings(settings: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for choice in CHOICES:
        if choice.setting in settings:
            value = settings[choice.setting]
            found[choice.setting] = YES_NO[value] if isinstance(value, bool) else value
    if "horizon_years" in settings:
        found["horizon_years"] = settings["horizon_years"]
    if "discounting" in settings:
        steps = len(load_population_table("discount-schedule"))
        found |= {f"discount_rate_{k}": settings["discounting"] for k in range(1, steps + 1)}
    return found
