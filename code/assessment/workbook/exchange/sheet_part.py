"""A part of a sheet as it stands in the finished workbook: what a page shows of it.

Rows are listed as ``1, 4..6, price_per_pack_nok-1..price_per_pack_nok+2, "Five years"``: numbers as
readers count them, names of cells with an offset, or the text of one of their cells. In a name
``{treated}``, ``{control}`` and ``{cohort}`` are those of the case, of the cohorts the first.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.inputs.settings import CONTROL, TREATED
from assessment.workbook.engine.workbook_file import HEAD_FILL, INPUT_FILL

POINT = re.compile(r"(?P<row>\d+)|(?P<name>[A-Za-z_]\w*)(?P<offset>[+-]\d+)?")
CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
FILLS = {INPUT_FILL: "input", HEAD_FILL: "head"}


@dataclass(frozen=True)
class Cell:
    """``value``: as stored, None for an empty cell and for a formula without a stored result.

    ``look``: "input" of cells that may be changed, "head" of headings, else "".
    """

    formula: str
    value: float | str | None
    number_format: str
    look: str
    bold: bool


@dataclass(frozen=True)
class SheetPart:
    """Cells by row and column letter; ``chosen``: address of the cell whose formula is shown, or ""."""

    sheet: str
    rows: dict[int, dict[str, Cell]]
    chosen: str

    @property
    def formula(self) -> str:
        """The formula, or value, of the chosen cell."""
        column, row = CELL.fullmatch(self.chosen).groups()  # type: ignore[union-attr]
        cell = self.rows[int(row)][column]
        return cell.formula or str(cell.value)


class ReadWorkbook:
    """A finished workbook, read twice: formulas, and what is stored beside them."""

    def __init__(self, content: bytes):
        self._content = content

    def _read(self, values: bool) -> Workbook:
        return load_workbook(io.BytesIO(self._content), read_only=True, data_only=values)

    @cached_property
    def _formulas(self) -> Workbook:
        return self._read(values=False)

    @cached_property
    def _values(self) -> Workbook:
        return self._read(values=True)

    def part(self, sheet: str, rows: str, columns: str, chosen: str = "") -> SheetPart:
        """The part of a sheet. LookupError for a sheet, a name or a chosen cell that is not there."""
        if sheet not in self._formulas.sheetnames:
            raise LookupError(
                f"the workbook has no sheet '{sheet}'. Sheets are: {', '.join(self._formulas.sheetnames)}."
            )
        numbers, letters = self._rows(sheet, rows), _columns(columns)
        found = {row: self._row(sheet, row, letters) for row in numbers}
        address = self._address(sheet, chosen) if chosen else ""
        if address:
            column, row = CELL.fullmatch(address).groups()  # type: ignore[union-attr]
            if int(row) not in found or column not in letters:
                raise LookupError(
                    f"cell {address} of '{sheet}' is not among the rows and columns shown. Add them."
                )
        return SheetPart(sheet, found, address)

    def _row(self, sheet: str, row: int, letters: list[str]) -> dict[str, Cell]:
        places = [column_index_from_string(letter) for letter in letters]
        first, last = min(places), max(places)
        span = {"min_row": row, "max_row": row, "min_col": first, "max_col": last}
        written = next(self._formulas[sheet].iter_rows(**span), ())
        stored = next(self._values[sheet].iter_rows(**span), ())
        pairs: list[Any] = (
            [(written[p - first], stored[p - first]) for p in places] if written else []
        )
        return {letter: _cell(*pair) for letter, pair in zip(letters, pairs, strict=bool(pairs))}

    def _rows(self, sheet: str, listed: str) -> list[int]:
        found: list[int] = []
        for item in listed.split(","):
            first, *last = (self._point(sheet, end.strip()) for end in item.split(".."))
            found += range(first, (last[0] if last else first) + 1)
        return found

    def _point(self, sheet: str, text: str) -> int:
        if text.startswith('"'):
            return self._row_with(sheet, text.strip('"'))
        point = POINT.fullmatch(_filled(text))
        if point is None:
            raise LookupError(
                f"'{text}' is no row: write a number, or the name of a cell, +1 or -1."
            )
        if point["row"]:
            return int(point["row"])
        row = int(self._address(sheet, point["name"]).lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        return row + int(point["offset"] or 0)

    def _row_with(self, sheet: str, text: str) -> int:
        for number, row in enumerate(self._values[sheet].iter_rows(values_only=True), 1):
            if text in row:
                return number
        raise LookupError(f"no cell of the sheet '{sheet}' holds '{text}'.")

    def _address(self, sheet: str, text: str) -> str:
        """The address (D7) of a named cell, or the address itself."""
        name = _filled(text)
        if CELL.fullmatch(name):
            return name
        named = self._formulas.defined_names.get(name)
        where, _sep, place = (named.attr_text or "").rpartition("!") if named else ("", "", "")
        if where.strip("'") != sheet:
            raise LookupError(f"no cell of the sheet '{sheet}' is named '{name}'.")
        return place.replace("$", "")


def _cell(written: Any, stored: Any) -> Cell:
    value = stored.value
    formula = written.value if isinstance(written.value, str) and written.data_type == "f" else ""
    if written.value is None:
        return Cell("", None, "General", _look(written), False)
    bold = bool(written.font and written.font.b)
    return Cell(formula, value, written.number_format, _look(written), bold)


def _look(cell: Any) -> str:
    fill = getattr(cell, "fill", None)
    colour = fill.fgColor.rgb if fill is not None and fill.fill_type else ""
    return FILLS.get(f"#{str(colour)[-6:].lower()}", "")


def _columns(listed: str) -> list[str]:
    found: list[str] = []
    for item in listed.split(","):
        first, *last = (column_index_from_string(end.strip()) for end in item.split(".."))
        found += map(get_column_letter, range(first, (last[0] if last else first) + 1))
    return found


def _filled(text: str) -> str:
    places: dict[str, str] = {"treated": TREATED, "control": CONTROL, "cohort": COHORTS[0]}
    return re.sub(r"\{(\w+)\}", lambda found: places.get(found[1], found[0]), text)
