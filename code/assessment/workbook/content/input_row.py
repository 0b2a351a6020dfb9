"""A row of the workbook's sheet of inputs, and what its cell may hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assessment.evidence import Fact
from assessment.presentation.language import _
from assessment.workbook.engine.cell_formulas import cell_name

BOTH = "both"


@dataclass(frozen=True)
class InputRow:
    """A row of the sheet. ``parameter``: as the model calls it; ``cohort``: an id or BOTH.

    ``least``, ``most``: what is allowed of a number; ``above_zero``: 0 is not; ``whole``: whole numbers
    only; ``options``: the texts allowed, instead of numbers. ``fixed``: shown, and changed by scenarios
    alone. ``kind``: "input" of the model, "choice", "curve", "decision" or "budget".
    """

    parameter: str
    cohort: str
    label: str
    kind: str
    group: str
    value: float | str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    interval: str = ""
    distribution: str = ""
    source: str = ""
    status: str = ""
    least: float = 0.0
    most: float = np.inf
    above_zero: bool = False
    whole: bool = False
    options: tuple[str, ...] = ()
    fixed: bool = False

    @property
    def name(self) -> str:
        """The name of the cell that formulas read."""
        return cell_name(self.parameter, "" if self.cohort == BOTH else self.cohort)

    @property
    def allowed(self) -> str:
        """What is allowed, in words."""
        if self.options:
            return _("one of: {options}").format(options=", ".join(self.options))
        least = f"{self.least:g}"
        if not np.isfinite(self.most):
            text = _("above {least}") if self.above_zero else _("{least} or more")
        else:
            text = _("above {least}, at most {most}") if self.above_zero else _("{least} to {most}")
        told = text.format(least=least, most=f"{self.most:g}")
        return _("whole number, {range}").format(range=told) if self.whole else told

    def fault(self, value: object) -> bool:
        """Whether a value is not allowed."""
        if self.options:
            return value not in self.options
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not np.isfinite(value):
            return True
        outside = not self.least <= value <= self.most or (self.above_zero and value <= 0)
        return outside or (self.whole and value != int(value))


def unit_of(fact: Fact) -> str:
    """The unit of an input: shares are fractions."""
    return _("share") if fact.unit == "percent" else fact.unit


def source_of(fact: Fact) -> str:
    """Where a fact is from: the document's key with the place in it, or the formula."""
    if fact.source:
        return f"{fact.source}, {fact.locator}" if fact.locator else fact.source
    return f"{fact.id} = {fact.formula}" if fact.formula else fact.id
