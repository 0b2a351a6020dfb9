"""The rows of a table, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd


def frame_rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Each row with its cells as attributes named as the columns, whatever their types."""
    yield from frame.itertuples(index=False)
