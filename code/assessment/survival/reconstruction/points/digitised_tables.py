"""Files of digitising programs: curves and numbers at risk, by their columns' names and number."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import numpy as np

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.object_arguments import file
from assessment.evidence.loose_tables import LooseTable, read_loose_table

TIME = re.compile(
    r"x|t|trisk|(time|times|tid|months?|måneder|days?|dager|weeks?|uker|years?|år)\b.*",
    re.IGNORECASE,
)
SURVIVAL = re.compile(
    r"y|s|sv|s\(t\)|surv|(survival|overlevelse|pfs|os|probability|proportion|percent)\b.*",
    re.IGNORECASE,
)
AT_RISK = re.compile(
    r"n|y|nrisk|n[._ ]?(at[._ ]?)?risk|(number|numbers|patients|antall)\b.*|.*\bat[._ ]?risk",
    re.IGNORECASE,
)
ROW_NUMBER = re.compile(r"|id|no\.?|nr\.?|row|index|#|point|interval", re.IGNORECASE)
NEXT_STEP = "keep one column of times and one of values, or pairs of them, with a name above each"


@taking(path=file)
def read_points(path: Path | str) -> dict[str, np.ndarray]:
    """Curves of a text file as {name: (m, 2) array of time, survival}.

    Takes pairs of columns (WebPlotDigitizer: a row of names, a row X,Y,X,Y, then points; IPDfromKM: time,
    sv; bare pairs), one column of times with several curves (Engauge), and a column of row numbers before
    them (R). Semicolons, tabs, commas or blanks between cells, decimal commas where the whole file has
    them; percent signs are left out. Raises DataError, a ValueError, for whatever could be read in two
    ways, with file, row and cell.
    """
    table = _without_row_numbers(read_loose_table(path))
    curves: dict[str, np.ndarray] = {}
    columns = _curves(table)
    shared = len({time for _, time, _ in columns}) < len(columns)
    for name, time, value in columns:
        points = _pairs(table, time, value, shared)
        if len(points):
            name, k = name or f"curve {len(curves) + 1}", 2
            unlike = name
            while unlike in curves:
                unlike, k = f"{name} ({k})", k + 1
            curves[unlike] = points
    return curves


@taking(path=file)
def read_numbers_at_risk(path: Path | str) -> np.ndarray:
    """Numbers at risk of a text file as (k, 2) array of time, patients: IPDfromKM's trisk, nrisk or
    any two columns, one row per time.

    Counts may be printed as "1 204", or with a number of events or losses in brackets, which is left out
    with a warning. Raises DataError, a ValueError, for several arms in a table, and otherwise as
    `read_points`.
    """
    table = _without_row_numbers(read_loose_table(path, counts=True))
    time, value = _time_and(AT_RISK, table, "numbers at risk of one arm: give one file per arm")
    numbers = _pairs(table, time, value)
    wrong = np.flatnonzero((numbers[:, 1] != np.rint(numbers[:, 1])) | (numbers[:, 1] < 0))
    if wrong.size:
        raise table.refuse(
            f"{numbers[wrong[0], 1]:g}",
            "a whole number of patients, 0 or more, without thousands separators",
            "correct the number, or check that the columns are time, patients",
            int(wrong[0]),
        )
    if table.brackets:
        _warn(
            f"{table.file}: {table.brackets} numbers in brackets are not numbers at risk; left out."
        )
    return numbers


def _without_row_numbers(table: LooseTable) -> LooseTable:
    """The table without a first column of row numbers. Raises DataError where only values are left."""
    first, width = table.values[:, 0], table.values.shape[1]
    numbered = np.array_equal(first, np.arange(1, first.size + 1)) and first.size > 1
    if not (numbered and any(table.names) and ROW_NUMBER.fullmatch(table.names[0])):
        return table
    if width < 3:
        raise table.refuse(
            table.names[1], "a column of times besides the row numbers", "name the first column 'time'"
            " if it holds times, or add the times",
        )  # fmt: skip
    return table.without_column(0)


def _curves(table: LooseTable) -> list[tuple[str, int, int]]:
    """(name, column of times, column of values) of each curve."""
    names, width = table.names, table.values.shape[1]
    times = [j for j, name in enumerate(names) if name and TIME.fullmatch(name)]
    if width == 2:
        time, value = _time_and(SURVIVAL, table, "one column of times and one of survival")
        return [(next((g for g in table.groups if g), ""), time, value)]
    if len(table.values) == 2 and not any(names):
        raise table.refuse(f"{width} columns, 2 rows", "one row per point", "turn the table")
    in_pairs = width % 2 == 0 and times == list(range(0, width, 2))
    named_in_pairs = width % 2 == 0 and not times and not any(names[1::2])
    if in_pairs or named_in_pairs and _rise(table):
        titles = table.groups if in_pairs else names
        return [(titles[j], j, j + 1) for j in range(0, width, 2)]
    survival = [j for j, name in enumerate(names) if SURVIVAL.fullmatch(name)]
    if len(times) == len(survival) == 1:
        return [("", *_time_and(SURVIVAL, table, ""))]
    if times == [0] and all(names):
        return [(names[j], 0, j) for j in range(1, width)]
    raise table.refuse(
        ", ".join(names) if any(names) else f"{width} columns",
        "pairs of columns time, survival, or one column of times named 'time' or 'x' before the curves",
        NEXT_STEP,
    )


def _rise(table: LooseTable) -> bool:
    """Whether each column at an even place rises as times do, more than it falls."""
    steps = [np.diff(column[np.isfinite(column)]) for column in table.values[:, ::2].T]
    return all(np.sum(step > 0) >= np.sum(step < 0) for step in steps)


def _time_and(value: re.Pattern[str], table: LooseTable, allowed: str) -> tuple[int, int]:
    """Columns of times and of values: by their names, or the first and second of two."""
    names, width = table.names, table.values.shape[1]
    times = [j for j, name in enumerate(names) if name and TIME.fullmatch(name)]
    values = [j for j, name in enumerate(names) if value.fullmatch(name) and j not in times]
    if width == 2 and len(times) < 2:
        if times == [1] or values == [0] and not times:
            if not times:
                raise table.refuse(", ".join(names), "a column of times first", NEXT_STEP)
            return 1, 0
        return 0, 1
    if len(times) != 1 or len(values) != 1 or any(table.groups):
        found = ", ".join(names) if any(names) else f"{width} columns"
        raise table.refuse(found, allowed, NEXT_STEP)
    left_out = [names[j] or f"column {j + 1}" for j in range(width) if j not in (*times, *values)]
    _warn(f"{table.file}: not used: {', '.join(left_out)}.")
    return times[0], values[0]


def _pairs(table: LooseTable, time: int, value: int, shared: bool = False) -> np.ndarray:
    """(m, 2) rows with both numbers. Raises DataError where one stands alone; but where several curves
    share their times, not every curve has a value at each.
    """
    pairs = table.values[:, [time, value]]
    there = np.isfinite(pairs)
    alone = np.flatnonzero(there[:, 1] & ~there[:, 0] | ~shared & there[:, 0] & ~there[:, 1])
    if alone.size:
        row = int(alone[0])
        column = (time, value)[int(there[row, 0])]
        missing = table.names[column] or f"column {column + 1}"
        raise table.refuse(
            None,
            f"a number in {missing}, or both cells empty",
            "fill in the number, or delete the row",
            row,
        )
    return pairs[there.all(1)]


def _warn(sentence: str) -> None:
    warnings.warn(sentence, UserWarning, stacklevel=4)
