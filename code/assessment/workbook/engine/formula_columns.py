"""Tables of formulas, one formula a column.

In a formula ``{key}`` is the cell of that column in the same row, ``{key^}`` in the row above, and
``{#5}`` the cell of this column in row 5 of the sheet, as readers count rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from assessment.workbook.engine.workbook_file import WorkbookFile

PLACE = re.compile(r"\{(\w+)(\^?)\}|\{#(\d+)\}")
ROW, ABOVE = "\x00", "\x01"


@dataclass(frozen=True)
class Column:
    """A column: ``key`` in other columns' formulas, ``title`` for readers, and a formula or values.

    ``look``: a format of ``WorkbookFile``.
    """

    key: str
    title: str
    formula: str = ""
    values: Sequence[float | None] = ()
    look: str = "number"
    width: float = 12.0


class FormulaTable:
    """Columns side by side in a sheet. ``first_row``: of the values, counted from 0."""

    def __init__(
        self,
        file: WorkbookFile,
        sheet: Worksheet,
        columns: Sequence[Column],
        first_row: int,
        rows: int,
        first_column: int = 0,
    ):
        self.sheet, self.columns, self.first_row, self.rows = sheet, list(columns), first_row, rows
        self._file, self._first_column = file, first_column
        self.place = {c.key: first_column + k for k, c in enumerate(columns)}
        if len(self.place) < len(self.columns):
            raise ValueError("columns of a table have different keys. Rename one.")

    @property
    def last_row(self) -> int:
        """The last row of values, counted from 0."""
        return self.first_row + self.rows - 1

    def letter(self, key: str) -> str:
        """The letters of a column."""
        return xl_col_to_name(self.place[key])

    def cells(self, key: str) -> str:
        """All values of a column, as other sheets write it."""
        letter = self.letter(key)
        sheet = self.sheet.get_name()
        return f"'{sheet}'!${letter}${self.first_row + 1}:${letter}${self.last_row + 1}"

    def cell(self, key: str, row: int | str = ROW) -> str:
        """A cell of a column, as other sheets write it; without ``row`` in the row of the reader."""
        return f"'{self.sheet.get_name()}'!${self.letter(key)}{row}"

    def write(self) -> FormulaTable:
        """Writes headings, formulas and values."""
        for column in self.columns:
            place = self.place[column.key]
            self.sheet.set_column(place, place, column.width)
            self.sheet.write_string(
                self.first_row - 1, place, column.title, self._file.formats["head"]
            )
            look = self._file.formats[column.look]
            if column.formula:
                self._file.note(self.sheet, column.formula)
                template = "=" + self._resolved(column.formula, place)
                for row in range(self.first_row, self.first_row + self.rows):
                    text = template.replace(ROW, str(row + 1)).replace(ABOVE, str(row))
                    self.sheet.write_formula(row, place, text, look)
            for row, value in enumerate(column.values, self.first_row):
                if value is not None:
                    self.sheet.write_number(row, place, value, look)
        return self

    def _resolved(self, formula: str, place: int) -> str:
        def cell(match: re.Match) -> str:
            key, above, fixed = match.groups()
            if fixed:
                return f"{xl_col_to_name(place)}${fixed}"
            return f"{self.letter(key)}{ABOVE if above else ROW}"

        return PLACE.sub(cell, formula)
