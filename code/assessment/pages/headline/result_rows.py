"""What a headline result is, and how its value is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from assessment.case.definition import load_case

BASE_SET, NO_SET = load_case().base_set.id, ""
# Units as the file holds them; the page that prints the history shows none of them.
NOK_PER_QALY = "NOK per QALY"  # not translated: a unit of the file
NOK_PER_YEAR = "NOK per year"  # not translated: a unit of the file
NOK_PER_PACK = "NOK per pack"  # not translated: a unit of the file
NOK_PER_PATIENT = "NOK per patient"  # not translated: a unit of the file
# Below this a result, in years, QALYs or NOK, is rounding.
ROUNDING = 1e-12


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
    value; '0' for what rounding leaves of a difference of equals, which is another on each machine.
    """
    if not np.isfinite(value):
        return str(float(value))
    if abs(value) < ROUNDING:
        return "0"
    decimals = 3 - int(np.floor(np.log10(abs(value))))
    rounded = round(float(value), decimals)
    return f"{rounded:.{max(decimals, 0)}f}"


Row = tuple[str, str, float | str]


def rows_of(stem: str, cohort: str, analysis_set: str, rows: Iterable[Row]) -> Iterator[Result]:
    """Results of one cohort and analysis set from (name behind the stem, unit, value)."""
    for name, unit, value in rows:
        shown = value if isinstance(value, str) else float(value)
        yield Result(f"{stem}{name}", cohort, analysis_set, unit, shown)
