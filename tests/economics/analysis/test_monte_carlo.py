"""Runs in chunks do not depend on who runs them."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import pytest

from assessment.economics.analysis import parameter_distributions
from assessment.economics.analysis.distribution_types import Fixed
from assessment.economics.analysis.monte_carlo import chunks, draw_inputs, run_draws
from assessment.economics.analysis.parameter_distributions import (
    beta,
    gamma,
)

INPUTS = {"cost": gamma(100, 20), "utility": beta(0.7, 0.05), "price": Fixed(3.0)}


def small_model(rng, n, shift=0.0):
    v = draw_inputs(INPUTS, rng, n)
    return {
        "net": v["utility"] * 1000 - v["cost"] - v["price"] + shift,
        "both": np.stack([v["cost"], v["utility"]]),
    }


def test_results_do_not_depend_on_who_runs_them():
    alone = run_draws(small_model, 1050, 7, chunk_draws=100)
    assert alone["net"].shape == (1050,) and alone["both"].shape == (2, 1050)
    with ThreadPoolExecutor(3) as pool:
        threads = run_draws(small_model, 1050, 7, pool.map, 100)
    processes = run_draws(partial(small_model, shift=0.0), 1050, 7, 2, 100)
    backwards = run_draws(
        small_model, 1050, 7, lambda f, jobs: reversed([f(j) for j in reversed(jobs)]), 100
    )
    for other in (threads, processes, backwards):
        assert all(np.array_equal(alone[name], other[name]) for name in alone)
    assert np.array_equal(run_draws(small_model, 1050, 7, chunk_draws=100)["net"], alone["net"])
    assert np.array_equal(
        run_draws(small_model, 2000, 7, chunk_draws=100)["net"][:1000], alone["net"][:1000]
    )
    by_spawn = np.random.SeedSequence(7).spawn(11)[3]
    assert np.array_equal(
        small_model(np.random.default_rng(by_spawn), 100)["net"], alone["net"][300:400]
    )
    assert not np.array_equal(run_draws(small_model, 1050, 8, chunk_draws=100)["net"], alone["net"])


def test_chunks_have_streams_of_their_own_and_progress_is_told():
    told = []
    drawn = run_draws(
        small_model, 1000, 7, chunk_draws=100, progress=lambda done, of: told.append((done, of))
    )["net"].reshape(10, 100)
    assert len(np.unique(drawn)) == 1000 and told[-1] == (10, 10) and len(told) == 10
    assert chunks(250, 100) == [(0, 100), (1, 100), (2, 50)]
    assert parameter_distributions.beta(0.7, 0.05).mean == pytest.approx(0.7)
