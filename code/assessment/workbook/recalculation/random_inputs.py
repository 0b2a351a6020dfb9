"""Random sets of inputs as a reader may type them, and what the workbook and Python make of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.workbook.content.cell_values import CellValues
from assessment.workbook.content.input_row import InputRow
from assessment.workbook.content.kept_answers import scenario_answers
from assessment.workbook.content.workbook_inputs import input_rows
from assessment.workbook.content.workbook_scenarios import workbook_scenarios
from assessment.workbook.recalculation.libre_office import sheet_rows
from assessment.workbook.recalculation.typing_session import typed_sets
from assessment.workbook.sheets.check_sheet import FIRST_ROW as CHECKS_ROW
from assessment.workbook.sheets.input_sheet import FIRST_ROW, SCENARIO_ROW

CHECKS, CHECKS_NUMBER = "Checks", 8  # the sheet and its place
NAME, VALUE = 1, 2  # its columns
LAST_ROW = 1000  # beyond the last of its rows
# the model reads these from facts, so Python cannot be given another
READ_FROM_FACTS = ("vat_rate", "crossover_share", "curve_set", "age")
SPREAD = 0.4  # either way of the book's value


def random_values(seed: int) -> CellValues:
    """A scenario and every input, each within what is allowed."""
    rng = np.random.default_rng(seed)
    listed = workbook_scenarios()
    scenario = listed[int(rng.integers(len(listed)))]
    typed: dict[str, float | str] = {}
    for row in input_rows():
        if row.kind == "curve" or row.parameter in READ_FROM_FACTS:
            continue
        typed[row.name] = _drawn(row, rng)
    return CellValues(typed, scenario)


def _drawn(row: InputRow, rng: np.random.Generator) -> float | str:
    if row.options:
        return str(rng.choice(row.options))
    if row.whole:
        return float(rng.integers(2, 60))
    value = float(row.value) * float(rng.uniform(1 - SPREAD, 1 + SPREAD))
    if row.parameter.startswith("displaced"):
        value = float(rng.uniform(0, 0.5))
    return float(np.clip(value, row.least, row.most))


def cells_of(values: CellValues) -> dict[str, float | str | None]:
    """{cell of the sheet of inputs: what a reader types there} for the values and the scenario chosen."""
    place = {row.name: f"D{FIRST_ROW + 1 + k}" for k, row in enumerate(input_rows())}
    cells: dict[str, float | str | None] = {place[n]: v for n, v in values.typed.items()}
    if values.scenario:
        cells[f"D{SCENARIO_ROW + 1}"] = values.scenario.name
    return cells


def shown_when_typed(
    workbook: Path, folder: Path, sets: Sequence[Mapping[str, float | str | None]]
) -> list[dict[str, float | str]]:
    """``shown`` after each set of cells is typed into the sheet of inputs of the workbook as it is."""
    read = (CHECKS, f"B{CHECKS_ROW + 1}:C{LAST_ROW}")
    return [_named_numbers(rows) for rows in typed_sets(workbook, folder, "Inputs", sets, read)]


def shown(files: list[Path], folder: Path) -> list[dict[str, float | str]]:
    """{name: number, or what stands there instead} on the sheet of checks after recomputing."""
    return [
        _named_numbers([row[NAME : VALUE + 1] for row in rows[CHECKS_ROW:]])
        for rows in sheet_rows(files, folder, CHECKS, CHECKS_NUMBER)
    ]


def _named_numbers(rows: list[list[str]]) -> dict[str, float | str]:
    return {row[0]: _number(row[1]) for row in rows if len(row) > 1 and row[0]}


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def expected(values: CellValues) -> dict[str, float]:
    """Python's number by name of the cell, in monthly cycles; where Python has none the name is left out."""
    return _named({cohort: values.of(cohort).answers() for cohort in COHORTS}, values.budget())


def expected_by_scenario() -> dict[str, dict[str, float]]:
    """``expected`` under each scenario of the workbook, from the model's kept runs."""
    kept = scenario_answers()
    return {
        name: _named({cohort: kept[cohort][name] for cohort in COHORTS}, budget)
        for name, budget in kept[""].items()
    }


def _named(
    answers: Mapping[str, Mapping[str, float]], budget: Mapping[str, float]
) -> dict[str, float]:
    """{name of the cell: number} of cohorts' answers and of the budget."""
    found = {
        f"{key}_{cohort}": number for cohort in COHORTS for key, number in answers[cohort].items()
    }
    return found | {
        key.replace("budget_", "budget_year_"): number for key, number in budget.items()
    }


def differences(sheet: dict[str, float | str], python: dict[str, float]) -> dict[str, float]:
    """Relative difference by name of what the sheet checks and Python has; infinite where the sheet has no
    number.
    """
    found = {}
    for name, here in sheet.items():
        if name in python:
            number = python[name]
            numeric = isinstance(here, float)
            apart = abs(float(here) - number) / max(abs(number), 1e-9) if numeric else float("inf")
            found[name] = apart
    return found
