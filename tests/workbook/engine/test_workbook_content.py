"""What the workbook's file holds, read by openpyxl: a program that is not the one that wrote it."""

from __future__ import annotations

import re
import zipfile

import pytest
from openpyxl import load_workbook
from xlsxwriter.worksheet import Worksheet

from assessment.workbook.content.workbook_inputs import input_rows
from assessment.workbook.sheets.check_sheet import COMPUTED_ROW
from assessment.workbook.sheets.check_sheet import FIRST_ROW as CHECKS_ROW
from assessment.workbook.sheets.input_sheet import FIRST_ROW
from assessment.workbook.sheets.workbook_layout import file_name, write_workbook

pytestmark = pytest.mark.slow
LONGEST_FILE_NAME = 42  # what the agency asks of files that are handed in


@pytest.fixture(scope="module")
def read(workbook):
    return load_workbook(workbook)


def test_the_same_version_gives_the_same_bytes(workbook, tmp_path):
    again = write_workbook(tmp_path / "again.xlsx", "test")
    assert again.read_bytes() == workbook.read_bytes()


def test_the_name_is_short_enough():
    assert len(file_name()) <= LONGEST_FILE_NAME


def test_nothing_is_hidden_linked_or_a_macro(workbook, read):
    assert all(sheet.sheet_state == "visible" for sheet in read.worksheets)
    with zipfile.ZipFile(workbook) as file:
        names = file.namelist()
        text = "".join(file.read(n).decode() for n in names if n.startswith("xl/worksheets/sheet"))
    assert not [n for n in names if "vba" in n.lower() or "externalLink" in n]
    assert not re.search(r'<f t="array"|_xlfn|\[\d+\]', text)
    # The library gives functions newer than Excel 2016 a prefix, where it is let.
    for name in set(re.findall(r"\b[A-Z][A-Z.0-9]*\(", text)):
        assert Worksheet()._prepare_formula(f"={name}") == name


def test_results_and_traces_hold_formulas_alone(read):
    """Numbers there are counted months and nothing else."""
    for sheet in read.worksheets:
        if sheet.title == "Results" or sheet.title.startswith("Trace"):
            month_0 = next((c.row for c in sheet["A"] if c.value == 0), None)
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, (int, float)):
                        assert cell.column == 1 and cell.value == cell.row - month_0


def test_input_cells_are_open_marked_and_validated(read):
    sheet = read["Inputs"]
    validated = {
        str(cells) for rule in sheet.data_validations.dataValidation for cells in rule.sqref
    }
    assert sheet.protection.sheet
    for row, given in enumerate(input_rows(), FIRST_ROW + 1):
        cell = sheet[f"D{row}"]
        assert cell.value == (given.value if given.options else pytest.approx(given.value))
        assert cell.protection.locked == given.fixed
        assert (f"D{row}" in validated) != given.fixed


def test_what_a_check_finds_is_never_stored(workbook):
    """Neither this sheet's number nor whether it agrees: only the program that computes can say."""
    sheet = load_workbook(workbook, data_only=True, read_only=True)["Checks"]
    rows = list(sheet.iter_rows(max_col=6, values_only=True))
    assert len(rows) > CHECKS_ROW + 90
    assert {(c, e, f) for _a, _b, c, _d, e, f in rows[CHECKS_ROW:]} == {(None, None, None)}
    assert {row[5] for row in rows[: CHECKS_ROW - 1]} == {None}
    assert rows[COMPUTED_ROW][2] == 0


def test_every_input_is_read_somewhere(read):
    sheet = read["Inputs"]
    unread = [
        sheet[f"C{row}"].value
        for row in range(FIRST_ROW + 1, FIRST_ROW + 1 + len(input_rows()))
        if not sheet[f"Q{row}"].value
    ]
    assert not unread
