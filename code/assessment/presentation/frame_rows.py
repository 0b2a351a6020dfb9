"""The rows of a table: one after another, and as plain HTML for a notebook."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import pandas as pd


def frame_rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Each row with its cells as attributes named as the columns, whatever their types."""
    yield from frame.itertuples(index=False)


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
