"""The tests there are: each registers itself under its id."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class VerificationTest:
    """One black-box test: id, what it asks, whence it is taken, and the function that answers
    with Findings.
    """

    id: str
    text: str
    source: str
    check: Callable


TECH_VER, DASBACH, PRACTICE = "TECH-VER, table 2", "Dasbach and Elbasha 2017", "standard practice"
VERIFICATION_TESTS: dict[str, VerificationTest] = {}


def verification_test(identifier: str, text: str, source: str):
    """Registers a function ``check(case)`` → list of Findings."""

    def register(function):
        VERIFICATION_TESTS[identifier] = VerificationTest(identifier, text, source, function)
        return function

    return register
