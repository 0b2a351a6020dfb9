"""Whatever a public function is given, it answers with a number or says what is allowed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from assessment import economics, evidence, survival

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
from all_doors import ALLOWED, MADE, ROOMS, doors_of
from called_doors import called_at_random, ended, is_advice
from described_doors import undescribed

CALLS = {
    "survival": 900,
    "economics": 900,
    "evidence": 300,
}  # ten thousand in benchmarks/public_calls.py


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_function_is_called(room):
    assert undescribed({"survival": survival, "economics": economics, "evidence": evidence}[room],
                       ROOMS[room](), MADE) == []  # fmt: skip


@pytest.mark.parametrize("room", ROOMS)
def test_good_arguments_give_numbers(room):
    for name, (function, arguments) in doors_of(room).items():
        assert ended(function, arguments, ALLOWED.get(name, ""))[0] == "number", name


@pytest.mark.parametrize("room", ROOMS)
def test_odd_arguments_give_numbers_or_advice(room):
    counts, bad = called_at_random(doors_of(room), CALLS[room], seed=19, allowed=ALLOWED)
    assert bad == []
    assert all(sum(count.values()) > 0 for count in counts.values())


def test_what_is_no_advice_is_seen():
    """The fuzz tells numbers, advice, silent NaN and faults of other programs apart."""
    assert ended(lambda x: 1 / x, {"x": 0})[0] == "bare"
    assert ended(lambda x: x, {"x": float("nan")})[0] == "NaN"
    assert ended(lambda x: x, {"x": float("inf")})[0] == "infinite"
    assert ended(survival.wilson, {"events": 3, "n": 2})[0] == "advice"
    assert not is_advice(_raised_elsewhere())


def _raised_elsewhere() -> Exception:
    try:
        raise ValueError("a sentence that is long enough, raised outside of the package")
    except ValueError as fault:
        return fault
