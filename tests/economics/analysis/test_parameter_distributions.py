"""Distributions against their moments and intervals."""

import math

import numpy as np
import pytest

from assessment.economics.analysis.distribution_types import Fixed, MultivariateNormal
from assessment.economics.analysis.monte_carlo import draw_inputs, run_draws
from assessment.economics.analysis.parameter_distributions import (
    beta,
    beta_from_counts,
    from_interval,
    gamma,
    lognormal,
    lognormal_from_mean,
    normal,
)

INPUTS = {"cost": gamma(100, 20), "utility": beta(0.7, 0.05), "price": Fixed(3.0)}


def small_model(rng, n, shift=0.0):
    v = draw_inputs(INPUTS, rng, n)
    return {
        "net": v["utility"] * 1000 - v["cost"] - v["price"] + shift,
        "both": np.stack([v["cost"], v["utility"]]),
    }


@pytest.mark.parametrize(
    "made, mean, error",
    [
        (beta(0.75, 0.01), 0.75, 0.01),
        (gamma(2612, 522), 2612, 522),
        (normal(-0.3, 0.2), -0.3, 0.2),
        (lognormal_from_mean(5, 2), 5, 2),
        (beta_from_counts(20, 95), 20 / 95, math.sqrt(20 * 75 / 95**2 / 96)),
    ],
)
def test_moments_are_those_asked_for(made, mean, error):
    assert made.mean == pytest.approx(mean) and made.standard_error == pytest.approx(error)
    drawn = made.draw(np.random.default_rng(1), 200_000)
    assert drawn.mean() == pytest.approx(mean, abs=5 * error / math.sqrt(200_000))
    assert drawn.std() == pytest.approx(error, rel=0.02)
    assert np.quantile(drawn, 0.975) == pytest.approx(made.quantile(0.975), abs=0.05 * error)


def test_intervals():
    ratio = lognormal(0.86, 0.56, 1.31)
    assert ratio.quantile(0.5) == pytest.approx(0.86)
    low, high = ratio.interval95()
    assert high / low == pytest.approx(1.31 / 0.56) and low == pytest.approx(0.56, abs=0.01)
    for kind, mean, low, high in (
        ("beta", 0.75, 0.6, 0.87),
        ("gamma", 1000, 500, 1700),
        ("normal", 0.1, -0.2, 0.4),
    ):
        made = from_interval(kind, mean, low, high)
        ends = made.interval95()
        assert made.mean == pytest.approx(mean) and ends[1] - ends[0] == pytest.approx(
            high - low, rel=1e-6
        )


def test_correlation_is_kept():
    covariance = np.array([[0.04, -0.012], [-0.012, 0.01]])
    drawn = MultivariateNormal([0.2, 2.5], covariance).draw(np.random.default_rng(1), 400_000)
    assert np.cov(drawn.T) == pytest.approx(covariance, abs=2e-4) and drawn.mean(
        axis=0
    ) == pytest.approx([0.2, 2.5], abs=2e-3)


@pytest.mark.parametrize(
    "wrong, message",
    [
        (lambda: gamma(-5, 1), r"a gamma \(a cost\) must be above 0"),
        (lambda: beta(1.2, 0.1), "Write fractions: 0.75, not 75"),
        (lambda: beta(0.5, 0.6), "standard error must be below 0.5"),
        (lambda: beta(float("nan"), 0.1), "must lie between"),
        (lambda: beta_from_counts(0, 95), "0 < events < n"),
        (lambda: beta_from_counts(0, 0), "0 < events < n"),
        (lambda: gamma(5, 0), r"use Fixed\(\)"),
        (lambda: normal(float("nan"), 1), "must be finite"),
        (lambda: lognormal(0.9, 1.3, 0.6), "0 < low < value < high"),
        (lambda: lognormal(-0.9, -1.3, 0.6), "0 < low < value < high"),
        (lambda: from_interval("gamma", 5, -1, 10), "a cost is 0 or more"),
        (lambda: from_interval("beta", 0.8, 0.7, 1.2), "between 0 and 1"),
        (lambda: from_interval("beta", 0.5, 0.6, 0.7), "must hold the mean"),
        (lambda: from_interval("poisson", 0.5, 0.4, 0.7), "kind is one of"),
        (lambda: MultivariateNormal([0, 0], [[1, 2], [2, 1]]), "not positive definite"),
        (lambda: MultivariateNormal([0, 0], [[1, 0.2], [0.1, 1]]), "not symmetric"),
        (
            lambda: MultivariateNormal([0, 0], [[1, np.nan], [np.nan, 1]]),
            "Check that the fit converged",
        ),
        (lambda: MultivariateNormal([0, 0, 1], np.eye(2)), "need a covariance matrix of shape"),
        (lambda: normal(0, 1).draw(np.random.default_rng(1), 0), "whole number above 0"),
        (lambda: draw_inputs({"a": 3.0}, np.random.default_rng(1), 5), "without a distribution: a"),
        (lambda: run_draws(small_model, 0, 1), "whole number from 1"),
        (lambda: run_draws(small_model, 10, 1, workers=0), "number of processes"),
        (
            lambda: run_draws(lambda rng, n: {"x": np.ones(n + 1)}, 10, 1),
            "last axis must be the 10 draws",
        ),
    ],
)
def test_bad_input_is_told_with_the_next_step(wrong, message):
    with pytest.raises(ValueError, match=message):
        wrong()
