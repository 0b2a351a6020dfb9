"""The first sheet: what the workbook is, which version, what is live and what is not."""

from __future__ import annotations

from assessment.case.definition import load_case
from assessment.presentation.language import _
from assessment.workbook.sheets.course.sheet_plan import SheetPlan

TWO_LINES = 34  # points


def write_readme(plan: SheetPlan, version: str) -> None:
    """Writes the sheet. ``version``: in words."""
    file, sheet = plan.file, plan.sheets["readme"]
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 110)
    case = load_case().names()
    title = _("The model of {assessment}: {drug} in {disease}").format(**case)
    file.write(sheet, 0, 0, title, "title")
    rows = [
        (_("Version"), version),
        (
            _("What it is"),
            _(
                "The economic model of the book in formulas, monthly cycles. Results, traces, severity"
                " and budget are formulas down to the sheets Inputs, Curves and Population."
            ),
        ),
        (
            _("How to use it"),
            _(
                "Enable editing: formulas are then computed. Change yellow cells on Inputs, or choose a"
                " scenario there. Checks says whether this workbook and the Python model agree."
            ),
        ),
        (
            _("Before editing is enabled"),
            _(
                "Cells on Inputs, Results, Severity and Budget show the Python model's numbers of the base"
                " case, where it has one. Other formulas, and every check, are empty until computed."
            ),
        ),
        (
            _("What is live"),
            _(
                "Every input and choice; the rate of stopping; parametric curves in place of the model's;"
                " price, tax, uptake, patients and displacement in the budget; the price in PSA."
            ),
        ),
        (
            _("What is not"),
            _(
                "The model's expected curves and the draws of PSA are values: they come from a calibration"
                " that a spreadsheet cannot do. Age is changed by scenarios alone: the curves depend on it."
            ),
        ),
        (
            _("Differences"),
            _(
                "The book's headline results are in continuous time; this workbook is in monthly cycles,"
                " as the scenario Monthly cycles of the book. Python's numbers on Checks are monthly too."
            ),
        ),
        (
            _("Back into the model"),
            _(
                "python -m assessment.workbook --inputs FILE reads a changed sheet Inputs, runs the whole"
                " model with new draws, and writes what differs from the book."
            ),
        ),
        (
            _("Protection"),
            _("Sheets are protected without a password: formulas can be read, and unlocked."),
        ),
        (
            _("What it does without"),
            _("No macro, no link to another file, no hidden sheet, no array formula."),
        ),
    ]
    for row, (words, text) in enumerate(rows, 2):
        file.write(sheet, row, 0, words, "head")
        file.write(sheet, row, 1, text, "wrapped")
        sheet.set_row(row, TWO_LINES)
    row = len(rows) + 3
    file.write(sheet, row, 0, _("Checks that are wrong"), "head")
    file.formula(sheet, row, 1, "checks_wrong", "whole")
    file.write(sheet, row + 2, 0, _("Sheets"), "heading")
    for at, made in enumerate(plan.file.book.worksheets(), row + 3):
        name = made.get_name()
        sheet.write_url(at, 0, f"internal:'{name}'!A1", string=name)
