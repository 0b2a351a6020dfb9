"""What a headline result is, and how its value is written."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

BASE_SET, NO_SET = "publication", ""


@dataclass(frozen=True)
class Result:
    """One result: its name, cohort and analysis set ('' where it has none), unit, and value, a
    number or a word ('none', 'yes').
    """

    result: str
    cohort: str
    analysis_set: str
    unit: str
    value: float | str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.result, self.cohort, self.analysis_set

    @property
    def text(self) -> str:
        """The value as the file holds it: four significant digits, or the word."""
        return self.value if isinstance(self.value, str) else four_digits(self.value)


def four_digits(value: float) -> str:
    """Four significant digits without an exponent: 4069700.24 → '4070000'; 'nan' where there is no
    value.
    """
    if not np.isfinite(value):
        return str(float(value))
    if value == 0:
        return "0"
    decimals = 3 - int(np.floor(np.log10(abs(value))))
    rounded = round(float(value), decimals)
    return f"{rounded:.{max(decimals, 0)}f}"
