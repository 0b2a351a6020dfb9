"""What each of several changes did to a result, whatever the order in which they were made: Shapley's
value (Shapley 1953, A value for n-person games).

A change's part is its effect averaged over every order of making the changes one after the other. The
parts add up to the whole effect, changes that do the same get the same, and one that never does
anything gets nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import factorial, sqrt

import numpy as np

LARGEST_EXACT = 7  # changes: 128 sets of them are run
Made = frozenset[str]  # the changes that have been made; the others have not
Values = Mapping[Made, Mapping[str, float]]  # results by name, for each set of changes made


@dataclass(frozen=True)
class Split:
    """``parts``: {change: {result: its part}}, in the results' units; ``errors``: the standard error of
    each part, 0 where every order was counted; ``orders``: how many were.
    """

    parts: Mapping[str, Mapping[str, float]]
    errors: Mapping[str, Mapping[str, float]]
    orders: int


def sampled_orders(changes: Sequence[str], count: int, seed: int) -> tuple[tuple[str, ...], ...]:
    """``count`` orders of the changes at random, each followed by its reverse, which makes parts more
    exact for the same number of runs. ValueError below two pairs: their spread is the error.
    """
    if count < 4 or count % 2:
        raise ValueError(f"an even number of orders, 4 or more; found {count}")
    rng = np.random.default_rng(seed)
    drawn = [tuple(changes[i] for i in rng.permutation(len(changes))) for _ in range(count // 2)]
    return tuple(order for one in drawn for order in (one, one[::-1]))


def subsets(changes: Sequence[str]) -> tuple[Made, ...]:
    """Every set of changes that can have been made, the empty one first."""
    sizes = range(len(changes) + 1)
    return tuple(frozenset(some) for size in sizes for some in combinations(changes, size))


def sets_on_the_way(orders: Iterable[Sequence[str]]) -> tuple[Made, ...]:
    """The sets of changes made that these orders pass through, each once."""
    passed = (frozenset(order[:k]) for order in orders for k in range(len(order) + 1))
    return tuple(dict.fromkeys(passed))


def exact_split(changes: Sequence[str], values: Values) -> Split:
    """Shapley's value by counting every order; ``values`` must hold every set of ``subsets``."""
    count = len(changes)
    parts = {}
    for change in changes:
        others = [one for one in changes if one != change]
        part: dict[str, float] = {}
        for before in subsets(others):
            # the share of all orders in which these, and only these, come before the change
            size = len(before)
            weight = factorial(size) * factorial(count - size - 1) / factorial(count)
            for name, step in _step(values, before, change).items():
                part[name] = part.get(name, 0.0) + weight * step
        parts[change] = part
    errors = {change: dict.fromkeys(part, 0.0) for change, part in parts.items()}
    return Split(parts, errors, factorial(count))


def sampled_split(orders: Sequence[Sequence[str]], values: Values) -> Split:
    """Shapley's value estimated from orders as ``sampled_orders`` gives them: the mean step of each
    change, with the standard error from the spread between pairs of an order and its reverse. The parts
    add up to the whole, since the steps of every order do. ``values`` holds ``sets_on_the_way``.
    """
    steps: dict[str, list[Mapping[str, float]]] = {change: [] for change in orders[0]}
    for order in orders:
        for place, change in enumerate(order):
            steps[change].append(_step(values, frozenset(order[:place]), change))
    parts, errors = {}, {}
    for change, found in steps.items():
        parts[change] = {name: float(np.mean([s[name] for s in found])) for name in found[0]}
        errors[change] = {name: _error([s[name] for s in found]) for name in found[0]}
    return Split(parts, errors, len(orders))


def _step(values: Values, before: Made, change: str) -> dict[str, float]:
    """What making the change does to each result when those before it have been made."""
    after = values[before | {change}]
    return {name: after[name] - value for name, value in values[before].items()}


def _error(steps: Sequence[float]) -> float:
    pairs = np.reshape(steps, (-1, 2)).mean(axis=1)
    return float(np.std(pairs, ddof=1) / sqrt(len(pairs)))


def rounded_parts(parts: Mapping[str, float], total: Decimal, decimals: int) -> dict[str, Decimal]:
    """The parts with so many decimals that add up to ``total`` to the last digit: each is cut off
    below, and the units that are then missing go to those that lost most; a part of nothing stays so.
    """
    unit = Decimal(1).scaleb(-decimals)
    exact = {name: Decimal(repr(float(part))) / unit for name, part in parts.items()}
    found = {name: part // 1 - (part < part // 1) for name, part in exact.items()}
    missing = int(total / unit - sum(found.values()))
    order = sorted((n for n in exact if exact[n]), key=lambda name: found[name] - exact[name])
    for place in range(abs(missing) if order else 0):
        found[order[place % len(order)]] += 1 if missing > 0 else -1
    return {name: Decimal(part) * unit for name, part in found.items()}
