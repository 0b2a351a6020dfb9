"""Integrals to times inside a panel, against numerical integration of the same polynomials and a printed
antiderivative.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad

from assessment.economics.model.adjusted_hazard import Mortality, Waning, cumulative_hazard
from assessment.economics.time.partial_integrals import integral_to, values_at
from assessment.economics.time.quadrature import rule
from assessment.economics.time.time_grid import MONTH_YEARS, continuous_grid, cycle_grid
from assessment.evidence import load_population_table
from assessment.survival.distributions.parametric import Weibull

EDGES = np.array([0.0, 0.3, 1.0, 2.5, 4.0])
TIMES = np.array([0.0, 0.1, 0.3, 0.55, 1.0, 1.7, 2.5, 2.6, 3.9, 4.0])


def at_nodes(f, order=7):
    middle, half = (EDGES[1:] + EDGES[:-1]) / 2, np.diff(EDGES) / 2
    return f(middle[:, None] + half[:, None] * rule(order)[0])


def test_a_cubic_is_integrated_exactly():
    found = integral_to(at_nodes(lambda t: t**3 - t), EDGES, TIMES)
    np.testing.assert_allclose(found, TIMES**4 / 4 - TIMES**2 / 2, atol=1e-13)


def test_a_panel_s_polynomial_is_read_at_any_time():
    several = np.stack([at_nodes(lambda t: t**3 - t), at_nodes(lambda t: 5.0 - t**6)])
    found = values_at(several, EDGES, TIMES)
    np.testing.assert_allclose(found, [TIMES**3 - TIMES, 5.0 - TIMES**6], atol=1e-10)


@pytest.mark.parametrize(
    "f",
    [
        lambda t: (t - 0.5) * (t - 1.8) * (t - 3.1),  # three zeros, in three panels
        lambda t: (t - 1.2) * (t - 2.2) * (3.0 - t),  # two zeros in one panel
        lambda t: t - 9.0,  # never above 0
        lambda t: 1.0 + t,  # always
    ],
)
def test_the_positive_part_is_integrated_between_its_zeros(f):
    found = integral_to(np.stack([at_nodes(f), -at_nodes(f)]), EDGES, TIMES, positive=True)
    for sign, row in zip((1, -1), found):
        exact = [
            quad(lambda t, s=sign: max(s * f(t), 0.0), 0, end, limit=400, epsabs=1e-11)[0]
            for end in TIMES
        ]
        np.testing.assert_allclose(row, exact, atol=2e-7)


def test_cycles_read_the_adjusted_hazard_of_continuous_time():
    """Months on panels of continuous time: as one panel a month has it, with many nodes."""
    table = load_population_table("life-table")
    mortality = Mortality(table, 62.0)
    treated = Weibull(np.array([0.8, 1.3]), np.array([4.0, 9.0]))
    waning = Waning(Weibull(np.array([1.0, 1.1]), np.array([3.0, 7.0])), 2.0, 5.0)
    breaks = (*mortality.breaks_years(30), 2.0, 5.0)
    panels = continuous_grid(30, breaks, panels=48, order=7)
    fine = continuous_grid(30, (*breaks, *np.arange(1, 360) / 12), panels=300, order=12)
    months = cycle_grid(30, MONTH_YEARS, "trapezoid", panels=panels)
    truth = cycle_grid(30, MONTH_YEARS, "trapezoid", panels=fine)
    for fading in (None, waning):
        found, exact = (
            cumulative_hazard(treated, grid, fading, mortality) for grid in (months, truth)
        )
        np.testing.assert_allclose(np.exp(-found), np.exp(-exact), atol=2e-6)


def test_panels_of_another_horizon_are_refused():
    with pytest.raises(ValueError, match="to the same horizon, 20 years"):
        cycle_grid(20, MONTH_YEARS, "trapezoid", panels=continuous_grid(10))
