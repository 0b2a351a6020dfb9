"""The way of the drug through the authorities."""

from __future__ import annotations

import pandas as pd

from assessment.evidence import load_register
from assessment.presentation import numbers
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Table


def events_table() -> Table:
    """Every event of data/events.csv, oldest first."""
    events = load_register("events").sort_values("date")
    rows = [(numbers.partial_date(row.date), row.title) for row in frame_rows(events)]
    return Table(pd.DataFrame(rows, columns=[_("Date"), _("Event")]))
