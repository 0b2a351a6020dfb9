"""Files of digitising programs: curves and numbers at risk, read as they are written."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np


def read_points(path: Path | str) -> dict[str, np.ndarray]:
    """Curves of a CSV file as {name: (m, 2) array of time, survival}.

    Takes WebPlotDigitizer's export (a row of data-set names, a row X,Y,X,Y, then points; or bare
    x,y rows) and IPDfromKM's (two columns, with or without header); comma or semicolon, decimal
    comma with semicolons. Raises ValueError where no row holds two numbers.
    """
    rows = _rows(path)
    numeric = [[_number(c) for c in row] for row in rows]
    first = next((i for i, row in enumerate(numeric) if sum(v is not None for v in row) >= 2), None)
    if first is None:
        raise ValueError(
            f"{path}: no row with two numbers. Export the points as CSV with time and survival"
            " columns."
        )
    width = max(len(row) for row in rows)
    names = [c.strip() for c in rows[0]] if first >= 2 else []
    curves = {}
    for j in range(0, width - 1, 2):
        points = [
            (row[j], row[j + 1])
            for row in numeric[first:]
            if len(row) > j + 1 and None not in (row[j], row[j + 1])
        ]
        if points:
            name = names[j] if j < len(names) and names[j] else f"curve {j // 2 + 1}"
            curves[name] = np.array(points)
    return curves


def read_numbers_at_risk(path: Path | str) -> np.ndarray:
    """Numbers at risk of a CSV file as (k, 2) array of time, patients: IPDfromKM's trisk, nrisk or
    any two columns. Raises ValueError for more than one pair of columns.
    """
    curves = read_points(path)
    if len(curves) != 1:
        raise ValueError(
            f"{path}: {len(curves)} column pairs. Give one file per arm with time and number at"
            " risk."
        )
    return next(iter(curves.values()))


def _rows(path: Path | str) -> list[list[str]]:
    text = Path(path).read_text(encoding="utf-8-sig")
    delimiter = (
        ";"
        if text.count(";") > text.count(",") / 2
        else ("\t" if "\t" in text and "," not in text else ",")
    )
    return [
        row
        for row in csv.reader(text.splitlines(), delimiter=delimiter)
        if any(c.strip() for c in row)
    ]


def _number(cell: str) -> float | None:
    try:
        return float(cell.strip().replace(",", "."))
    except ValueError:
        return None
