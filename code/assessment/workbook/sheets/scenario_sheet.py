"""The sheet of scenarios: which inputs each of them replaces, and with what."""

from __future__ import annotations

from assessment.presentation.language import _
from assessment.workbook.sheets.course.sheet_plan import SheetPlan

FIRST_ROW = 4
FIXED_COLUMNS = 3


def override_columns(plan: SheetPlan) -> dict[str, str]:
    """{name of an input: name of the cells that hold what scenarios put in its place}."""
    named = {name for scenario in plan.scenarios for name in scenario.cells}
    return {row.name: f"scenario_{row.name}" for row in plan.inputs if row.name in named}


def write_scenarios(plan: SheetPlan) -> None:
    """Writes the sheet: a row for each scenario, a column for each input that any of them replaces."""
    file = plan.file
    sheet = plan.sheets["scenarios"]
    file.write(sheet, 0, 0, _("Scenarios"), "title")
    note = _(
        "Choose one on Inputs. An empty cell leaves the input as it is; #N/A: the printed results do"
        " not allow the scenario for the cohort. Every result is then of that scenario."
    )
    file.write(sheet, 1, 0, note, "quiet")
    columns = override_columns(plan)
    last = FIRST_ROW + len(plan.scenarios) - 1
    file.head(sheet, FIRST_ROW - 1, [_("Number"), _("Scenario"), _("Kind"), *columns])
    for place, width in enumerate((8, 58, 22, *(14 for _name in columns))):
        sheet.set_column(place, place, width)
    for row, scenario in enumerate(plan.scenarios, FIRST_ROW):
        file.write(sheet, row, 0, row - FIRST_ROW + 1, "whole")
        file.write(sheet, row, 1, scenario.name)
        file.write(sheet, row, 2, scenario.group)
        for place, name in enumerate(columns, FIXED_COLUMNS):
            if name in scenario.cells:
                value = scenario.cells[name]
                if value is None:
                    file.formula(sheet, row, place, "NA()")
                else:
                    file.write(sheet, row, place, value)
    file.define("scenario_names", sheet, FIRST_ROW, 1, last)
    for place, name in enumerate(columns.values(), FIXED_COLUMNS):
        file.define(name, sheet, FIRST_ROW, place, last)
    sheet.freeze_panes(FIRST_ROW, 2)
