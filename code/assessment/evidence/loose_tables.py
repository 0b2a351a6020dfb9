"""Tables that other programs wrote: any separator, with or without header; each cell a number or empty.

What could be read in two ways is refused with its row and cell: nothing is guessed, nothing left out.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assessment.evidence.problems import DataError, Problem

NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
WITH_COMMA = re.compile(r"[+-]?\d+,\d+(?:[eE][+-]?\d+)?")
# Groups of three digits after a comma or a point: a thousand, or three decimals.
GROUPED_BY_COMMA = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
SURELY_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?:\.\d{3}){2,}")
GROUPED_BY_POINT = re.compile(r"[1-9]\d{0,2}\.\d{3}")
GROUPED_BY_BLANK = re.compile(r"\d{1,3}(?:[   '’]\d{3})+")
COUNT_WITH_BRACKET = re.compile(r"(\d[\d   '’]*?)\s*\(\s*\d+\s*\)")
SEPARATORS = (";", "\t", ",")
LONGEST_HEADER = 5
PLAIN = "a number with a decimal point, without thousands separators, or an empty cell"


@dataclass(frozen=True, eq=False)
class LooseTable:
    """The numbers of a file: values (m, w), nan for an empty cell; names: (w,) the last header row, ""
    where there is none; groups: (w,) the header row before it; rows: the m rows' numbers in the file;
    brackets: how many numbers in brackets were left out.
    """

    file: str
    names: tuple[str, ...]
    groups: tuple[str, ...]
    rows: tuple[int, ...]
    values: np.ndarray
    brackets: int = 0

    def without_column(self, column: int) -> LooseTable:
        """The table without one of its columns."""
        names, groups = (
            (*x[:column], *x[column + 1 :]) if x else x for x in (self.names, self.groups)
        )
        values = np.delete(self.values, column, axis=1)
        return LooseTable(self.file, names, groups, self.rows, values, self.brackets)

    def refuse(
        self, found: object, allowed: str, next_step: str, row: int | None = None
    ) -> DataError:
        """A fault of the table, to be raised; row: of the m rows."""
        number = None if row is None else self.rows[row]
        return DataError(Problem(self.file, number, None, found, allowed, next_step))


def read_loose_table(path: Path | str, counts: bool = False) -> LooseTable:
    """The table of numbers in a text file (UTF-8, or UTF-16 with its mark at the beginning).

    Separated by semicolons, tabs, commas or blanks; decimal commas where the whole file has them. counts:
    cells may be counts as printed, with blanks between thousands ("1 204") or a further number in
    brackets ("134 (0)"), which is left out. Raises DataError with all cells that are no numbers.
    """
    file = str(path)
    text = _text(Path(path).read_bytes(), file)
    rows, comma = _rows(text, file)
    first = next((i for i, (_, row) in enumerate(rows) if _all_numbers(row, counts)), None)
    head = [row for _, row in rows[: len(rows) if first is None else first]]
    _check_head(file, rows, head, counts)
    if first is None:
        raise DataError(
            Problem(
                file, None, None, None, "a column of times and one of values, as numbers; there is no row"
                " with two numbers", "export the points as CSV with time and survival columns",
            )
        )  # fmt: skip
    return _numbers(file, head, rows[first:], comma, counts)


def _text(raw: bytes, file: str) -> str:
    sixteen = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = raw.decode("utf-16" if sixteen else "utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise DataError(
            Problem(file, None, None, None, "text in UTF-8", "save the file again as 'CSV UTF-8'")
        )
    return text


def _rows(text: str, file: str) -> tuple[list[tuple[int, list[str]]], bool]:
    """(row number, cells) of the rows that are not empty, and whether commas separate the cells."""
    lines = text.splitlines()
    told = re.fullmatch(r'"?sep=(.)"?', lines[0].strip()) if lines else None
    bare = [re.sub(r'"[^"]*"', '""', line) for line in lines if line.strip()]
    common = (s for s in SEPARATORS if 2 * sum(s in line for line in bare) >= len(bare) > 0)
    between = told[1] if told else next(common, " ")
    if told:
        lines[0] = ""
    if between == " ":
        lines = [line.strip() for line in lines]
    reader = csv.reader(
        io.StringIO("\n".join(lines), newline=""), delimiter=between, skipinitialspace=True
    )
    try:
        cells = [[cell.strip() for cell in row] for row in reader]
    except csv.Error as fault:
        raise DataError(
            Problem(
                file, None, None, None, f"rows of cells ({fault})", "export the table again as CSV"
            )
        ) from None
    for row in cells:
        while row and not row[-1]:
            row.pop()
    return [(number, row) for number, row in enumerate(cells, 1) if row], between == ","


def _looks_like_number(cell: str, counts: bool) -> bool:
    cell = cell.removesuffix("%").strip()
    printed = counts and (GROUPED_BY_BLANK.fullmatch(cell) or COUNT_WITH_BRACKET.fullmatch(cell))
    patterns = (NUMBER, WITH_COMMA, GROUPED_BY_COMMA, SURELY_GROUPED)
    return bool(printed or any(pattern.fullmatch(cell) for pattern in patterns))


def _all_numbers(row: list[str], counts: bool) -> bool:
    filled = [cell for cell in row if cell]
    return len(filled) > 1 and all(_looks_like_number(cell, counts) for cell in filled)


def _check_head(
    file: str, rows: list[tuple[int, list[str]]], head: list[list[str]], counts: bool
) -> None:
    """Raises DataError where the rows before the numbers are no header: they hold numbers themselves."""
    for i, row in enumerate(head):
        numbers = [cell for cell in row if cell and _looks_like_number(cell, counts)]
        # Only names of curves may be numbers, above a row X, Y.
        if not numbers or i == 0 and len(head) == 2 and not any(map(str.isdigit, head[1])):
            continue
        text = next((cell for cell in row if cell and not _looks_like_number(cell, counts)), row[0])
        turned = len(numbers) > 2 and row[0] == text
        what = "one row per time, one column per curve" if turned else PLAIN
        step = (
            "turn the table" if turned else "correct or empty the cell, or delete the row or column"
        )
        raise DataError(Problem(file, rows[i][0], None, text, what, step))
    if len(head) > LONGEST_HEADER:
        raise DataError(
            Problem(file, rows[0][0], None, head[0][0], "a header of one or two rows above the numbers",
                    "delete the other rows")
        )  # fmt: skip


def _numbers(
    file: str, head: list[list[str]], rows: list[tuple[int, list[str]]], comma: bool, counts: bool
) -> LooseTable:
    width = max(len(row) for _, row in rows)
    names = [cell.removeprefix("#").strip() for cell in head[-1]] if head else []
    if all(names) and names and all(len(row) == len(names) + 1 for _, row in rows):
        names.insert(0, "")  # R writes no name above its row numbers
    problems = []
    over_pairs = bool(names) and not any(names[1::2])
    if names and width > len(names) + over_pairs:
        number, longest = next((n, r) for n, r in rows if len(r) == width)
        step = "write decimal points, and one name above each column"
        problems.append(
            Problem(
                file,
                number,
                None,
                ", ".join(longest),
                f"{len(names)} cells, as in the header",
                step,
            )
        )
    width = max(width, len(names))
    cells = [cell for _, row in rows for cell in row]
    decimal_comma, fault = _decimal_comma(cells)
    percent = [
        all(row[j].endswith("%") for _, row in rows if len(row) > j and row[j])
        for j in range(width)
    ]
    by_point = [counts and _maybe_thousands(rows, j) for j in range(width)]
    values, brackets = np.full((len(rows), width), np.nan), 0
    for i, (number, row) in enumerate(rows):
        for j, cell in enumerate(row):
            printed = counts and COUNT_WITH_BRACKET.fullmatch(cell)
            brackets += bool(printed)
            plain = printed[1] if printed else cell.removesuffix("%" if percent[j] else "").strip()
            if counts and GROUPED_BY_BLANK.fullmatch(plain):
                plain = re.sub(r"\D", "", plain)
            if decimal_comma and WITH_COMMA.fullmatch(plain):
                plain = plain.replace(",", ".")
            leading_zero = comma and re.fullmatch(r"-?0\d+", plain)
            ambiguous = by_point[j] and GROUPED_BY_POINT.fullmatch(plain)
            if cell and (not NUMBER.fullmatch(plain) or leading_zero or ambiguous):
                problems.append(Problem(file, number, None, cell, PLAIN, fault))
            elif cell:
                values[i, j] = float(plain)
    if problems:
        raise DataError(problems)
    padded = [
        tuple((*x, *[""] * width)[:width]) for x in (names, head[-2] if len(head) > 1 else [])
    ]
    return LooseTable(file, padded[0], padded[1], tuple(n for n, _ in rows), values, brackets)


def _decimal_comma(cells: list[str]) -> tuple[bool, str]:
    """Whether commas are decimal commas, and what to do with a cell that is no number."""
    commas = [c.removesuffix("%").strip() for c in cells if "," in c]
    if not commas:
        return False, "correct or empty the cell, or delete its row"
    both = any("." in c for c in cells)
    thousands = all(GROUPED_BY_COMMA.fullmatch(c) for c in commas)
    step = "write numbers with a decimal point and without thousands separators"
    return not (both or thousands or any(SURELY_GROUPED.fullmatch(c) for c in commas)), step


def _maybe_thousands(rows: list[tuple[int, list[str]]], column: int) -> bool:
    """Whether a point in a column of counts may stand between thousands: other counts have none."""
    cells = [row[column] for _, row in rows if len(row) > column and row[column]]
    return any(GROUPED_BY_POINT.fullmatch(c) for c in cells) and not any(
        re.fullmatch(r"0\.0+", c) for _, row in rows for c in row
    )
