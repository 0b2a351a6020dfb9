"""Value of information against closed forms and repeated runs."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from scipy.stats import norm, qmc

from assessment.economics.analysis.acceptability import (
    acceptability,
)
from assessment.economics.analysis.value_of_information import evppi, evppi_table, evsi

N = NormalDist()


def unit_normal_loss(mean, sd):
    """E max(X, 0) − max(E X, 0) for a normal X."""
    return sd * N.pdf(mean / sd) + mean * N.cdf(mean / sd) - max(mean, 0)


def two_parameters(draws=2**16):
    """Net benefit p1 − p2 against 0 with p1 ~ N(1, 1), p2 ~ N(0, 2): the worked example of the R
    package voi.
    """
    u = norm.ppf(qmc.Sobol(2, seed=4).random(draws))
    p1, p2 = 1 + u[:, 0], 2 * u[:, 1]
    effects, costs = np.stack([np.zeros(draws), p1]), np.stack([np.zeros(draws), p2])
    return p1, p2, costs, effects


def test_evpi_and_evppi_of_the_worked_example():
    p1, p2, costs, effects = two_parameters()
    assert unit_normal_loss(1, math.sqrt(5)) == pytest.approx(0.479811, abs=1e-6)
    assert acceptability(costs, effects, 1).evpi[0] == pytest.approx(0.479811, abs=3e-4)
    assert evppi(costs, effects, p1, 1).value[0] == pytest.approx(0.083315, abs=3e-4)
    assert evppi(costs, effects, p2, 1).value[0] == pytest.approx(0.395593, abs=3e-4)
    assert evppi(costs, effects, np.stack([p1, p2], axis=1), 1).value[0] == pytest.approx(
        0.479811, abs=3e-4
    )


def test_a_curved_relation_is_found():
    r = np.random.default_rng(2)
    x, noise = r.normal(size=200_000), r.normal(size=200_000)
    effects = np.stack([np.zeros_like(x), np.exp(x) - 1.2 + noise])
    exact = (
        math.exp(0.5) * N.cdf(1 - math.log(1.2))
        - 1.2 * N.cdf(-math.log(1.2))
        - (math.exp(0.5) - 1.2)
    )
    found = evppi(np.zeros_like(effects), effects, x, 1)
    assert abs(found.value[0] - exact) < 3 * found.standard_error[0] < 0.02


def test_the_standard_error_is_that_of_repeated_runs():
    values, errors = [], []
    for seed in range(60):
        r = np.random.default_rng(seed)
        p1, p2 = r.normal(1, 1, 2000), r.normal(0, 2, 2000)
        found = evppi(np.stack([0 * p2, p2]), np.stack([0 * p1, p1]), p2, 1)
        values.append(found.value[0]), errors.append(found.standard_error[0])
    assert 0.6 < np.mean(errors) / np.std(values) < 1.6
    assert np.mean(values) == pytest.approx(0.395593, abs=4 * np.std(values) / math.sqrt(60) + 0.01)


def test_an_irrelevant_and_a_constant_parameter_are_worth_nothing():
    _, _, costs, effects = two_parameters(2**12)
    assert evppi(costs, effects, np.random.default_rng(1).normal(size=2**12), 1).value[0] == 0
    assert evppi(costs, effects, np.full(2**12, 3.0), 1).value[0] == 0


def test_evsi_of_a_normal_study():
    patients, sd = 10, 3.0
    u = norm.ppf(qmc.Sobol(3, seed=4).random(2**16))
    p1, p2 = 1 + u[:, 0], 2 * u[:, 1]
    means = p1 + sd / math.sqrt(patients) * u[:, 2]
    learned = math.sqrt(1 / (1 + sd**2 / patients))
    found = evsi(np.stack([0 * p2, p2]), np.stack([0 * p1, p1]), means, 1)
    assert found.value[0] == pytest.approx(unit_normal_loss(1, learned), abs=3e-4)


def test_evppi_table_orders_by_name_and_threshold():
    p1, p2, costs, effects = two_parameters(2**13)
    table = evppi_table(
        costs,
        effects,
        {"effect": p1, "price": p2, "same price": p2},
        [0.5, 1],
        {"both": ["effect", "price", "same price"]},
    )
    wide = table.pivot(index="parameter", columns="threshold", values="evppi")
    evpi = acceptability(costs, effects, [0.5, 1]).evpi
    assert np.all(wide.loc["both"] >= wide.loc["price"]) and np.all(wide >= 0)
    assert wide.loc["both"].to_numpy() == pytest.approx(evpi, abs=5e-3)
