"""A workbook on its way to a file: sheets, formats, names of cells; the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, datetime
from html import escape
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from assessment.workbook.engine.cell_formulas import words_of

LONGEST_SHEET_NAME = 31  # what Excel allows
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
UNVERSIONED_DAY = datetime(1980, 1, 1)
NONE = 0  # what the writer puts where no result is known; a known 0 is written as 0.0
EMPTY_RESULT = re.compile(rf"(</f>)<v>{NONE}</v>")
WRITER = "<Application>Microsoft Excel</Application>"
INK, QUIET, INPUT_FILL, HEAD_FILL = "#1f2933", "#52606d", "#fff3c4", "#e4e7eb"
BAD_INK, BAD_FILL = "#7f1d1d", "#fecaca"
LOOKS: dict[str, dict[str, Any]] = {
    "text": {},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "quiet": {"font_color": QUIET, "italic": True},
    "title": {"bold": True, "font_size": 14},
    "heading": {"bold": True, "font_size": 12, "bottom": 1},
    "head": {"bold": True, "bg_color": HEAD_FILL, "text_wrap": True, "valign": "top", "border": 1},
    "number": {"num_format": "#,##0.0000"},
    "fine": {"num_format": "0.000000"},
    "whole": {"num_format": "#,##0"},
    "kroner": {"num_format": "#,##0"},
    "general": {},
    "difference": {"num_format": "0.0E+00"},
    "strong": {"bold": True, "num_format": "#,##0.0000"},
    "strong_kroner": {"bold": True, "num_format": "#,##0"},
    "input": {"bg_color": INPUT_FILL, "border": 1, "locked": False},
    "bad": {"font_color": BAD_INK, "bg_color": BAD_FILL, "bold": True},
}


class PlainWorksheet(Worksheet):
    """A sheet whose formulas are written as they stand. The library searches each for some thirty functions
    newer than Excel 2016, which took most of the time of a workbook; none of ours has one.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class WorkbookFile:
    """A workbook that is being written."""

    def __init__(self, title: str, author: str):
        self._bytes = io.BytesIO()
        self.book = xlsxwriter.Workbook(self._bytes, {"in_memory": True})
        self.book.set_properties({"title": title, "author": author, "created": UNVERSIONED_DAY})
        self.formats: dict[str, Format] = {
            name: self.book.add_format({"font_name": "Calibri", "font_color": INK, **look})
            for name, look in LOOKS.items()
        }
        self.names: dict[str, str] = {}
        self.read_by: dict[str, set[str]] = defaultdict(set)

    def sheet(self, title: str) -> Worksheet:
        """A new sheet, protected without a password: only input cells take typing.

        ValueError for a title longer than spreadsheets allow.
        """
        if len(title) > LONGEST_SHEET_NAME:
            raise ValueError(
                f"a sheet's name has at most {LONGEST_SHEET_NAME} characters; found '{title}'."
                " Shorten a label of the case."
            )
        made = self.book.add_worksheet(title, PlainWorksheet)
        made.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
        made.set_landscape()
        made.set_paper(9)
        made.fit_to_pages(1, 0)
        return made

    def define(
        self, name: str, sheet: Worksheet, row: int, column: int, last_row: int | None = None
    ):
        """Names a cell, or the cells of a column down to ``last_row``. ValueError for a name in use."""
        if name in self.names:
            raise ValueError(f"the name '{name}' is in use. Give the other cell another name.")
        place = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
        if last_row is not None:
            place += ":" + xl_rowcol_to_cell(last_row, column, row_abs=True, col_abs=True)
        self.names[name] = f"'{sheet.get_name()}'!{place}"
        self.book.define_name(name, "=" + self.names[name])

    def formula(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        formula: str,
        look: str = "general",
        known: float | str | None = None,
    ):
        """Writes a formula, and notes which names it reads. ``known``: its result, where that is known
        without a spreadsheet; it is stored beside the formula for programs that compute nothing.
        """
        self.note(sheet, formula)
        stored = known if isinstance(known, str) else NONE if known is None else float(known)
        sheet.write_formula(row, column, "=" + formula, self.formats[look], stored)

    def note(self, sheet: Worksheet, formula: str) -> None:
        """Notes that a sheet reads the names in a formula."""
        for word in words_of(formula):
            self.read_by[word].add(sheet.get_name())

    def write(
        self, sheet: Worksheet, row: int, column: int, value: Any, look: str = "text"
    ) -> None:
        """Writes a text or a number."""
        if isinstance(value, str):
            sheet.write_string(row, column, value, self.formats[look])
        elif value is not None:
            sheet.write_number(row, column, float(value), self.formats[look])

    def head(self, sheet: Worksheet, row: int, titles: list[str], first: int = 0) -> None:
        """Writes a row of headings."""
        for column, title in enumerate(titles, first):
            sheet.write_string(row, column, title, self.formats["head"])

    def content(self) -> bytes:
        """The finished file: a formula whose result is not known has none, rather than a 0."""
        self.book.close()

        def change(name: str, text: str) -> str:
            if name.startswith("xl/worksheets/"):
                return EMPTY_RESULT.sub(r"\1", text)
            own = f"<Application>{__name__.split('.')[0]}</Application>"
            return text.replace(WRITER, own) if name == "docProps/app.xml" else text

        return _rewritten(self._bytes.getvalue(), change)


def stamped(workbook: bytes, texts: Mapping[str, str], day: date | None) -> bytes:
    """A finished file with texts of cells replaced, and the date of ``day`` in its properties."""

    def change(name: str, text: str) -> str:
        if name == "xl/sharedStrings.xml":
            for old, new in texts.items():
                text = text.replace(old, escape(new))
        if name == "docProps/core.xml" and day is not None:
            text = text.replace(UNVERSIONED_DAY.date().isoformat(), day.isoformat())
        return text

    return _rewritten(workbook, change)


def _rewritten(workbook: bytes, change: Callable[[str, str], str]) -> bytes:
    """The file with its parts changed, without a clock: the same parts give the same bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as made,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new,
    ):
        for entry in made.infolist():
            content = made.read(entry.filename)
            if entry.filename.endswith((".xml", ".rels")):
                content = change(entry.filename, content.decode()).encode()
            kept = zipfile.ZipInfo(entry.filename, FIRST_DAY)
            kept.compress_type, kept.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            new.writestr(kept, content)
    return out.getvalue()
