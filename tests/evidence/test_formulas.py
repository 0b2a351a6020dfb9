"""Formulas in data: what can be written, what is refused, and trees that a browser can read."""

import json

import numpy as np
import pytest

from assessment.evidence.cells.formulas import (
    OPERATIONS,
    FormulaError,
    evaluate,
    ids_in,
    names_in,
    parse,
    value,
    with_names,
)

KNOWN = {"a": 3.0, "b.c": 2.0, "zero": 0.0}


@pytest.mark.parametrize(
    "formula, expected",
    [
        ("1 + 2 * 3", 7.0),
        ("-(a - b.c) / 4", -0.25),
        ("max(a, b.c, 2.5) - min(a, b.c)", 1.0),
        ("max(a / b.c - 4, 0)", 0.0),
    ],
)
def test_values_by_hand(formula, expected):
    assert evaluate(formula, KNOWN.__getitem__) == expected
    assert set(names_in(parse(formula))) == set(ids_in(formula))


@pytest.mark.parametrize(
    "formula, says",
    [
        ("max(a)", "'max(a)' is not arithmetic"),
        ("max(*a, 1)", "is not arithmetic"),
        ("max(a, 1, key=b)", "is not arithmetic"),
        ("abs(a)", "'abs(a)' is not arithmetic"),
        ("max(a, 1).real", "is not a name"),
        ("True + 1", "'True' is not arithmetic"),
        ("a ** 2", "is not arithmetic"),
        ("a if a else 1", "is not arithmetic"),
        ("'a'", "is not arithmetic"),
        ("a +", "not readable as arithmetic"),
        ("1 / zero", "divides by zero"),
        ("1 / max(zero, zero)", "divides by zero"),
        ("(" * 300 + "1" + ")" * 300, "not readable as arithmetic"),
    ],
)
def test_all_else_is_refused(formula, says):
    with pytest.raises(FormulaError) as fault:
        evaluate(formula, KNOWN.__getitem__)
    assert says in str(fault.value)


def test_arrays_go_through_element_by_element():
    drawn = {"a": np.array([1.0, 5.0]), "b": np.array([4.0, 2.0])}
    assert value(parse("max(a - b, 0) * 2"), drawn.__getitem__).tolist() == [0.0, 6.0]
    assert value(parse("min(a, b, 3)"), drawn.__getitem__).tolist() == [1.0, 2.0]


def test_names_are_replaced_by_names_and_numbers():
    tree = with_names(parse("max(events, 1) * price"), {"events": "events_treated", "price": 2.5})
    assert tree == ("*", ("max", "events_treated", 1), 2.5)


def test_trees_are_text_and_numbers_alone():
    tree = json.loads(json.dumps(parse("-max(a, 2) / (b.c + 1)")))
    assert tree == ["/", ["negative", ["max", "a", 2]], ["+", "b.c", 1]]
    assert {"+", "-", "*", "/", "negative", "max", "min"} == set(OPERATIONS)
