"""Severity: the absolute shortfall (absolutt prognosetap), undiscounted, and the stepped discount
schedule.

Ages and times in years, survival medians in months. General population: both sexes together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from assessment.economics.time.time_units import MONTHS_PER_YEAR
from assessment.evidence import load_population_table

STEP_YEARS = 1 / 48
LOWEST_UTILITY = -1.0  # no value set goes below


def norm_at(age, norms: pd.DataFrame) -> np.ndarray:
    """Mean utility of the general population at ``age`` (number or array, years). ValueError
    outside the bands.
    """
    age = np.atleast_1d(np.asarray(age, float))
    starts = norms["age_from"].to_numpy(float)
    if age.min() < starts[0] or age.max() >= norms["age_to"].max() + 1:
        raise ValueError(
            f"utility norms cover ages {starts[0]:g} to {norms['age_to'].max():g}; asked for"
            f" {age.min():g} to {age.max():g}"
        )
    return norms["utility"].to_numpy(float)[np.searchsorted(starts, age, side="right") - 1]


def remaining_qalys(age: int, life_table: pd.DataFrame, norms: pd.DataFrame) -> tuple[float, float]:
    """Remaining life years and QALYs at a whole age, by Sullivan's method, undiscounted.

    L(x) = (l(x) + l(x+1)) / 2 person-years are lived at age x; QALYs weight each by the utility
    norm at that age.
    """
    table = life_table[life_table["age"] >= age]
    if table.empty or table["age"].iloc[0] != age:
        raise ValueError(
            f"the life table covers ages {life_table['age'].min()} to {life_table['age'].max()};"
            f" asked for {age}"
        )
    alive = np.concatenate([[1.0], np.cumprod(1 - table["death_probability"].to_numpy(float))])
    lived = (alive[:-1] + alive[1:]) / 2
    return float(lived.sum()), float((lived * norm_at(table["age"], norms)).sum())


@dataclass(frozen=True)
class Comparator:
    """What is assumed of patients on the comparator: change one thing with ``dataclasses.replace``.

    ``shape`` is that of a Weibull curve through the median: 1 is exponential, below 1 has the
    longer tail. ``age_adjusted`` lets the utility fall with age as the population norm does
    (multiplicative, as the agency's tool asks).
    """

    cohort: str
    analysis_set: str
    median_survival_months: float
    utility: float
    shape: float = 1.0
    age_adjusted: bool = True
    population_mortality: bool = True

    def __post_init__(self):
        positive = 0 < self.median_survival_months < np.inf and 0 < self.shape < np.inf
        if not (positive and LOWEST_UTILITY <= self.utility <= 1):
            raise ValueError(
                "median survival and shape must be above 0 and finite, the utility from"
                f" {LOWEST_UTILITY:g} to 1; "
                f"found {self.median_survival_months}, {self.shape}, {self.utility}"
            )


@dataclass(frozen=True)
class ExpectedOutcomes:
    """Undiscounted expectation under the comparator."""

    life_years: float
    qalys: float


def expected_outcomes(
    comparator: Comparator, age: float, life_table: pd.DataFrame, norms: pd.DataFrame
) -> ExpectedOutcomes:
    """Life years and QALYs from ``age`` under the comparator: the areas under its survival curve.

    Survival is Weibull through the median, H(t) = ln 2 (t / median)^shape; the hazard is never
    below that of the general population. Areas by the trapezoid rule in steps of STEP_YEARS to the
    end of the life table. ValueError for an age that the life table does not hold.
    """
    first, last = life_table["age"].min(), life_table["age"].max()
    if not first <= age <= last:
        raise ValueError(f"the life table covers ages {first} to {last}; asked for {age}")
    t = np.arange(0, life_table["age"].max() + 1 - age + STEP_YEARS / 2, STEP_YEARS)
    hazard = np.diff(
        math.log(2) * (t * MONTHS_PER_YEAR / comparator.median_survival_months) ** comparator.shape
    )
    if comparator.population_mortality:
        dying = np.clip(life_table["death_probability"].to_numpy(float), None, 1 - 1e-9)
        rows = np.floor(age + t[:-1]).astype(int) - int(life_table["age"].min())
        hazard = np.maximum(
            hazard, -np.log1p(-dying[np.clip(rows, 0, len(dying) - 1)]) * STEP_YEARS
        )
    alive = np.exp(-np.concatenate([[0.0], np.cumsum(hazard)]))
    lived = (alive[:-1] + alive[1:]) / 2 * STEP_YEARS
    weight = (
        norm_at(age + t[:-1] + STEP_YEARS / 2, norms) / norm_at(age, norms)
        if comparator.age_adjusted
        else np.ones_like(lived)
    )
    return ExpectedOutcomes(float(lived.sum()), float((lived * weight).sum() * comparator.utility))


def absolute_shortfall(remaining: float, on_comparator: float) -> float:
    """QALYs lost: remaining QALYs without the disease less QALYs on the comparator, two decimals,
    never below 0.

    The agency's guideline of 2018, appendix 4; rounding as in its tool. Both undiscounted. ValueError
    where one is not finite: a missing number must not become the least severe.
    """
    if not (math.isfinite(remaining) and math.isfinite(on_comparator)):
        raise ValueError(
            f"an absolute shortfall needs two numbers of QALYs; found {remaining} and {on_comparator}"
        )
    return max(0.0, round(remaining - on_comparator, 2))


def severity_class(shortfall: float, classes: pd.DataFrame) -> int:
    """Class of an absolute shortfall in QALYs, in the proposal of the Magnussen group."""
    if not 0 <= shortfall < np.inf:
        raise ValueError(f"an absolute shortfall is 0 or more and finite; found {shortfall}")
    return int(
        classes["class"].iloc[
            int(
                np.searchsorted(
                    classes["absolute_shortfall_from"].to_numpy(float), shortfall, side="right"
                )
            )
            - 1
        ]
    )


def _printed_remaining(age, table: pd.DataFrame):
    """Remaining QALYs of the published table at a whole age; ValueError for an age it does not hold."""
    printed = table.set_index("age")["remaining_qalys"]
    if age not in printed.index:
        raise ValueError(
            f"remaining QALYs are published for whole ages {printed.index.min()} to"
            f" {printed.index.max()}; asked for {age}"
        )
    return printed[age]


def shortfall_by_age(comparator: Comparator | None, ages) -> pd.DataFrame:
    """One row per age: remaining QALYs (published table), comparator's life years and QALYs, shortfall
    and class.

    ``comparator`` None stands for nobody gaining a single QALY on it: the largest shortfall there
    can be.
    """
    life_table, norms, table, classes = (
        load_population_table(n)
        for n in ("life-table", "hrqol-norms", "remaining-qalys", "severity-classes")
    )
    rows = []
    for age in ages:
        remaining = _printed_remaining(age, table)
        on = (
            expected_outcomes(comparator, age, life_table, norms)
            if comparator
            else ExpectedOutcomes(0.0, 0.0)
        )
        shortfall = absolute_shortfall(remaining, on.qalys)
        rows.append(
            (
                age,
                remaining,
                on.life_years,
                on.qalys,
                shortfall,
                severity_class(shortfall, classes),
            )
        )
    return pd.DataFrame(
        rows,
        columns=["age", "remaining_qalys", "life_years", "comparator_qalys", "shortfall", "class"],
    )


def check_against_published() -> pd.DataFrame:
    """Remaining life years and QALYs at each age of the published table: theirs, ours, and the difference."""
    life_table, norms, table = (
        load_population_table(n) for n in ("life-table", "hrqol-norms", "remaining-qalys")
    )
    ours = [remaining_qalys(int(a), life_table, norms) for a in table["age"]]
    frame = table.assign(our_life_years=[x[0] for x in ours], our_qalys=[x[1] for x in ours])
    return frame.assign(
        difference=frame["our_qalys"] - frame["remaining_qalys"],
        life_year_difference=frame["our_life_years"] - frame["remaining_life_years"],
    )


def median_at_shortfall(shortfall: float, age: int, comparator: Comparator) -> float | None:
    """Median survival in months at which the comparator's patients lose exactly ``shortfall``; None
    if no median does. ValueError for a shortfall that is not finite or below 0, and an age without
    published remaining QALYs.
    """
    if not 0 <= shortfall < np.inf:
        raise ValueError(f"an absolute shortfall is 0 or more and finite; found {shortfall}")
    life_table, norms, table = (
        load_population_table(n) for n in ("life-table", "hrqol-norms", "remaining-qalys")
    )
    wanted = float(_printed_remaining(age, table)) - shortfall

    def gained(months):
        return (
            expected_outcomes(
                replace(comparator, median_survival_months=months), age, life_table, norms
            ).qalys
            - wanted
        )

    low, high = 0.01, 1200.0
    if gained(low) > 0 or gained(high) < 0:
        return None
    while high - low > 0.01:
        middle = (low + high) / 2
        low, high = (low, middle) if gained(middle) > 0 else (middle, high)
    return (low + high) / 2
