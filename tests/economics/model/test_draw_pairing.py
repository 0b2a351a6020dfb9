"""Draws paired so that they cross least, against all pairings tried."""

from itertools import permutations

import numpy as np
import pytest

from assessment.economics.model.draw_pairing import crossing_time, least_crossing

T = np.linspace(0, 20, 101)
WEIGHTS = np.gradient(T)


def exponentials(means):
    return np.exp(-T / np.asarray(means)[:, None])


def test_no_pairing_of_few_draws_crosses_less():
    rng = np.random.default_rng(2)
    inner = [exponentials(rng.uniform(1, 6, 6)), exponentials(rng.uniform(1, 3, 6))]
    outer = [exponentials(rng.uniform(2, 7, 6)), exponentials(rng.uniform(2, 7, 6))]
    time = crossing_time(inner, outer, WEIGHTS)
    found = least_crossing(inner, outer, WEIGHTS, rng)
    least = min(sum(time[i, p[i]] for i in range(6)) for p in permutations(range(6)))
    assert sorted(found) == list(range(6))
    assert time[np.arange(6), found].sum() == pytest.approx(least, abs=1e-3)


def test_crossing_time_of_two_exponentials_is_the_difference_of_their_means():
    t = np.linspace(0, 400, 40_001)
    inner, outer = np.exp(-t / 5)[None], np.exp(-t / 3)[None]
    assert crossing_time([inner], [outer], np.gradient(t))[0, 0] == pytest.approx(2, rel=1e-3)
    assert crossing_time([outer], [inner], np.gradient(t))[0, 0] == 0


def test_draws_that_never_cross_stay_paired_at_random():
    inner, outer = [exponentials(np.linspace(1, 2, 300))], [exponentials(np.linspace(5, 9, 300))]
    found = least_crossing(inner, outer, WEIGHTS, np.random.default_rng(1))
    assert abs(np.corrcoef(np.arange(300), found)[0, 1]) < 0.2


def test_as_many_draws_of_one_as_of_the_other():
    with pytest.raises(ValueError, match="give as many"):
        least_crossing([np.ones((2, 3))], [np.ones((3, 3))], np.ones(3), np.random.default_rng(1))
