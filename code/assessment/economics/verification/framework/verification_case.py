"""A model under test, with the runs that several tests share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from assessment.economics.analysis.distribution_types import Fixed
from assessment.economics.analysis.monte_carlo import draw_inputs
from assessment.economics.verification.framework.findings import NotApplicable
from assessment.economics.verification.framework.model_protocol import Model, StrategyRun


class VerificationCase:
    """A model under test: runs it with changes and keeps what several tests need.

    ``draws``, ``seed``: of the tests on draws of all inputs. ``strategies``: those of the base
    settings, in their order.
    """

    def __init__(self, model: Model, draws: int = 200, seed: int = 20261125):
        self.model, self.draws, self.seed = model, draws, seed
        self.strategies = tuple(model.settings.strategies)
        self._kept: dict[str, Any] = {}

    def run(
        self, changed: Mapping[str, Any] | None = None, **settings
    ) -> Mapping[str, StrategyRun]:
        """Results with some inputs and settings changed.

        ``changed``: input → value in place of the base value. ``settings``: fields of the settings.
        ValueError for an input that the model does not have.
        """
        unknown = set(changed or {}) - set(self.model.inputs)
        if unknown:
            raise ValueError(
                f"{self.model.name} has no input {', '.join(sorted(unknown))}; its roles name"
                " inputs that are not there"
            )
        return self.model.run(
            {**self.model.inputs, **(changed or {})}, replace(self.model.settings, **settings)
        )

    def run_all(self, inputs: Mapping[str, Any], **settings) -> Mapping[str, StrategyRun]:
        """Results with all inputs given, and some settings changed."""
        return self.model.run(inputs, replace(self.model.settings, **settings))

    @property
    def base(self) -> Mapping[str, StrategyRun]:
        """Results of the base case."""
        return self.remember("base", self.run)

    @property
    def psa(self) -> tuple[Mapping[str, np.ndarray], Mapping[str, StrategyRun]]:
        """(draws of all inputs, results)."""
        inputs = self.remember("drawn", lambda: self.drawn(self.seed))
        return inputs, self.remember("psa", lambda: self.run_all(inputs))

    def drawn(self, seed: int) -> Mapping[str, np.ndarray]:
        """Draws of all inputs, (draws,) each; NotApplicable where the model has no distributions."""
        rng = np.random.default_rng(seed)
        if hasattr(self.model, "draw"):
            return self.model.draw(rng, self.draws)
        own = self.need("distributions", "no distributions of inputs are given")
        return draw_inputs(
            {n: own.get(n, Fixed(v)) for n, v in self.model.inputs.items()}, rng, self.draws
        )

    def need(self, name: str, reason: str) -> Any:
        """An optional part of the model; NotApplicable with the reason where it is not there."""
        part = getattr(self.model, name, None)
        if part is None:
            raise NotApplicable(reason)
        return part

    def role(self, name: str, reason: str) -> Any:
        """Inputs of a role; NotApplicable with the reason where the model has none."""
        inputs = getattr(self.model.roles, name)
        if not inputs:
            raise NotApplicable(reason)
        return inputs

    def remember(self, name: str, make: Callable[[], Any]) -> Any:
        """What ``make()`` gave when ``name`` was first asked for."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]
