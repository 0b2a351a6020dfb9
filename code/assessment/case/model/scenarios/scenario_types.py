"""What a scenario is: the base case with one choice changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from assessment.case.model.inputs.settings import Settings


@dataclass(frozen=True)
class Scenario:
    """One change: ``settings`` fields and ``inputs`` values to replace; ``study``: whose
    published values the inputs are.
    """

    id: str
    group: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    inputs: Mapping[str, float] = field(default_factory=dict)
    study: str = ""

    def settings_for(self, cohort: str) -> Settings:
        """The base case's settings with this scenario's change."""
        return replace(Settings(cohort), **self.settings)
