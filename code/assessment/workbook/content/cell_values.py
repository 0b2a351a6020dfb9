"""What the input cells of a workbook mean to the model: settings and inputs of each cohort, the budget."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from assessment.case.model.analyses.adoption_budget import YEARS
from assessment.case.model.analyses.decision_facts import budget_facts, reference_facts
from assessment.case.model.curves.thinned_draws import NoCurve
from assessment.case.model.inputs.model_inputs import COHORTS, model_inputs
from assessment.economics.time.discounting import Discounting
from assessment.evidence import load_population_table
from assessment.workbook.content.curve_sets import curve_sets, strategies
from assessment.workbook.content.model_choices import CHOICES, YES_NO, as_setting
from assessment.workbook.content.python_answers import adoption_costs, cost_by_year
from assessment.workbook.content.scenario_answers import all_answers
from assessment.workbook.content.workbook_inputs import input_rows, names_by_parameter
from assessment.workbook.content.workbook_scenarios import WorkbookScenario
from assessment.workbook.engine.cell_formulas import cell_name


@dataclass(frozen=True)
class CellValues:
    """``typed``: {name of an input: value in its cell} where it is not the book's; ``scenario``: the one
    chosen, None for the base case. A scenario's values take the place of those typed.
    """

    typed: Mapping[str, float | str] = field(default_factory=dict)
    scenario: WorkbookScenario | None = None

    def in_use(self) -> dict[str, float | str | None]:
        """{name: value in use}; None where the scenario is not possible for the cohort."""
        values: dict[str, float | str | None] = {row.name: row.value for row in input_rows()}
        return values | dict(self.typed) | dict(self.scenario.cells if self.scenario else {})

    def inputs(self, cohort: str) -> dict[str, float]:
        """Inputs of the model."""
        values, names = self.in_use(), names_by_parameter(cohort)
        return {p: float(values[names[p]]) for p in model_inputs(cohort)}  # type: ignore[arg-type]

    def settings(self, cohort: str) -> dict[str, Any] | None:
        """Settings that differ from the base case's; None where the scenario is not possible."""
        values, names = self.in_use(), names_by_parameter(cohort)
        number = values[names["curve_set"]]
        if number is None:
            return None
        changed: dict[str, Any] = dict(curve_sets(cohort)[int(number) - 1].changed)
        for choice in CHOICES:
            changed[choice.setting] = as_setting(choice.setting, str(values[choice.setting]))
        changed["horizon_years"] = float(values["horizon_years"])  # type: ignore[arg-type]
        schedule = load_population_table("discount-schedule")
        rates: Any = [values[f"discount_rate_{k}"] for k in range(1, len(schedule) + 1)]
        if rates != schedule["annual_rate"].tolist():
            changed["discounting"] = Discounting(schedule.assign(annual_rate=rates))
        return changed

    def answers(self, cohort: str, grid: str = "monthly") -> dict[str, float]:
        """Python's answers to what the workbook computes for a cohort; empty where it is not possible."""
        changed = self.settings(cohort)
        if changed is None:
            return {}
        values: dict[str, Any] = self.in_use()
        worth = {key: float(values[cell_name("reference", key)]) for key in reference_facts()}
        return all_answers(cohort, changed, self.inputs(cohort), grid, worth, self._traced(cohort))

    def _traced(self, cohort: str) -> Collection[str]:
        """The strategies that the curves in use hold: what the drug does must not hang on the other."""
        number: Any = self.in_use()[names_by_parameter(cohort)["curve_set"]]
        return () if number is None else curve_sets(cohort)[int(number) - 1].months.keys()

    def costs_by_year(self, cohort: str) -> dict[str, np.ndarray] | None:
        """What the health service pays per starter of each strategy, NOK by calendar year; nothing for a
        drug that displaces nobody. None where the cohort has no such scenario, or a drug that is
        displaced no curve in it.
        """
        changed, values = self.settings(cohort), self.in_use()
        if changed is None:
            return None
        left_out = ("horizon_years", "vat", "crossover_paid")
        kept = {k: v for k, v in changed.items() if k not in left_out}
        shares = self._displaced(cohort)
        made: dict[str, np.ndarray] = {}
        for strategy in strategies(cohort):
            if not shares.get(strategy, 1.0):
                made[strategy] = np.zeros(YEARS)
                continue
            if strategy not in self._traced(cohort):
                return None
            try:
                made[strategy] = cost_by_year(
                    cohort,
                    strategy,
                    kept,
                    self.inputs(cohort),
                    values["budget_vat"] == YES_NO[True],
                )
            except NoCurve:
                return None
        return made

    def _displaced(self, cohort: str) -> dict[str, float]:
        """Share of patients whom each drug but the control would otherwise be given to."""
        values: dict[str, Any] = self.in_use()
        others = strategies(cohort)[2:]
        return {s: float(values[cell_name("displaced", s, cohort)]) for s in others}

    def budget(
        self, costs: Mapping[str, dict[str, np.ndarray] | None] | None = None
    ) -> dict[str, float]:
        """Python's budget, {budget_1: NOK, …}; empty where ``costs_by_year`` has none of a cohort.

        ``costs``: {cohort: its ``costs_by_year``} where that is at hand.
        """
        values: dict[str, Any] = self.in_use()
        shares = {c: values[cell_name(f"share_{c}")] for c in COHORTS[:-1]}
        shares[COHORTS[-1]] = 1 - sum(shares.values())
        by_year: dict[tuple[str, str], np.ndarray] = {}
        displaced: dict[tuple[str, str], float] = {}
        for cohort in COHORTS:
            paid = self.costs_by_year(cohort) if costs is None else costs[cohort]
            if paid is None:
                return {}
            by_year |= {(cohort, strategy): cost for strategy, cost in paid.items()}
            displaced |= {(cohort, s): share for s, share in self._displaced(cohort).items()}
        uptake = np.array(
            [values[key] for key in budget_facts() if key.startswith("uptake_")], float
        )
        patients = {c: values["patients"] * share for c, share in shares.items()}
        net = adoption_costs(by_year, patients, uptake, displaced)
        return {f"budget_{year}": float(net[year - 1]) for year in range(1, YEARS + 1)}
