"""The sheet of the general population: life table, norms of utility, remaining QALYs, classes, constants."""

from __future__ import annotations

from typing import Any

from assessment.case.model.costs.cost_row_checks import CONSTANTS
from assessment.evidence import load_population_table
from assessment.presentation.language import _
from assessment.workbook.engine.formula_columns import Column, FormulaTable
from assessment.workbook.sheets.course.sheet_plan import SheetPlan

FIRST_ROW = 4
CERTAIN = "1-1E-9"  # the last row of a life table is certain death; its rate is kept finite


def write_population(plan: SheetPlan) -> None:
    """Writes the tables and names their columns."""
    file, sheet = plan.file, plan.add("population", _("Population"))
    file.write(sheet, 0, 0, _("General population, and constants"), "title")
    file.write(
        sheet, 1, 0, _("Values as published; the columns Alive to QALYs are formulas."), "quiet"
    )
    life, norms, remaining, classes, schedule = (
        load_population_table(name)
        for name in (
            *("life-table", "hrqol-norms", "remaining-qalys"),
            *("severity-classes", "discount-schedule"),
        )
    )
    _named(
        plan,
        0,
        [
            Column("life_table_age", _("Age"), values=_list(life["age"]), look="whole"),
            Column(
                "life_table_death_probability",
                _("Probability of death within the year"),
                values=_list(life["death_probability"]),
                look="fine",
            ),
            Column(
                "population_alive",
                _("Alive at the start of the year"),
                "IF(ROW()={first},1,{population_alive^}*(1-{life_table_death_probability^}))".replace(
                    "{first}", str(FIRST_ROW + 1)
                ),
                look="fine",
            ),
            Column(
                "population_lived",
                _("Lived in the year"),
                "{population_alive}*(1-{life_table_death_probability}/2)",
                look="fine",
            ),
            Column(
                "population_qalys",
                _("QALYs in the year, by the norms"),
                "IF({life_table_age}<MIN(norm_age),0,"
                "{population_lived}*LOOKUP({life_table_age},norm_age,norm_utility))",
                look="fine",
            ),
        ],
        len(life),
    )
    _named(
        plan,
        6,
        [
            Column("norm_age", _("Norm from age"), values=_list(norms["age_from"]), look="whole"),
            Column("norm_utility", _("Utility"), values=_list(norms["utility"]), look="number"),
        ],
        len(norms),
    )
    _named(
        plan,
        9,
        [
            Column("remaining_age", _("Age"), values=_list(remaining["age"]), look="whole"),
            Column(
                "remaining_qalys",
                _("Remaining QALYs, published"),
                values=_list(remaining["remaining_qalys"]),
                look="number",
            ),
        ],
        len(remaining),
    )
    _named(
        plan,
        12,
        [
            Column(
                "class_number", _("Severity class"), values=_list(classes["class"]), look="whole"
            ),
            Column(
                "class_from",
                _("Absolute shortfall from, QALYs"),
                values=_list(classes["absolute_shortfall_from"]),
                look="number",
            ),
        ],
        len(classes),
    )
    _named(
        plan,
        15,
        [
            Column(
                "discount_from_year",
                _("Discount rate from year"),
                values=_list(schedule["year_from"]),
            )
        ],
        len(schedule),
    )
    file.head(sheet, FIRST_ROW - 1, [_("Constant"), _("Value")], 17)
    for row, (name, value) in enumerate(CONSTANTS.items(), FIRST_ROW):
        file.write(sheet, row, 17, name)
        file.write(sheet, row, 18, value, "number")
        file.define(name, sheet, row, 18)
    file.write(sheet, FIRST_ROW + len(CONSTANTS), 17, "end_of_life_table")
    file.define("end_of_life_table", sheet, FIRST_ROW + len(CONSTANTS), 18)
    file.formula(sheet, FIRST_ROW + len(CONSTANTS), 18, "MAX(life_table_age)+1", "whole")
    sheet.freeze_panes(FIRST_ROW, 0)


def _named(plan: SheetPlan, place: int, columns: list[Column], rows: int) -> None:
    table = FormulaTable(plan.file, plan.sheets["population"], columns, FIRST_ROW, rows, place)
    for column in columns:
        plan.file.define(
            column.key, table.sheet, FIRST_ROW, table.place[column.key], table.last_row
        )
    table.write()


def _list(values: Any) -> list[float]:
    return [float(v) for v in values]
