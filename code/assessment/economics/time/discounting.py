"""Discounting by year bands, as an official schedule steps. Times in years."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import ONE_LOOSE, TIMES, as_numbers
from assessment.evidence.arguments.object_arguments import made_by, table

LARGEST_PERCENTAGE = 100.0


@dataclass(frozen=True, eq=False)
class Discounting:
    """Annual rates by year band: columns year_from, year_to (empty in the last row), annual_rate.
    See ``discount_factor``.
    """

    schedule: pd.DataFrame

    def __post_init__(self):
        check_schedule(self.schedule)

    def factor(self, years):
        """Present value of one unit after ``years``."""
        return _factor(years, self.schedule)

    @taking(years=TIMES)
    def force(self, years) -> np.ndarray:
        """Continuous rate of discounting ln(1 + annual rate) in force at ``years``."""
        starts = self.schedule["year_from"].to_numpy(float)
        return np.log1p(self.schedule["annual_rate"].to_numpy(float))[
            np.searchsorted(starts, years, side="right") - 1
        ]

    @property
    def steps_years(self) -> tuple[float, ...]:
        """Years at which the rate changes."""
        return tuple(float(y) for y in self.schedule["year_from"] if y > 0)


DISCOUNTING = made_by(Discounting, "constant_discounting()")


def check_schedule(schedule: pd.DataFrame) -> None:
    """Raises ValueError where year bands do not follow one another from year 0, and as ``check_rates``."""
    table("year_from")("discount schedule", schedule)
    if "annual_rate" not in schedule:
        raise ValueError("discount schedule: no column annual_rate, a fraction per year.")
    check_rates(schedule["annual_rate"].to_numpy())
    if "year_to" not in schedule:
        raise ValueError("discount schedule: no column year_to, the last year of each band.")
    starts = schedule["year_from"].to_numpy(float)
    last = [np.nan if x is None else float(x) for x in schedule["year_to"]]
    if starts[0] != 0 or np.any(starts[1:] != np.asarray(last[:-1]) + 1) or last[-1] == last[-1]:
        raise ValueError(
            "discount schedule: bands begin at year 0, each follows the one before, and the last has no"
            f" end; found {starts.tolist()} to {last}."
        )


def check_rates(annual_rates) -> None:
    """Raises ValueError where a rate is negative, missing, or looks like a percentage.

    A rate above LARGEST_PERCENTAGE is let through: it can only mean that nothing counts but the
    beginning, which is a limit that models are tried with.
    """
    rates = as_numbers("discount rates", annual_rates)
    if not np.all((rates >= 0) & ((rates < 1) | (rates > LARGEST_PERCENTAGE)) & np.isfinite(rates)):
        raise ValueError(
            f"discount rates are 0 or more per year, as fractions; found {rates.tolist()}."
            " Write 0.04 for 4 %."
        )


@taking(annual_rate=ONE_LOOSE)
def constant_discounting(annual_rate: float) -> Discounting:
    """The same rate in all years; 0 for none."""
    return Discounting(
        pd.DataFrame({"year_from": [0], "year_to": [None], "annual_rate": [annual_rate]})
    )


def discount_factor(years, schedule: pd.DataFrame):
    """Present value of one unit after ``years`` (number or array): rates step with the year, each
    applied for the years it names.

    Year t is discounted at the rates of years 0 to t − 1, so DF(1) = 1 / (1 + rate of year 0).
    Rundskriv R-109.
    """
    check_schedule(schedule)
    return _factor(years, schedule)


def _factor(years, schedule: pd.DataFrame):
    years = as_numbers("years", years)
    if not np.all(years >= 0):
        raise ValueError(f"time in years is 0 or more; found {np.min(years)}")
    log = np.zeros_like(years)
    for start, last, rate in zip(
        schedule["year_from"], schedule["year_to"], schedule["annual_rate"]
    ):
        end = np.inf if last is None or last != last else last + 1
        log = log + np.clip(years - start, 0, end - start) * math.log1p(rate)
    return np.exp(-log)
