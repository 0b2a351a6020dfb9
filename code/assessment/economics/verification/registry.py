"""The tests there are: each registers itself under its id."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Test:
    """One test of the battery: id, what it asks, whence it is taken, and the function that answers
    with Findings.
    """

    id: str
    text: str
    source: str
    check: Callable


TECH_VER, DASBACH, PRACTICE = "TECH-VER, table 2", "Dasbach and Elbasha 2017", "standard practice"


BATTERY: dict[str, Test] = {}


def test(identifier: str, text: str, source: str):
    """Registers a function ``check(case)`` → list of Findings."""

    def register(function):
        BATTERY[identifier] = Test(identifier, text, source, function)
        return function

    return register


test.__test__ = Test.__test__ = False  # names that a test runner would otherwise collect
