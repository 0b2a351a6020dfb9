"""Parts of a sheet, from a small workbook that openpyxl writes: no program of ours."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName

from assessment.workbook.engine.workbook_file import INPUT_FILL, WorkbookFile
from assessment.workbook.exchange.sheet_part import ReadWorkbook


@pytest.fixture(scope="module")
def book():
    made = Workbook()
    sheet = made.active
    sheet.title = "Inputs"
    for row, (words, value) in enumerate(
        [("a", 1), ("b", 2), ("c", 3.5), ("sum", "=SUM(B1:B3)")], 1
    ):
        sheet.cell(row, 1, words)
        sheet.cell(row, 3, value)
    sheet["C2"].fill = PatternFill("solid", fgColor=INPUT_FILL.removeprefix("#"))
    made.defined_names["price"] = DefinedName("price", attr_text="'Inputs'!$C$2")
    content = io.BytesIO()
    made.save(content)
    return ReadWorkbook(content.getvalue())


def test_rows_by_number_name_and_text(book):
    part = book.part("Inputs", '1, price..price+1, "sum"', "A, C", "C4")
    assert list(part.rows) == [1, 2, 3, 4]
    assert [cells["A"].value for cells in part.rows.values()] == ["a", "b", "c", "sum"]
    assert [cells["C"].look for cells in part.rows.values()] == ["", "input", "", ""]
    assert part.formula == "=SUM(B1:B3)" and part.rows[4]["C"].value is None


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("Results", "1", "A"), "no sheet 'Results'. Sheets are: Inputs"),
        (("Inputs", "cost", "A"), "is named 'cost'"),
        (("Inputs", "1..?", "A"), "'\\?' is no row"),
        (("Inputs", '"nothing"', "A"), "holds 'nothing'"),
        (("Inputs", "1", "A", "price"), "cell C2 of 'Inputs' is not among"),
    ],
)
def test_what_is_not_there_is_told(book, asked, says):
    with pytest.raises(LookupError, match=says):
        book.part(*asked)


def test_a_known_result_is_stored_and_no_other():
    file = WorkbookFile("title", "author")
    sheet = file.sheet("Inputs")
    for row, known in enumerate([None, 0, 2.5, "yes"]):
        file.formula(sheet, row, 0, "1+1", known=known)
    rows = ReadWorkbook(file.content()).part("Inputs", "1..4", "A").rows
    assert [rows[row]["A"].value for row in range(1, 5)] == [None, 0, 2.5, "yes"]
    assert {rows[row]["A"].formula for row in range(1, 5)} == {"=1+1"}
