"""The content of a table as it is handed on: columns, which of them hold numbers, cells."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from assessment.presentation import numbers
from assessment.presentation.frame_rows import column_decimals


@dataclass(frozen=True)
class Ref:
    """A fact shown in a table cell: its text, and the id by which the page attaches its source."""

    fact: str
    text: str


def ref(fact, style: str = "full", decimals: int | None = None) -> Ref:
    """A table cell showing ``fact`` with its source attached; ``style`` as in numbers.fact_text."""
    return Ref(fact.id, numbers.fact_text(fact, style, decimals))


def table_content(frame: pd.DataFrame, decimals: int | None = 1) -> dict:
    """Columns of a table, which of them hold numbers, and the cells as text or {'fact', 'text'}.

    ``decimals``: of numbers that are not whole; None: as many as each column needs
    (``frame_rows.column_decimals``).
    """
    numeric = [pd.api.types.is_numeric_dtype(frame[c]) for c in frame.columns]
    whole = [pd.api.types.is_integer_dtype(frame[c]) for c in frame.columns]

    own = [
        0 if w or not n else column_decimals(frame[c]) if decimals is None else decimals
        for c, n, w in zip(frame.columns, numeric, whole)
    ]

    def cell(value, is_number: bool, places: int):
        if isinstance(value, Ref):
            return {"fact": value.fact, "text": value.text}
        if value is None or value != value:
            return ""
        return numbers.number(value, places) if is_number else str(value)

    rows = [
        [cell(v, n, d) for v, n, d in zip(row, numeric, own)]
        for row in frame.itertuples(index=False)
    ]
    raw = [
        [
            (
                v.text
                if isinstance(v, Ref)
                else None
                if v != v
                else v.item()
                if hasattr(v, "item")
                else v
            )
            for v in row
        ]
        for row in frame.itertuples(index=False)
    ]
    return {
        "columns": [str(c) for c in frame.columns],
        "numeric": numeric,
        "rows": rows,
        "raw": raw,
    }
