"""The sheet of inputs: what a reader may change, the value in use under the scenario, and whether it is
allowed.
"""

from __future__ import annotations

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.presentation.language import _
from assessment.workbook.content.input_row import BOTH, InputRow
from assessment.workbook.engine.cell_formulas import cell_name, number_text, quoted
from assessment.workbook.sheets.course.sheet_plan import MONTHS, SheetPlan
from assessment.workbook.sheets.scenario_sheet import override_columns

SCENARIO_ROW, FIRST_ROW = 3, 6  # counted from 0
VALUE = 3  # column of the input cells
TITLES = (
    _("Input"),
    _("Holds for"),
    _("Name of the value in use"),
    _("Value"),
    _("Unit"),
    _("Value in use"),
    _("Check"),
    _("Value of the book"),
    _("Changed"),
    _("Low"),
    _("High"),
    _("What low and high are"),
    _("Distribution"),
    _("Source"),
    _("Status"),
    _("Allowed"),
    _("Used in"),
)
WIDTHS = (50, 9, 34, 14, 16, 14, 22, 14, 9, 12, 12, 12, 12, 44, 12, 26, 40)


def write_inputs(plan: SheetPlan) -> None:
    """Writes the sheet, last of all, since it says where each input is used."""
    file, sheet = plan.file, plan.sheets["inputs"]
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    file.write(sheet, 0, 0, _("Inputs"), "title")
    note = _(
        "Yellow cells may be changed. A value that is not allowed is refused; where one is pasted in,"
        " the column Check says so and every result that needs it becomes #N/A."
    )
    file.write(sheet, 1, 0, note, "quiet")
    file.write(sheet, SCENARIO_ROW, 0, _("Scenario: choose from the list"))
    names = [s.name for s in plan.scenarios]
    sheet.write_string(SCENARIO_ROW, VALUE, names[0], file.formats["input"])
    file.define("scenario_chosen", sheet, SCENARIO_ROW, VALUE)
    sheet.data_validation(
        SCENARIO_ROW,
        VALUE,
        SCENARIO_ROW,
        VALUE,
        {
            "validate": "list",
            "source": "=scenario_names",
            "error_title": _("Not a scenario"),
            "error_message": _("Choose one from the list."),
        },
    )
    number = "MATCH(scenario_chosen,scenario_names,0)"
    file.formula(sheet, SCENARIO_ROW, VALUE + 2, number, "whole", 1)
    file.define("scenario_number", sheet, SCENARIO_ROW, VALUE + 2)
    file.head(sheet, FIRST_ROW - 1, list(TITLES))
    overridden = override_columns(plan)
    last = FIRST_ROW + len(plan.inputs) - 1
    _below(plan, last + 2, last)  # first, so that rows can say that it reads them
    for row, given in enumerate(plan.inputs, FIRST_ROW):
        _row(plan, row, given, overridden.get(given.name))
    sheet.autofilter(FIRST_ROW - 1, 0, last, len(TITLES) - 1)
    faulty = {"type": "cell", "criteria": "!=", "value": '""', "format": file.formats["bad"]}
    sheet.conditional_format(FIRST_ROW, 6, last, 6, faulty)
    sheet.freeze_panes(FIRST_ROW, 1)


def _row(plan: SheetPlan, row: int, given: InputRow, override: str | None) -> None:
    file, sheet = plan.file, plan.sheets["inputs"]
    cohort = _("all") if given.cohort == BOTH else plan.labels[given.cohort]
    for place, text in ((0, given.label), (1, cohort), (2, given.name), (4, given.unit)):
        file.write(sheet, row, place, text)
    file.write(sheet, row, VALUE, given.value, "general" if given.fixed else "input")
    cell, check = f"$D{row + 1}", f"$G{row + 1}"
    in_use = f'IF(INDEX({override},scenario_number)="",{cell},INDEX({override},scenario_number))'
    in_use = in_use if override else cell
    file.formula(sheet, row, 5, f'IF({check}<>"",NA(),{in_use})', known=given.value)
    file.define(given.name, sheet, row, 5)
    file.formula(sheet, row, 6, f'IF({_allowed(given, cell)},"",{quoted(_("not allowed"))})')
    file.write(sheet, row, 7, given.value)
    file.formula(sheet, row, 8, f"IF({cell}=$H{row + 1},0,1)", "whole", 0)
    for place, number in ((9, given.low), (10, given.high)):
        file.write(sheet, row, place, number)
    told = (given.interval, given.distribution, given.source, given.status, given.allowed)
    for place, text in enumerate(told, 11):
        file.write(sheet, row, place, text)
    used = sorted(plan.file.read_by.get(given.name, ()))
    file.write(sheet, row, 16, ", ".join(used))
    if not given.fixed:
        sheet.data_validation(row, VALUE, row, VALUE, _validation(given))


def _allowed(given: InputRow, cell: str) -> str:
    """Whether a cell holds what is allowed, as a formula."""
    if given.options:
        return f"OR({','.join(f'{cell}={quoted(o)}' for o in given.options)})"
    parts = [f"{cell}>={number_text(given.least)}"]
    if given.above_zero:
        parts.append(f"{cell}>0")
    if given.most < float("inf"):
        parts.append(f"{cell}<={number_text(given.most)}")
    if given.whole:
        parts.append(f"{cell}=INT({cell})")
    return f"IF(ISNUMBER({cell}),AND({','.join(parts)}),FALSE)"


def _validation(given: InputRow) -> dict:
    said = {
        "error_title": _("Not allowed"),
        "error_message": _("Allowed: {allowed}.").format(allowed=given.allowed),
        "ignore_blank": False,
    }
    if given.options:
        return {"validate": "list", "source": list(given.options), **said}
    least = 1e-12 if given.above_zero else given.least
    kind = "integer" if given.whole else "decimal"
    if given.most < float("inf"):
        return {
            "validate": kind,
            "criteria": "between",
            "minimum": least,
            "maximum": given.most,
            **said,
        }
    return {"validate": kind, "criteria": ">=", "value": least, **said}


def _below(plan: SheetPlan, row: int, last: int) -> None:
    """What follows from the inputs for all sheets."""
    file, sheet = plan.file, plan.sheets["inputs"]
    lines = {
        "inputs_not_allowed": (
            _("Inputs that are not allowed"),
            f'SUMPRODUCT(--(G{FIRST_ROW + 1}:G{last + 1}<>""))',
        ),
        "inputs_changed": (
            _("Inputs that differ from the book"),
            f"SUM(I{FIRST_ROW + 1}:I{last + 1})",
        ),
    }
    for cohort in COHORTS:
        months = cell_name("lifetime_months", cohort)
        words = plan.labels[cohort]
        lines[months] = (
            _("Months to the end of the life table, {cohort}").format(cohort=words),
            f"ROUND((end_of_life_table-{cell_name('age', cohort)})*{MONTHS},0)",
        )
        lines[cell_name("last_month", cohort)] = (
            _("Months modelled, {cohort}").format(cohort=words),
            f"MIN({months},horizon_years*{MONTHS})",
        )
    for at, (name, (words, formula)) in enumerate(lines.items(), row):
        file.write(sheet, at, 0, words)
        file.write(sheet, at, 2, name)
        file.formula(sheet, at, 5, formula, "whole", 0 if name.startswith("inputs_") else None)
        file.define(name, sheet, at, 5)
