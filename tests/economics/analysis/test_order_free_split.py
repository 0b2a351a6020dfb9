"""Shapley's value against its axioms, against an average written out over every order, and against the
glove game (Shapley 1953; Osborne & Rubinstein 1994, A Course in Game Theory, example 292.1).
"""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import numpy as np
import pytest

from assessment.economics.analysis.order_free_split import (
    exact_split,
    rounded_parts,
    sampled_orders,
    sampled_split,
    sets_on_the_way,
    subsets,
)

NAMES = ("a", "b", "c", "d")


def game(names, seed):
    """Any game: a number at random for each set."""
    rng = np.random.default_rng(seed)
    return {made: {"x": float(rng.normal()), "y": float(rng.normal())} for made in subsets(names)}


def by_brute_force(names, values, outcome):
    """The mean step of each over all orders, one after the other."""
    steps = {name: [] for name in names}
    for order in permutations(names):
        made = frozenset()
        for name in order:
            steps[name].append(values[made | {name}][outcome] - values[made][outcome])
            made |= {name}
    return {name: sum(found) / len(found) for name, found in steps.items()}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_it_is_the_mean_over_every_order(seed, count):
    names = NAMES[:count]
    values = game(names, seed)
    parts = exact_split(names, values).parts
    for outcome in ("x", "y"):
        expected = by_brute_force(names, values, outcome)
        assert {n: parts[n][outcome] for n in names} == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(5))
def test_parts_add_up_to_the_whole(seed):
    values = game(NAMES, seed)
    parts = exact_split(NAMES, values).parts
    whole = values[frozenset(NAMES)]["x"] - values[frozenset()]["x"]
    assert sum(part["x"] for part in parts.values()) == pytest.approx(whole)


def test_what_does_nothing_gets_nothing_and_alike_get_the_same():
    values = {
        made: {"x": 10.0 * ("a" in made) * ("b" in made) + 3.0 * ("c" in made)}
        for made in subsets(NAMES)
    }
    parts = {name: part["x"] for name, part in exact_split(NAMES, values).parts.items()}
    assert parts == pytest.approx({"a": 5.0, "b": 5.0, "c": 3.0, "d": 0.0}, abs=1e-12)
    assert parts["d"] == 0.0


def test_the_glove_game():
    """One left glove and two right ones, a pair worth 1: 2/3 for the left, 1/6 for each right one."""
    values = {
        made: {"x": float("a" in made and bool(made & {"b", "c"}))} for made in subsets(NAMES[:3])
    }
    parts = {n: p["x"] for n, p in exact_split(NAMES[:3], values).parts.items()}
    assert parts == pytest.approx({"a": 2 / 3, "b": 1 / 6, "c": 1 / 6})


def test_drawn_orders_add_up_and_come_near_with_the_error_they_state():
    names = tuple("abcdefgh")
    values = game(names, 3)
    exact = exact_split(names, values).parts
    orders = sampled_orders(names, 400, 1)
    assert set(sets_on_the_way(orders)) <= values.keys()
    found = sampled_split(orders, values)
    whole = values[frozenset(names)]["x"] - values[frozenset()]["x"]
    assert sum(part["x"] for part in found.parts.values()) == pytest.approx(whole)
    off = [(found.parts[n]["x"] - exact[n]["x"]) / found.errors[n]["x"] for n in names]
    assert max(map(abs, off)) < 4 and found.orders == 400


def test_orders_come_in_pairs():
    orders = sampled_orders(NAMES, 6, 2)
    assert all(orders[k + 1] == orders[k][::-1] for k in (0, 2, 4))
    assert orders == sampled_orders(NAMES, 6, 2)
    for count in (2, 5):
        with pytest.raises(ValueError, match="even number of orders"):
            sampled_orders(NAMES, count, 1)


@pytest.mark.parametrize("seed", range(20))
def test_rounded_parts_add_up_to_the_last_digit(seed):
    rng = np.random.default_rng(seed)
    parts = {name: float(part) for name, part in zip("abcde", rng.normal(size=5) * 100)}
    parts["nothing"] = 0.0
    total = Decimal(repr(sum(parts.values()))).quantize(Decimal("0.01"))
    found = rounded_parts(parts, total, 2)
    assert sum(found.values()) == total and found["nothing"] == 0
    assert all(abs(float(found[name]) - part) < 0.011 for name, part in parts.items())
