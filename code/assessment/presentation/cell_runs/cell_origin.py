"""Where a figure, a table or a text comes from: the function that a cell called, and what it read."""

from __future__ import annotations

import sys
from types import FrameType

from assessment.evidence.read_log import Reads, start_recording, stop_recording

_cell: list[Reads] = []  # what the notebook cell now running has read; empty outside a notebook


def _cell_begins(*_) -> None:
    """Begins a new recording with every notebook cell, so that a figure can name the facts its cell
    read.
    """
    for reads in _cell:
        stop_recording(reads)
    _cell[:] = [start_recording()]


def follow_cells() -> None:
    """Asks the notebook, if there is one, to tell when a cell begins. Called once, when this module
    is imported.
    """
    from IPython import get_ipython

    if (shell := get_ipython()) is not None:
        shell.events.register("pre_run_cell", _cell_begins)
        _cell_begins()


def calling_function() -> str:
    """The function of this project that a cell called to get the figure or table now being made; ""
    when made elsewhere.
    """
    frame: FrameType | None = sys._getframe(3)  # above: __post_init__, the dataclass's __init__
    name = ""
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if not module.startswith("assessment."):
            break
        name = f"{module}.{frame.f_code.co_name}"
        frame = frame.f_back
    return name


def origin_of(function: str) -> dict:
    """Function, facts and tables behind a figure or table; the last two only in a notebook."""
    reads = _cell[0] if _cell else Reads()
    return {"function": function, "facts": list(reads.facts), "tables": list(reads.tables)}
