"""The tests there are: each registers itself under its id."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assessment.economics.verification.framework.findings import Finding
from assessment.economics.verification.framework.verification_case import VerificationCase

Check = Callable[[VerificationCase], list[Finding]]


@dataclass(frozen=True)
class VerificationTest:
    """One black-box test.

    ``id``: T01 and so on. ``text``: what it asks. ``source``: whence it is taken. ``check(case)``:
    gives Findings, or raises NotApplicable.
    """

    id: str
    text: str
    source: str
    check: Check


TECH_VER, DASBACH, PRACTICE = "TECH-VER, table 2", "Dasbach and Elbasha 2017", "standard practice"
VERIFICATION_TESTS: dict[str, VerificationTest] = {}


def verification_test(identifier: str, text: str, source: str) -> Callable[[Check], Check]:
    """Registers a function ``check(case)`` → list of Findings under ``identifier``."""

    def register(function: Check) -> Check:
        VERIFICATION_TESTS[identifier] = VerificationTest(identifier, text, source, function)
        return function

    return register
