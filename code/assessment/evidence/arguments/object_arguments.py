"""Names, objects, functions, folders and randomness that a function is given, checked."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from assessment.evidence.arguments.number_arguments import Reader, numbers, shown


def nearest(name: object, known: Iterable[str]) -> str:
    """A sentence that names the known words, the closest first where one is close."""
    words = [str(word) for word in known]
    given = str(name).casefold().replace("-", "_").replace(" ", "_")
    close = difflib.get_close_matches(given, words, n=1, cutoff=0.4)
    return (f"Did you mean {close[0]!r}? " if close else "") + f"Use one of {', '.join(words)}."


def choice(*allowed: str) -> Reader:
    """A reader of one of some words. Raises ValueError with the nearest for any other."""

    def read(name: str, value: Any) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise ValueError(f"{name}: found {shown(value)}. {nearest(value, allowed)}")
        return value

    return read


def word(name: str, value: Any) -> str:
    """A text that is not empty. Raises ValueError for anything else."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name}: found {shown(value)}. Give a name, as text.")
    return value


def text(name: str, value: Any) -> str:
    """A text, which may be empty. Raises ValueError for anything else."""
    if not isinstance(value, str):
        raise ValueError(f"{name}: found {shown(value)}. Give a text.")
    return value


def words(name: str, value: Any) -> list[str]:
    """Several texts. Raises ValueError for one text alone, and for members that are no text."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise ValueError(f"{name}: found {shown(value)}. Give a list of names.")
    return [word(name, one) for one in value]


def made_by(kind: type | tuple[type, ...], maker: str) -> Reader:
    """A reader of an object of one class. Raises ValueError naming what makes one."""

    def read(name: str, value: Any) -> Any:
        if not isinstance(value, kind):
            raise ValueError(f"{name}: found {shown(value)}. Give what {maker} returns.")
        return value

    return read


def several(one: Reader) -> Reader:
    """A reader of a list whose every member passes ``one``."""

    def read(name: str, value: Any) -> list:
        if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
            raise ValueError(f"{name}: found {shown(value)}. Give a list.")
        return [one(f"{name}, number {i}", member) for i, member in enumerate(value, 1)]

    return read


def named(one: Reader) -> Reader:
    """A reader of a mapping from names to values that pass ``one``, of which there is at least one."""

    def read(name: str, value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping) or not value:
            raise ValueError(f"{name}: found {shown(value)}. Give a mapping from names to values.")
        return {word(f"a name in {name}", k): one(f"{name} of {k}", v) for k, v in value.items()}

    return read


def optional(one: Reader) -> Reader:
    """A reader that lets None pass, and else reads as ``one``."""
    return lambda name, value: None if value is None else one(name, value)


def having(*methods: str, what: str) -> Reader:
    """A reader of any object that has these methods, such as every kind of curve."""

    def read(name: str, value: Any) -> Any:
        if isinstance(value, type) or not all(callable(getattr(value, m, None)) for m in methods):
            raise ValueError(f"{name}: found {shown(value)}. Give {what}.")
        return value

    return read


CURVE = having(
    "cumulative_hazard", what="a curve, such as Weibull(1.2, 14) or the distribution of a fit"
)


def function(name: str, value: Any) -> Any:
    """Something that can be called. Raises ValueError for anything else."""
    if not callable(value):
        raise ValueError(f"{name}: found {shown(value)}. Give a function.")
    return value


def truth(name: str, value: Any) -> bool:
    """True or False. Raises ValueError for anything else, such as the text 'no', which counts as true."""
    if not isinstance(value, (bool, np.bool_)):
        raise ValueError(f"{name}: found {shown(value)}. Give True or False.")
    return bool(value)


def generator(name: str, value: Any) -> np.random.Generator:
    """A generator of random numbers, from one or from a whole number as its seed.

    The same seed gives the same draws. Raises ValueError for anything else.
    """
    if isinstance(value, np.random.Generator):
        return value
    if isinstance(value, (int, np.integer)) and not isinstance(value, bool) and value >= 0:
        return np.random.default_rng(int(value))
    raise ValueError(
        f"{name}: found {shown(value)}. Give a whole number as the seed, e.g. 1, or"
        " numpy.random.default_rng(1)."
    )


def place(name: str, value: Any) -> Path:
    """The path of a file or folder, which need not exist. Raises ValueError for what is no path."""
    if not isinstance(value, (str, Path)) or "\0" in str(value):
        raise ValueError(f"{name}: found {shown(value)}. Give the path of a file or folder.")
    return Path(value)


def file(name: str, value: Any) -> Path:
    """The path of a file that is there. Raises ValueError for anything else."""
    if not (found := place(name, value)).is_file():
        raise ValueError(f"{name}: there is no file {shown(str(value))}. Give the path of one.")
    return found


def day(name: str, value: Any) -> date:
    """A day. Raises ValueError for anything else, such as a date in words."""
    if not isinstance(value, date):
        raise ValueError(
            f"{name}: found {shown(value)}. Give a date, e.g. datetime.date(2026, 1, 31)."
        )
    return value


def table(*columns: str) -> Reader:
    """A reader of a data frame that has these columns, all of finite numbers, the first rising."""

    def read(name: str, value: Any) -> pd.DataFrame:
        if not isinstance(value, pd.DataFrame) or not len(value):
            raise ValueError(f"{name}: found {shown(value)}. Give a data frame with rows.")
        missing = [column for column in columns if column not in value]
        if missing:
            raise ValueError(
                f"{name}: no column {', '.join(missing)}; it has {', '.join(map(str, value.columns))}."
            )
        for i, column in enumerate(columns):
            held = numbers(dims=(1,))(f"{name}, column {column}", value[column].to_numpy())
            if i == 0 and np.any(np.diff(held) <= 0):
                raise ValueError(f"{name}: {column} must rise from row to row. Sort the table.")
        return value

    return read
