"""T43, T44: units of time, and prices of another year."""

from __future__ import annotations

import numpy as np

from assessment.economics.time.time_grid import MONTH_YEARS, WEEK_YEARS
from assessment.economics.verification.black_box.common_steps import (
    stated_by_model,
)
from assessment.economics.verification.framework.findings import close
from assessment.economics.verification.framework.registry import PRACTICE, verification_test


@verification_test("T43", "Years to months to weeks and back is the identity", PRACTICE)
def units(case):
    """Times taken through all units and back, and the months and weeks of a year."""
    years = np.array([0.25, 1.0, 13.8 / 12, 30.0])
    return [
        close(
            "years → months → weeks → years",
            years / MONTH_YEARS * (MONTH_YEARS / WEEK_YEARS) * WEEK_YEARS,
            years,
        ),
        close("months and weeks in a year", [1 / MONTH_YEARS, 1 / WEEK_YEARS], [12, 52]),
    ]


@verification_test("T44", "Moving a price to another year and back is the identity", PRACTICE)
def price_years(case):
    """What the model states of itself; not applicable where it moves no prices."""
    return stated_by_model(case, "T44", "the model moves no price from one year to another")
