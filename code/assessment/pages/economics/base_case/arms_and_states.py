"""The arms and states that figures of the base case show."""

from __future__ import annotations

from assessment.case.trial.trial import ARMS
from assessment.presentation import theme

STATES = ("progression_free", "progressed")
STATE_COLOURS = [theme.GREEN, theme.PURPLE]  # dark enough for white labels, and no arm's colour

__all__ = ["ARMS", "STATES", "STATE_COLOURS"]
