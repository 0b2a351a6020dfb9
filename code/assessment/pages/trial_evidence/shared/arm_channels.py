"""Dashes and marks of the trial's arms, as channels of a chart."""

from __future__ import annotations

import altair as alt

from assessment.case.trial.trial import ARMS
from assessment.presentation import theme


def arm_dashes() -> alt.StrokeDash:
    """The arms' dashes, the same in every picture of curves."""
    scale = alt.Scale(domain=list(ARMS), range=[theme.ARM_DASHES[arm] for arm in ARMS])
    return alt.StrokeDash("arm:N", scale=scale, legend=None)


def arm_shapes() -> alt.Shape:
    """The arms' marks, the same in every picture."""
    scale = alt.Scale(domain=list(ARMS), range=[theme.ARM_SHAPES[arm] for arm in ARMS])
    return alt.Shape("arm:N", scale=scale, legend=None)
