"""Pages of the built site as parameters of tests that open each in a browser: a few of every kind are
looked at by ``make test``, the others by ``make long``.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

# the front page; figures, inputs and tables; curves; a register; a page without a source file
FEW = (
    "index.html",
    "chapters/economics.html",
    "chapters/trial-evidence.html",
    "chapters/sources-norway.html",
    "search.html",
)


def few_now(names: Iterable[str]) -> list:
    """The names as parameters of a test."""
    return [pytest.param(name, marks=of_page(name)) for name in names]


def of_page(name: str) -> tuple[pytest.MarkDecorator, ...]:
    """The marks of a test of this page."""
    return () if name in FEW else (pytest.mark.long,)
