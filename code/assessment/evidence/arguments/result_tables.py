"""Results that a notebook prints as small tables."""

from __future__ import annotations

import pandas as pd

MOST_ROWS = 20  # of a table in a notebook; the frame holds all


class ShownAsTable:
    """A result with ``to_frame()``; a notebook shows the first and last rows of that frame."""

    def to_frame(self) -> pd.DataFrame:
        """The result as a data frame, one row a line of the table."""
        raise NotImplementedError

    def _repr_html_(self) -> str:
        return self.to_frame().to_html(
            index=False, max_rows=MOST_ROWS, border=0, float_format="{:.4g}".format
        )
