"""The sheet of checks: states that add up, and Python's number beside the sheet's, for every scenario.

Results are stored with Python's numbers (see ``first_values``), and a program that trusts stored numbers,
as LibreOffice does at first, would compare these with themselves. So one cell says whether the program
has computed; no check is right before that, and what a check finds is never stored.
"""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.presentation.language import _
from assessment.workbook.content.curve_sets import strategies
from assessment.workbook.content.kept_answers import continuous_answers, scenario_answers
from assessment.workbook.engine.cell_formulas import cell_name, quoted
from assessment.workbook.sheets.course.sheet_plan import SheetPlan

LIMIT = "1E-6"
COMPUTED_ROW, FIRST_ROW, ANSWERS_AT = 9, 12, 8
TITLES = (
    _("Result"),
    _("Name"),
    _("This sheet"),
    _("Python, monthly cycles"),
    _("Relative difference"),
    _("Check"),
    _("Continuous time, base case"),
    _("Monthly less continuous, relative"),
)


def write_checks(plan: SheetPlan) -> None:
    """Writes the sheet; Python's numbers stand at the right, a column for each scenario."""
    file, sheet = plan.file, plan.sheets["checks"]
    for place, width in enumerate((74, 40, 18, 18, 14, 26, 18, 18)):
        sheet.set_column(place, place, width)
    file.write(sheet, 0, 0, _("Checks"), "title")
    note = _(
        "Python's numbers are values and hold for the inputs of the book: with others there is"
        " nothing to compare with."
    )
    file.write(sheet, 1, 0, note, "quiet")
    bad = file.formats["bad"]
    for row, (words, formula) in enumerate(_sums(plan), 3):
        file.write(sheet, row, 0, words)
        file.formula(sheet, row, 2, formula, "difference")
        file.formula(
            sheet,
            row,
            5,
            f'IF(ISNUMBER(C{row + 1}),IF(C{row + 1}<=1E-9,"{_("right")}","{_("wrong")}"),'
            f'"{_("not available")}")',
        )
    file.head(sheet, FIRST_ROW - 1, list(TITLES))
    _computed(plan)
    answers = scenario_answers()
    base_id = plan.scenarios[0].id
    continuous = {cohort: continuous_answers(cohort) for cohort in COHORTS}
    file.head(sheet, FIRST_ROW - 1, [s.name for s in plan.scenarios], ANSWERS_AT)
    for row, one in enumerate(plan.checked, FIRST_ROW):
        file.write(sheet, row, 0, one.label)
        file.write(sheet, row, 1, one.name)
        file.formula(sheet, row, 2, one.name)
        cohort, key = one.key
        for place, scenario in enumerate(plan.scenarios, ANSWERS_AT):
            number = answers[cohort][scenario.id].get(key)
            if number is not None:
                sheet.write_number(row, place, number, file.formats["general"])
        line = row + 1
        if (exact := continuous.get(cohort, {}).get(key)) is not None:
            sheet.write_number(row, 6, exact, file.formats["general"])
        base, here = f"{_letter(ANSWERS_AT)}{line}", answers[cohort][base_id].get(key)
        file.formula(
            sheet,
            row,
            7,
            f'IF(AND(ISNUMBER(G{line}),ISNUMBER({base})),IF(G{line}=0,"",{base}/G{line}-1),"")',
            "difference",
            here / exact - 1 if here is not None and exact else None,
        )
        last = ANSWERS_AT + len(plan.scenarios) - 1
        cells = f"{_letter(ANSWERS_AT)}{line}:{_letter(last)}{line}"
        python = f"INDEX({cells},1,scenario_number)"
        file.formula(sheet, row, 3, f'IF({python}="","",{python})', known=here)
        file.formula(
            sheet,
            row,
            4,
            f'IF(AND(ISNUMBER(C{line}),ISNUMBER(D{line})),ABS(C{line}-D{line})/MAX(ABS(D{line}),1E-9),"")',
            "difference",
        )
        file.formula(
            sheet,
            row,
            5,
            f'IF(computed_here<>1,"{_("not computed yet")}",'
            f'IF(inputs_changed>0,"{_("inputs differ from the book")}",IF(D{line}="","{_("not available")}",'
            f'IF(ISNUMBER(E{line}),IF(E{line}<={LIMIT},"{_("right")}","{_("wrong")}"),"{_("wrong")}"))))',
        )
    end = FIRST_ROW + len(plan.checked)
    for first, last in ((3, FIRST_ROW - 3), (FIRST_ROW, end - 1)):
        sheet.conditional_format(
            first,
            5,
            last,
            5,
            {"type": "cell", "criteria": "==", "value": f'"{_("wrong")}"', "format": bad},
        )
    file.write(sheet, FIRST_ROW - 2, 0, _("Checks that are wrong"), "strong")
    wrong = f'COUNTIF(F4:F{end},"{_("wrong")}")'
    told = f'IF(computed_here=1,{wrong},"{_("not computed yet")}")'
    file.formula(sheet, FIRST_ROW - 2, 2, told, "whole", _("not computed yet"))
    file.define("checks_wrong", sheet, FIRST_ROW - 2, 2)
    sheet.freeze_panes(FIRST_ROW, 1)


