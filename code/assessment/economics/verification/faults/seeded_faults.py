"""Faults put in on purpose, each with the tests that notice it.

Tests are worth what they catch: a fault that no test noticed would be a hole in them. Faults
change the package or the model only while they are tried.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """``apply(model)`` is a context manager that gives the model to be tested."""

    name: str
    apply: Callable


FAULTS: list[Fault] = []


def fault(name: str):
    def register(function):
        FAULTS.append(Fault(name, contextmanager(function)))
        return function

    return register


@contextmanager
def patched(owner, name, value):
    right = getattr(owner, name)
    setattr(owner, name, value(right))
    try:
        yield
    finally:
        setattr(owner, name, right)


def replaced_attribute(name, owner, attribute, value):
    """A fault that replaces ``owner.attribute`` by ``value(what it was)``."""

    @fault(name)
    def apply(model):
        with patched(owner, attribute, value):
            yield model


class _Wrapped:
    """A model whose runs are changed by ``around(run)``; all else is the model's own."""

    def __init__(self, model, around):
        self._model, self.run = model, around(model.run)

    def __getattr__(self, name):
        return getattr(self._model, name)


def changed_runs(name, around):
    """A fault in the model itself: ``around(model)`` gives run → run."""

    @fault(name)
    def apply(model):
        yield _Wrapped(model, around(model))
