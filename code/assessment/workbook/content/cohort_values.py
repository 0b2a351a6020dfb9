"""What the input cells that a cohort's formulas read mean to the model. It reads nothing of other cohorts,
so that what is kept of one stays when another's facts change.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from assessment.case.model.analyses.adoption_budget import YEARS
from assessment.case.model.analyses.decision_facts import reference_facts
from assessment.case.model.curves.thinned_draws import NoCurve
from assessment.case.model.inputs.model_inputs import model_inputs
from assessment.case.model.scenarios.scenario_runs import Scenario
from assessment.economics.time.discounting import Discounting
from assessment.evidence import load_population_table
from assessment.workbook.content.curve_sets import curve_sets, strategies
from assessment.workbook.content.model_choices import CHOICES, YES_NO, as_setting
from assessment.workbook.content.python_answers import cost_by_year
from assessment.workbook.content.scenario_answers import all_answers
from assessment.workbook.content.workbook_inputs import cohort_values
from assessment.workbook.content.workbook_scenarios import replaced


@dataclass(frozen=True)
class CohortValues:
    """``in_use``: {parameter: value in use}; None for ``curve_set`` where the scenario chosen is not
    possible for the cohort.
    """

    cohort: str
    in_use: Mapping[str, float | str | None]

    @classmethod
    def of_book(cls, cohort: str, scenario: Scenario | None = None) -> CohortValues:
        """The book's values, under a scenario of the cohort or in the base case."""
        changed = {} if scenario is None else replaced(cohort, scenario)
        return cls(cohort, cohort_values(cohort) | changed)

    @property
    def inputs(self) -> dict[str, float]:
        """Inputs of the model."""
        values: Mapping[str, Any] = self.in_use
        return {name: float(values[name]) for name in model_inputs(self.cohort)}

    @property
    def settings(self) -> dict[str, Any] | None:
        """Settings that differ from the base case's; None where the scenario is not possible."""
        values: Mapping[str, Any] = self.in_use
        number = values["curve_set"]
        if number is None:
            return None
        changed: dict[str, Any] = dict(curve_sets(self.cohort)[int(number) - 1].changed)
        for choice in CHOICES:
            changed[choice.setting] = as_setting(choice.setting, str(values[choice.setting]))
        changed["horizon_years"] = float(values["horizon_years"])
        schedule = load_population_table("discount-schedule")
        rates = [values[f"discount_rate_{k}"] for k in range(1, len(schedule) + 1)]
        if rates != schedule["annual_rate"].tolist():
            changed["discounting"] = Discounting(schedule.assign(annual_rate=rates))
        return changed

    @property
    def displaced(self) -> dict[str, float]:
        """Share of patients whom each drug but the control would otherwise be given to."""
        values: Mapping[str, Any] = self.in_use
        return {s: float(values[f"displaced_{s}"]) for s in strategies(self.cohort)[2:]}

    def answers(self, grid: str = "monthly") -> dict[str, float]:
        """Python's answers to what the workbook computes; empty where it is not possible."""
        values: Mapping[str, Any] = self.in_use
        changed = self.settings
        if changed is None:
            return {}
        worth = {key: float(values[f"reference_{key}"]) for key in reference_facts()}
        return all_answers(self.cohort, changed, self.inputs, grid, worth, self._traced)

    @property
    def _traced(self) -> Collection[str]:
        """The strategies that the curves in use hold: what the drug does must not hang on the other."""
        number: Any = self.in_use["curve_set"]
        return () if number is None else curve_sets(self.cohort)[int(number) - 1].months.keys()

    def costs_by_year(self) -> dict[str, np.ndarray] | None:
        """What the health service pays per starter of each strategy, NOK by calendar year; nothing for a
        drug that displaces nobody. None where the scenario is not possible, or a drug that is displaced
        has no curve in it.
        """
        changed = self.settings
        if changed is None:
            return None
        left_out = ("horizon_years", "vat", "crossover_paid")
        kept = {k: v for k, v in changed.items() if k not in left_out}
        taxed = self.in_use["budget_vat"] == YES_NO[True]
        shares = self.displaced
        made: dict[str, np.ndarray] = {}
        for strategy in strategies(self.cohort):
            if not shares.get(strategy, 1.0):
                made[strategy] = np.zeros(YEARS)
                continue
            if strategy not in self._traced:
                return None
            try:
                made[strategy] = cost_by_year(self.cohort, strategy, kept, self.inputs, taxed)
            except NoCurve:
                return None
        return made
