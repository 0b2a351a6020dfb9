"""A workbook that somebody has changed: what its sheet of inputs says, or every fault in it at once."""

from __future__ import annotations

import math
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from assessment.workbook.content.cell_values import CellValues
from assessment.workbook.content.curve_parameters import MODEL
from assessment.workbook.content.input_row import InputRow
from assessment.workbook.content.workbook_inputs import input_rows
from assessment.workbook.content.workbook_scenarios import workbook_scenarios
from assessment.workbook.sheets.input_sheet import FIRST_ROW, SCENARIO_ROW, VALUE

SHEET = "Inputs"
NAME = 2  # column of the names, counted from 0
# What the workbook alone can change: the model takes these from curves or facts.
KEPT = ("crossover_share", "vat_rate", "age")


class WorkbookFault(ValueError):
    """A workbook that cannot be run: a line for every fault, with sheet, cell, value, what is allowed and
    the next step.
    """


def read_inputs(path: Path) -> CellValues:
    """The values of a workbook's input cells that differ from the book's, and its scenario.

    Raises WorkbookFault for a file that is no such workbook, and for every value that is not allowed.
    """
    cells = _cells(path)
    names = [row[NAME] for row in cells[FIRST_ROW:] if len(row) > NAME]
    faults: list[str] = []
    typed: dict[str, float | str] = {}
    for given in input_rows():
        if given.name not in names:
            faults.append(
                f"sheet {SHEET}: no row is named '{given.name}'. Begin again from the workbook of this"
                " version of the book."
            )
            continue
        row = FIRST_ROW + names.index(given.name)
        value = cells[row][VALUE]
        fault = _fault(given, value)
        if fault:
            faults.append(f"sheet {SHEET}, cell D{row + 1} ({given.label}): {fault}")
        elif not _same(value, given.value):
            typed[given.name] = value if given.options else float(value)
    scenario, chosen = None, cells[SCENARIO_ROW][VALUE]
    listed = {one.name: one for one in workbook_scenarios()}
    if chosen in listed:
        scenario = listed[chosen]
    else:
        faults.append(
            f"sheet {SHEET}, cell D{SCENARIO_ROW + 1} (scenario): found {chosen!r}; allowed is a name of"
            " the sheet Scenarios. Choose one from the list."
        )
    if faults:
        raise WorkbookFault("\n".join(faults))
    return CellValues(typed, scenario)


def _cells(path: Path) -> list[tuple]:
    try:
        book = load_workbook(path, read_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError) as fault:
        raise WorkbookFault(
            f"{path} cannot be read as an Excel workbook ({fault}). Save it as .xlsx and try again."
        ) from fault
    if SHEET not in book.sheetnames:
        raise WorkbookFault(
            f"{path} has no sheet '{SHEET}'; it has: {', '.join(book.sheetnames)}. Begin again from the"
            " workbook of the book."
        )
    rows = [tuple(row) for row in book[SHEET].iter_rows(values_only=True, max_col=NAME + 2)]
    book.close()
    return rows


def _same(value: object, book: float | str) -> bool:
    """Whether a cell holds the book's value: spreadsheets keep fifteen digits of a number."""
    if isinstance(book, str) or not isinstance(value, (int, float)):
        return value == book
    return math.isclose(value, book, rel_tol=1e-13)


def _fault(given: InputRow, value: object) -> str:
    """What is wrong with a value; "" where nothing is."""
    if given.fault(value):
        return (
            f"found {value!r}; allowed is: {given.allowed}. Type such a value, or that of the book,"
            f" {given.value}."
        )
    if _same(value, given.value):
        return ""
    if given.kind == "curve" and given.options:
        return (
            f"found {value!r}; the whole model has draws of its own curves only: allowed is '{MODEL}'."
            " Choose it, and read parametric curves in the workbook itself."
        )
    if given.parameter in KEPT:
        return (
            f"found {value!r}; the model takes this from the trial or from a fact: allowed is"
            f" {given.value}. Choose a scenario, or change the fact in data/facts."
        )
    return ""
