"""Faults put in on purpose: what a fault is, and the two ways of putting one in.

Tests are worth what they catch: a fault that no test noticed would be a hole in them. Faults
change the package or the model only while they are tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

from assessment.economics.verification.framework.model_protocol import Model, StrategyRun


@dataclass(frozen=True)
class Fault:
    """``name``: the fault in words. ``apply(model)``: a context manager that gives the faulty model
    to be tested, and mends everything when it is left.
    """

    name: str
    apply: Callable[[Model], AbstractContextManager[Model]]


@contextmanager
def patched(owner: object, name: str, replacement: Callable[[Any], Any]) -> Iterator[None]:
    """``owner.name`` replaced by ``replacement(what it was)`` until the context is left."""
    right = getattr(owner, name)
    setattr(owner, name, replacement(right))
    try:
        yield
    finally:
        setattr(owner, name, right)


def package_fault(
    name: str, owner: object, attribute: str, replacement: Callable[[Any], Any]
) -> Fault:
    """A fault in the package: ``owner.attribute`` is ``replacement(what it was)``."""

    @contextmanager
    def apply(model: Model) -> Iterator[Model]:
        with patched(owner, attribute, replacement):
            yield model

    return Fault(name, apply)


class _WithRun:
    """A model with another ``run``; all else is the model's own."""

    def __init__(self, model: Model, run: Callable):
        self._model, self.run = model, run

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)


def model_fault(
    name: str,
    changed_inputs: Callable[[Model, Mapping[str, Any]], Mapping[str, Any]] | None = None,
    changed_settings: Callable[[Any], Any] | None = None,
) -> Fault:
    """A fault in the model itself: it runs with other inputs or settings than it was given.

    ``changed_inputs(model, inputs)``: inputs that replace those given. ``changed_settings(settings)``:
    settings in place of those given.
    """

    @contextmanager
    def apply(model: Model) -> Iterator[Model]:
        def run(inputs: Mapping[str, Any], settings: Any) -> Mapping[str, StrategyRun]:
            if changed_inputs is not None:
                inputs = {**inputs, **changed_inputs(model, inputs)}
            return model.run(inputs, changed_settings(settings) if changed_settings else settings)

        yield _WithRun(model, run)

    return Fault(name, apply)
