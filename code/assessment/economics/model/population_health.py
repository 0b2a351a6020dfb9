"""Remaining life years and QALYs of the general population, both sexes together. Ages in years."""

from __future__ import annotations

import numpy as np
import pandas as pd

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import number, numbers
from assessment.evidence.arguments.object_arguments import table

LIFE_TABLE, NORMS = table("age", "death_probability"), table("age_from", "age_to", "utility")


@taking(age=numbers(0), norms=NORMS)
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


@taking(age=number(), life_table=LIFE_TABLE, norms=NORMS)
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
