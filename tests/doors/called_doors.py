"""Calls public functions with arguments that are spoilt, and says how each call ended."""

from __future__ import annotations

import ast
import dataclasses
import linecache
import math
import signal
import traceback
import warnings
from collections import Counter
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from assessment.evidence.paths import PACKAGE

LONGEST_SECONDS = 10
FEWEST_LETTERS = 25  # of a message that says what is allowed
NAN, INF = math.nan, math.inf
ODD_NUMBERS = (
    NAN,
    INF,
    -INF,
    -1.0,
    0.0,
    -0.0,
    1e308,
    -1e308,
    1e-308,
    5e-324,
    1e9,
    2.5,
    95.0,
    -1e-9,
    10**400,
)
ODD_THINGS = (None, "", "abc", "0.5", True, [], {}, (), [[]], ["a", "b"], [None], [[1.0], [2.0, 3.0]],
              np.zeros((3, 0)), np.ones((2, 3, 2)), np.array(["1", "x"]), 1 + 2j, {"a": NAN}, set(),
              pd.Series([1.0, NAN]), np.array([1, 0]), {"x": "y"}, lambda *_: NAN, [[NAN, 1.0]],
              b"ab")  # fmt: skip


class TooLong(BaseException):
    """A call ran longer than LONGEST_SECONDS; no function can catch it by accident."""


@contextmanager
def limited():
    """Stops what runs longer than LONGEST_SECONDS."""

    def stop(*_):
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(LONGEST_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def spoilt(value, rng: np.random.Generator):
    """``value`` with something wrong about it, or another thing in its place."""
    way = rng.integers(10)
    array = np.asarray(value, object) if not isinstance(value, (dict, str, Path)) else np.empty(0)
    numeric = array.ndim and array.size and all(isinstance(x, (int, float)) for x in array.flat)
    if numeric and way < 6:
        array = array.astype(float)
        if way < 3:  # one number is odd
            array.flat[rng.integers(array.size)] = ODD_NUMBERS[rng.integers(len(ODD_NUMBERS) - 1)]
        elif way == 3:  # one number is missing
            array = array[:-1]
        elif way == 4:  # the axes are turned
            array = array.T if array.ndim > 1 else array[None]
        else:
            with np.errstate(all="ignore"):
                array = array * ODD_NUMBERS[rng.integers(len(ODD_NUMBERS) - 1)]
        return array
    if isinstance(value, pd.DataFrame) and way < 7:
        column = value.columns[rng.integers(len(value.columns))]
        return (
            value.drop(columns=column) if way < 2
            else value.iloc[:0] if way == 2
            else value.iloc[::-1] if way == 3
            else value.assign(**{column: ODD_NUMBERS[rng.integers(10)]})
        )  # fmt: skip
    if isinstance(value, dict) and value and way < 6:
        key = list(value)[rng.integers(len(value))]
        return value | {key: spoilt(value[key], rng)}
    if isinstance(value, (list, tuple)) and value and way < 6:
        place = rng.integers(len(value))
        changed = [spoilt(v, rng) if i == place else v for i, v in enumerate(value)]
        return type(value)(changed)
    odd = ODD_NUMBERS if way < 6 else ODD_THINGS
    return odd[rng.integers(len(odd))]


def spoilt_arguments(valid: dict, rng: np.random.Generator) -> dict:
    """``valid`` with one argument spoilt, sometimes two or all."""
    names = list(valid)
    some = [1, 1, 1, 2, len(names)][rng.integers(5)]
    chosen = rng.choice(len(names), min(some, len(names)), replace=False)
    return valid | {names[i]: spoilt(valid[names[i]], rng) for i in chosen}


def ended(function, arguments: dict, allowed: str = "") -> tuple[str, str]:
    """How a call ended, in a word, and what it gave: number, advice, NaN, infinite, bare or slow.

    ``allowed``: "nan" or "inf" or both, where the function's docstring says that it may return them.
    """
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            with limited():
                found = function(**arguments)
        except TooLong:
            return "slow", "more than 10 s"
        except Exception as fault:
            told = "".join(traceback.format_exception_only(fault)).strip()
            return ("advice" if is_advice(fault) else "bare"), told
    values = np.concatenate([np.zeros(0), *numbers_in(found)])
    if np.isnan(values).any() and "nan" not in allowed:
        return "NaN", repr(found)[:200]
    if np.isinf(values).any() and "inf" not in allowed:
        return "infinite", repr(found)[:200]
    return "number", ""


def is_advice(fault: Exception) -> bool:
    """Whether an error was raised on purpose, by a statement of the package, with a sentence."""
    frame = traceback.extract_tb(fault.__traceback__)[-1]
    ours = PACKAGE in Path(frame.filename).parents
    meant = isinstance(fault, (ValueError, LookupError)) or str(fault).startswith(
        ("fact", "lifelines")
    )
    return (
        ours
        and meant
        and len(str(fault)) >= FEWEST_LETTERS
        and frame.lineno in raised_in(frame.filename)
    )


@cache
def raised_in(file: str) -> set[int]:
    """Lines of ``raise`` statements of a file."""
    tree = ast.parse("".join(linecache.getlines(file)))
    return {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise)
        for line in range(node.lineno, node.end_lineno + 1)
    }


def numbers_in(thing, depth: int = 0) -> list[np.ndarray]:
    """All numbers of a result, flat."""
    if depth > 4 or thing is None or isinstance(thing, (str, bytes)):
        return []
    if isinstance(thing, (bool, int, float, np.number)):
        return [np.atleast_1d(float(thing) if abs(thing) < 1e308 or thing != thing else INF)]
    if isinstance(thing, np.ndarray):
        return [thing.ravel().astype(float)] if thing.dtype.kind in "biuf" else []
    if isinstance(thing, pd.DataFrame):
        return [thing[c].to_numpy(float) for c in thing if thing[c].dtype.kind in "iuf"]
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        parts = [getattr(thing, f.name) for f in dataclasses.fields(thing)]
    elif isinstance(thing, dict):
        parts = list(thing.values())
    elif isinstance(thing, (list, tuple)):
        parts = list(thing)
    else:
        return []
    return [array for part in parts for array in numbers_in(part, depth + 1)]


def called_at_random(doors: dict, calls: int, seed: int, allowed: dict) -> tuple[dict, list]:
    """({door: counts of how its calls ended}, [(door, how, what, arguments) that ended badly]).

    ``doors``: name → (function, arguments with which it works). ``calls``: in all.
    """
    rng = np.random.default_rng(seed)
    counts: dict[str, Counter] = {name: Counter() for name in doors}
    bad = []
    for k in range(calls):
        name = list(doors)[k % len(doors)]
        function, valid = doors[name]
        arguments = spoilt_arguments(valid, rng)
        how, what = ended(function, arguments, allowed.get(name, ""))
        counts[name][how] += 1
        if how not in ("number", "advice"):
            bad.append((name, how, what, {k: v for k, v in arguments.items() if v is not valid[k]}))
    return counts, bad
