"""The sheet of curves in use: the model's, or parametric ones in their place, month by month."""

from __future__ import annotations

from assessment.case.model.inputs.settings import role_of
from assessment.presentation.language import _
from assessment.workbook.content.curve_parameters import (
    ARMS,
    ENDPOINTS,
    MODEL,
    PARAMETERS,
    hazard_formula,
    parameter_name,
)
from assessment.workbook.content.curve_sets import strategies
from assessment.workbook.engine.cell_formulas import cell_name, quoted
from assessment.workbook.engine.formula_columns import Column, FormulaTable
from assessment.workbook.sheets.course.model_curve_sheet import FIRST_ROW, STATES
from assessment.workbook.sheets.course.population_sheet import CERTAIN
from assessment.workbook.sheets.course.sheet_plan import SheetPlan, sheet_title, strategy_label

COLUMN_ROW = (
    FIRST_ROW - 2
)  # of the sheet, as readers count: which column of the model's curves is used
STATE_OF = dict(zip(ENDPOINTS, STATES))


def write_curves(plan: SheetPlan, cohort: str) -> None:
    """Writes the sheet; ``plan.tables["curves", cohort]`` has columns ``pfs_<strategy>`` and so on."""
    file = plan.file
    sheet = plan.add(f"curves {cohort}", sheet_title("curves", cohort, plan.labels))
    file.write(
        sheet, 0, 0, _("Curves in use, {cohort}").format(cohort=plan.labels[cohort]), "title"
    )
    note = _(
        "The model's curves, or a parametric family chosen on Inputs, never below the general"
        " population's risk of death. Other drugs keep the model's curves."
    )
    file.write(sheet, 1, 0, note, "quiet")
    file.write(sheet, COLUMN_ROW - 1, 0, _("Column of the model's curves in use"), "quiet")
    rows = plan.months[cohort] + 1
    columns = [
        Column("cycle", _("Cycle (month)"), values=[float(k) for k in range(rows)], look="whole"),
        Column("years", _("Years from start"), "{cycle}/12"),
        Column(
            "floor",
            _("Hazard of death in the month, general population"),
            f"IF({{cycle}}=0,0,-LN(1-MIN(INDEX(life_table_death_probability,"
            f"MIN(INT({cell_name('age', cohort)}+({{cycle}}-0.5)/12)-MIN(life_table_age)+1,"
            f"ROWS(life_table_age))),{CERTAIN}))/12)",
            look="fine",
        ),
    ]
    for strategy in strategies(cohort):
        for endpoint in ENDPOINTS:
            columns += _columns(plan, cohort, strategy, endpoint)
    table = FormulaTable(file, sheet, columns, FIRST_ROW, rows)
    for strategy in strategies(cohort):
        for endpoint, state in STATE_OF.items():
            place = table.place[f"model_{endpoint}_{strategy}"]
            column = f"INDEX(column_{state}_{strategy}_{cohort},{cell_name('curve_set', cohort)})"
            file.formula(sheet, COLUMN_ROW - 1, place, column, "whole")
    plan.tables["curves", cohort] = table.write()
    sheet.freeze_panes(FIRST_ROW, 2)


def _columns(plan: SheetPlan, cohort: str, strategy: str, endpoint: str) -> list[Column]:
    who, what = strategy_label(strategy), endpoint.upper()
    model = plan.tables["model", cohort, strategy, STATE_OF[endpoint]]
    first, last = model.columns[0].key, model.columns[-1].key
    values = f"{model.cell(first)}:${model.letter(last)}\x00"
    key = f"{endpoint}_{strategy}"
    found = [
        Column(
            f"model_{key}",
            _("{curve} of the model, {strategy}").format(curve=what, strategy=who),
            f"INDEX({values},1,{{#{COLUMN_ROW}}})",
            look="fine",
        )
    ]
    if strategy not in ARMS:
        return [*found, Column(key, f"{what}, {who}", f"{{model_{key}}}", look="fine")]
    choice = cell_name(f"{endpoint}_curve", cohort)

    def named(family):
        return lambda parameter: cell_name(
            parameter_name(endpoint, family, parameter, role_of(strategy)), cohort
        )

    parametric = "0"
    for family in reversed(PARAMETERS):
        hazard = hazard_formula(family, "{cycle}", named(family))
        parametric = f"IF({choice}={quoted(family)},{hazard},{parametric})"
    return [
        *found,
        Column(
            f"hazard_{key}",
            _("Parametric cumulative hazard of {curve}, {strategy}").format(
                curve=what, strategy=who
            ),
            f"IF({{cycle}}=0,0,{parametric})",
            look="fine",
        ),
        Column(
            f"raised_{key}",
            _("The same, not below the population's"),
            f"IF({{cycle}}=0,0,{{raised_{key}^}}+MAX({{hazard_{key}}}-{{hazard_{key}^}},{{floor}}))",
            look="fine",
        ),
        Column(
            key,
            _("{curve} in use, {strategy}").format(curve=what, strategy=who),
            f"IF({choice}={quoted(MODEL)},{{model_{key}}},EXP(-{{raised_{key}}}))",
            look="fine",
        ),
    ]
