"""The rows of a table: one after another, their digits, and as plain HTML for a notebook."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import numpy as np
import pandas as pd


def frame_rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Each row with its cells as attributes named as the columns, whatever their types."""
    yield from frame.itertuples(index=False)


DIGITS, MOST_DECIMALS = 3, 4  # of a column behind a figure


def column_decimals(column: pd.Series) -> int:
    """Decimals that leave the middle number of a column DIGITS digits, MOST_DECIMALS at most, and
    none that are 0 in all its rows.
    """
    values = column.dropna().to_numpy(float)
    sizes = np.abs(values[np.isfinite(values) & (values != 0)])
    if not sizes.size:
        return 0
    most = DIGITS - 1 - int(np.floor(np.log10(np.median(sizes))))
    most = min(max(most, 0), MOST_DECIMALS)
    shown = np.round(sizes, most)
    return next(
        d for d in range(most + 1) if np.allclose(np.round(shown, d), shown, rtol=0, atol=1e-9)
    )


def plain_html(content: dict) -> str:
    """HTML of a table's content, as ``show.table_content`` gives it: text as the page writes it,
    numbers to the right, the caption above; a fact's cell names it when pointed at.
    """

    def cell(tag: str, value: str | dict, numeric: bool, extra: str = "") -> str:
        side = "right" if numeric else "left"
        text = value if isinstance(value, str) else value["text"]
        if not isinstance(value, str):
            extra = f' title="{escape(value["fact"])}"'
        return f'<{tag}{extra} style="text-align:{side}">{escape(text)}</{tag}>'

    def row(values: list) -> str:
        tags = ["th" if content.get("row_headers") else "td", *["td"] * (len(values) - 1)]
        return "".join(map(cell, tags, values, content["numeric"]))

    heads = [
        cell("th", name, numeric, ' scope="col"')
        for name, numeric in zip(content["columns"], content["numeric"])
    ]
    caption = content.get("caption")
    above = f'<caption style="text-align:left">{escape(caption)}</caption>' if caption else ""
    body = "".join(f"<tr>{row(values)}</tr>" for values in content["rows"])
    return f"<table>{above}<thead><tr>{''.join(heads)}</tr></thead><tbody>{body}</tbody></table>"
