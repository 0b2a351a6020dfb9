"""What all input cells of a workbook say, and what they mean to the budget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from assessment.case.model.analyses.adoption_budget import YEARS
from assessment.case.model.analyses.decision_facts import budget_facts
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.workbook.content.cohort_values import CohortValues
from assessment.workbook.content.python_answers import adoption_costs
from assessment.workbook.content.workbook_inputs import (
    cohort_values,
    input_rows,
    names_by_parameter,
)
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

    def of(self, cohort: str) -> CohortValues:
        """What a cohort's formulas read."""
        values, names = self.in_use(), names_by_parameter(cohort)
        return CohortValues(cohort, {p: values[names[p]] for p in cohort_values(cohort)})

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
            of_cohort = self.of(cohort)
            paid = of_cohort.costs_by_year() if costs is None else costs[cohort]
            if paid is None:
                return {}
            by_year |= {(cohort, strategy): cost for strategy, cost in paid.items()}
            displaced |= {(cohort, s): share for s, share in of_cohort.displaced.items()}
        uptake = np.array(
            [values[key] for key in budget_facts() if key.startswith("uptake_")], float
        )
        patients = {c: values["patients"] * share for c, share in shares.items()}
        net = adoption_costs(by_year, patients, uptake, displaced)
        return {f"budget_{year}": float(net[year - 1]) for year in range(1, YEARS + 1)}
