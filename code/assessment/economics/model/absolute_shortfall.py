"""Severity: the absolute shortfall (absolutt prognosetap), undiscounted, and the stepped discount
schedule.

Ages and times in years, survival medians in months. General population: both sexes together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from assessment.economics.model.population_health import LIFE_TABLE, NORMS, norm_at, remaining_qalys
from assessment.economics.time.time_units import MONTHS_PER_YEAR
from assessment.evidence import load_population_table
from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import ONE_LOOSE, numbers
from assessment.evidence.arguments.object_arguments import made_by, optional, table, truth, word

STEP_YEARS = 1 / 48
LOWEST_UTILITY = -1.0  # no value set goes below


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
        for name in ("median_survival_months", "utility", "shape"):
            ONE_LOOSE(name, getattr(self, name))
        for name in ("cohort", "analysis_set"):
            word(name, getattr(self, name))
        for name in ("age_adjusted", "population_mortality"):
            truth(name, getattr(self, name))
        positive = 0 < self.median_survival_months < np.inf and 0 < self.shape < np.inf
        if not (positive and LOWEST_UTILITY <= self.utility <= 1):
            raise ValueError(
                "median survival and shape must be above 0 and finite, the utility from"
                f" {LOWEST_UTILITY:g} to 1; "
                f"found {self.median_survival_months}, {self.shape}, {self.utility}"
            )


COMPARATOR = made_by(Comparator, "Comparator(…)")


@dataclass(frozen=True)
class ExpectedOutcomes:
    """Undiscounted expectation under the comparator."""

    life_years: float
    qalys: float


@taking(
    comparator=COMPARATOR,
    age=ONE_LOOSE,
    life_table=LIFE_TABLE,
    norms=NORMS,
)
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


@taking(remaining=ONE_LOOSE, on_comparator=ONE_LOOSE)
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


@taking(shortfall=ONE_LOOSE, classes=table("absolute_shortfall_from", "class"))
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


@taking(comparator=optional(COMPARATOR))
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
    for given in np.atleast_1d(numbers(dims=(0, 1), loose=True)("ages", ages)):
        age = int(given) if given % 1 == 0 else given  # as the table prints it
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


@taking(shortfall=ONE_LOOSE, age=ONE_LOOSE, comparator=COMPARATOR)
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
