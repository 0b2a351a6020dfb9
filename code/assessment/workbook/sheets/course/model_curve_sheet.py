"""The sheet of the model's expected curves as values: one block for each strategy and curve, one column
for each different curve, and a table that says which column each set of curves uses.
"""

from __future__ import annotations

import numpy as np

from assessment.case.model.scenarios.scenario_runs import scenarios
from assessment.pages.economics.scenarios.scenario_words import scenario_name
from assessment.presentation.language import _
from assessment.workbook.content.curve_sets import curve_changes, curve_sets, strategies
from assessment.workbook.engine.formula_columns import Column, FormulaTable
from assessment.workbook.sheets.course.sheet_plan import SheetPlan, sheet_title, strategy_label

FIRST_ROW = 10  # the same in every sheet that has a row for each month
DIGITS = 13  # of shares: far finer than any check
STATES = ("free", "alive")


def set_names(cohort: str) -> list[str]:
    """Each set of curves in the words of the first scenario that uses it."""
    names = []
    for one in curve_sets(cohort):
        using = next(s for s in scenarios(cohort) if curve_changes(s) == one.changed)
        names.append(scenario_name(using))
    return names


def write_model_curves(plan: SheetPlan, cohort: str) -> None:
    """Writes the sheet; ``plan.tables["model", cohort, strategy, state]`` are the blocks."""
    file, sets = plan.file, curve_sets(cohort)
    sheet = plan.add(
        f"model curves {cohort}", sheet_title("model curves", cohort, plan.labels), (7, 44)
    )
    file.write(sheet, 0, 0, _("The model's expected curves, month by month: values"), "title")
    note = _(
        "Means over all draws of the calibrated curves, mortality floor and cap at survival included."
        " The left table says which column of each block a set of curves uses."
    )
    file.write(sheet, 1, 0, note, "quiet")
    file.head(sheet, FIRST_ROW - 1, [_("Set"), _("Curves")])
    for row, name in enumerate(set_names(cohort), FIRST_ROW):
        file.write(sheet, row, 0, row - FIRST_ROW + 1, "whole")
        file.write(sheet, row, 1, name)
    blocks = [(s, state) for s in strategies(cohort) for state in STATES]
    place = 2 + len(blocks) + 1
    for map_column, (strategy, state) in enumerate(blocks, 2):
        words = {"free": _("{strategy}, without progression"), "alive": _("{strategy}, alive")}
        title = words[state].format(strategy=strategy_label(strategy))
        file.head(sheet, FIRST_ROW - 1, [title], map_column)
        curves: list[np.ndarray] = []
        for row, one in enumerate(sets, FIRST_ROW):
            if strategy not in one.months:
                file.formula(sheet, row, map_column, "NA()")
                continue
            curve = np.round(one.months[strategy][STATES.index(state)], DIGITS)
            at = next((k for k, other in enumerate(curves) if np.array_equal(other, curve)), None)
            if at is None:
                at = len(curves)
                curves.append(curve)
            file.write(sheet, row, map_column, at + 1, "whole")
        file.define(
            f"column_{state}_{strategy}_{cohort}",
            sheet,
            FIRST_ROW,
            map_column,
            FIRST_ROW + len(sets) - 1,
        )
        columns = [
            Column(
                f"{state}_{strategy}_{k}",
                f"{title} {k + 1}",
                values=curve.tolist(),
                look="fine",
                width=9,
            )
            for k, curve in enumerate(curves)
        ]
        table = FormulaTable(file, sheet, columns, FIRST_ROW, plan.months[cohort] + 1, place)
        plan.tables["model", cohort, strategy, state] = table.write()
        place += len(columns) + 1
    sheet.freeze_panes(FIRST_ROW, 2)
