"""Acceptability, convergence and one-way analysis against plain loops."""

import math

import numpy as np
import pytest

from assessment.economics.analysis.acceptability import (
    acceptability,
    convergence,
    population_value,
)
from assessment.economics.analysis.one_way import one_way, two_way
from assessment.economics.analysis.value_of_information import evppi, evppi_table


def test_acceptability_against_a_plain_loop():
    r = np.random.default_rng(5)
    costs, effects = r.normal(5, 1, (3, 400)), r.normal(1, 0.3, (3, 400))
    thresholds = [0, 1.5, 7]
    found = acceptability(costs, effects, thresholds)
    for k, threshold in enumerate(thresholds):
        benefit = [[threshold * effects[s, i] - costs[s, i] for s in range(3)] for i in range(400)]
        assert found.probability[:, k] == pytest.approx(
            [sum(b.index(max(b)) == s for b in benefit) / 400 for s in range(3)]
        )
        means = np.mean(benefit, axis=0)
        assert (
            found.best[k] == np.argmax(means)
            and found.frontier[k] == found.probability[np.argmax(means), k]
        )
        assert found.evpi[k] == pytest.approx(np.mean([max(b) for b in benefit]) - max(means))
    assert found.probability.sum(axis=0) == pytest.approx(1)


def test_acceptability_in_blocks_and_with_ties():
    r = np.random.default_rng(6)
    costs, effects = r.normal(5, 1, (2, 25_001)), r.normal(1, 0.3, (2, 25_001))
    benefit = 3 * effects - costs
    found = acceptability(costs, effects, 3)
    assert found.evpi[0] == pytest.approx(benefit.max(axis=0).mean() - benefit.mean(axis=1).max())
    assert found.probability[0, 0] == pytest.approx(np.mean(benefit[0] > benefit[1]))
    same = acceptability(np.ones((2, 9)), np.ones((2, 9)), [0, 1])
    assert np.all(same.probability == 0.5) and np.all(same.evpi == 0)
    # at 0 the cheapest
    assert acceptability([[1, 1], [2, 2]], [[1, 1], [9, 9]], 0).probability[0, 0] == 1


def test_tornado_brackets_the_base_whatever_the_order():
    def model(v):
        return v["a"] * v["b"] - v["c"]

    base, bounds = (
        {"a": 2.0, "b": 3.0, "c": 1.0},
        {
            "c": (0.0, 2.0),
            "a": (1.0, 4.0),
            "b": (2.5, 3.0),
        },
    )
    table = one_way(model, base, bounds)
    assert table["parameter"].tolist() == ["a", "c", "b"] and table.attrs["base"] == 5
    assert table.loc[0, ["at_low", "at_high"]].tolist() == [2, 11]
    assert one_way(model, base, dict(reversed(bounds.items()))).equals(table)
    grid = two_way(model, base, ("a", np.array([1.0, 2])), ("c", np.array([0.0, 1, 2])))
    assert grid.to_numpy().tolist() == [[3, 2, 1], [6, 5, 4]]


def test_convergence_ends_at_the_mean_with_the_usual_standard_error():
    r = np.random.default_rng(7)
    c, e = r.normal(1000, 100, 5000), r.normal(2, 0.5, 5000)
    table = convergence(c, e, 600)
    last = table.iloc[-1]
    assert last["draws"] == 5000 and last["icer"] == pytest.approx(c.mean() / e.mean())
    assert last["standard_error"] == pytest.approx((600 * e - c).std(ddof=1) / math.sqrt(5000))
    assert population_value(10.0, 60, 3, [1, 0.96, 0.92]) == pytest.approx(600 * 2.88)


@pytest.mark.parametrize(
    "wrong, message",
    [
        (lambda: acceptability(np.ones((2, 0)), np.ones((2, 0)), 1), "at least 2 of each"),
        (
            lambda: acceptability([[1, np.nan], [1, 1]], np.ones((2, 2)), 1),
            "1 of 2 draws are not finite, the first is draw 1",
        ),
        (lambda: acceptability(np.ones((2, 2)), np.ones((2, 2)), -1), "thresholds are 0 or more"),
        (lambda: evppi(np.ones((2, 5)), np.ones((2, 5)), np.ones(4), 1), "have shape"),
        (lambda: evppi(np.ones((2, 2)), np.ones((2, 2)), [1, np.nan], 1), "must be finite"),
        (
            lambda: evppi_table(np.ones((2, 2)), np.ones((2, 2)), {"a": [1, 2]}, 1, {"g": ["b"]}),
            "unknown parameters",
        ),
        (lambda: one_way(lambda v: v["a"], {"a": 1.0}, {"a": (2.0, 3.0)}), "outside its bounds"),
        (lambda: one_way(lambda v: v["a"], {"a": 1.0}, {"b": (2.0, 3.0)}), "does not have"),
        (lambda: one_way(lambda v: 1.0, {"a": 1.0}, {"a": (0.0, 3.0)}), "one result for each"),
    ],
)
def test_bad_input_is_told_with_the_next_step(wrong, message):
    with pytest.raises(ValueError, match=message):
        wrong()
