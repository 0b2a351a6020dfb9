"""Discount factors of the stepped schedule."""

import numpy as np
import pytest

from assessment.economics.time.discounting import discount_factor
from assessment.evidence import load_population_table

LIFE, NORMS, SCHEDULE, CLASSES = (
    load_population_table(n)
    for n in ("life-table", "hrqol-norms", "discount-schedule", "severity-classes")
)


@pytest.mark.parametrize(
    "year, factor",
    [
        (0, 1),
        (1, 0.961538),
        (10, 0.675564),
        (20, 0.456387),
        (40, 0.208289),
        (41, 0.202222),
        (75, 0.074022),
        (76, 0.072571),
    ],
)
def test_discount_factors(year, factor):
    assert discount_factor(year, SCHEDULE) == pytest.approx(factor, abs=6e-7)


def test_discount_factors_take_arrays_and_refuse_the_past():
    found = discount_factor(np.arange(0, 100), SCHEDULE)
    assert found.shape == (100,) and np.all(np.diff(found) < 0)
    with pytest.raises(ValueError):
        discount_factor(-1, SCHEDULE)
