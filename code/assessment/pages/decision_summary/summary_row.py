"""A row of the summary of findings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.presentation.show import Ref

Cell = str | Ref


@dataclass(frozen=True)
class Row:
    """``cells``: one of each cohort, in their order; ``note``: how sure it is and why; ``on_front``:
    whether the front page has it too.
    """

    label: str
    cells: tuple[Cell, ...]
    note: Cell = ""
    on_front: bool = False


def row(label: str, cell: Callable[[str], Cell], note: Cell = "", on_front: bool = False) -> Row:
    """A row from what gives each cohort's cell."""
    return Row(label, tuple(cell(cohort) for cohort in COHORTS), note, on_front)