def _computed(plan: SheetPlan) -> None:
    """The cell that says whether the program has computed what it shows: 0 is stored, the formula gives 1."""
    file, sheet = plan.file, plan.sheets["checks"]
    file.write(sheet, COMPUTED_ROW, 0, _("Everything computed by this program"), "strong")
    file.formula(sheet, COMPUTED_ROW, 2, "IF(ISNUMBER(scenario_number),1,0)", "whole", 0)
    file.define("computed_here", sheet, COMPUTED_ROW, 2)
    note = _("Not yet: enable editing (Excel), or Data, Calculate, Recalculate Hard (LibreOffice).")
    file.formula(sheet, COMPUTED_ROW, 3, f'IF(computed_here=1,"",{quoted(note)})', "quiet", note)


def _sums(plan: SheetPlan) -> list[tuple[str, str]]:
    """Largest departures over all traces: states that do not add up, states below 0, time on the drug
    beyond progression.
    """

    def worst(of: str) -> str:
        parts = []
        for cohort in COHORTS:
            for strategy in strategies(cohort):
                table = plan.tables["trace", cohort, strategy]
                cells = {k: table.cells(k) for k in ("free", "progressed", "dead", "on")}
                parts.append(of.format(**cells))
        return f"MAX({','.join(parts)})"

    rates = [
        f"ABS({kept})"
        for cohort in COHORTS
        for kept in [
            _residual(plan, cohort, s)
            for s in strategies(cohort)
            if ("newton", cohort, s) in plan.tables
        ]
    ]
    return [
        (
            _("States add up to 1: largest departure, all traces"),
            worst("SUMPRODUCT(ABS({free}+{progressed}+{dead}-1))"),
        ),
        (
            _("No state below 0: furthest below, all traces"),
            worst("-MIN({free},{progressed},{dead})"),
        ),
        (
            _("Nobody treated after progression: furthest above, all traces"),
            worst("SUMPRODUCT(--({on}>{free}))"),
        ),
        *(
            [(_("Share that stops: furthest from the input"), f"MAX({','.join(rates)})")]
            if rates
            else []
        ),
    ]


def _residual(plan: SheetPlan, cohort: str, strategy: str) -> str:
    table = plan.tables["newton", cohort, strategy]
    last = table.last_row + 1
    rate, kept = (table.cell(f"{k}_{strategy}", f"${last}") for k in ("rate", "kept"))
    return f"{rate}*{kept}-{cell_name('stopping_share', cohort)}"


def _letter(place: int) -> str:
    return "$" + xl_col_to_name(place)
