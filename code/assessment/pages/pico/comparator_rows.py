"""Rows of point and interval, one panel per network: what the forest and the control arms share."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import pandas as pd

from assessment.case.trial.trial import ARMS
from assessment.pages.pico.pico_words import NETWORKS
from assessment.presentation import theme
from assessment.presentation.language import _

# Kind of row → colour and shape; placebo as an arm of its own is orange, as everywhere.
KINDS = {
    "cabozantinib": (theme.ARM_COLOURS[ARMS[0]], "circle"),
    "placebo": (theme.ARM_COLOURS[ARMS[1]], "square"),
    "linked": (theme.INK, "circle"),
    "apart": (theme.GREY, "diamond"),
}


def rows_chart(
    data: pd.DataFrame, width: int, x: alt.X, title: str, rule: float | None = None
) -> alt.LayerChart | alt.FacetChart:
    """Rows of point and interval, the name above on the left and the value on the right.

    ``data`` has columns order, name, label, kind (one of KINDS), value, low and high; ``rule`` is
    where a line stands from top to bottom.
    """
    y = alt.Y("order:O", axis=None)
    kinds, colours = list(KINDS), [colour for colour, _shape in KINDS.values()]
    shapes = [shape for _colour, shape in KINDS.values()]
    colour = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=colours), legend=None)
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=shapes), legend=None)
    tooltip = [alt.Tooltip("name:N", title=_("Trial")), alt.Tooltip("label:N", title=title)]
    base = alt.Chart(data).encode(y=y)
    with_value = base.transform_filter("isValid(datum.value)")
    intervals = (
        with_value.transform_filter("isValid(datum.low)")
        .mark_rule(strokeWidth=2, clip=True)
        .encode(x=alt.X("low:Q"), x2="high:Q", color=colour)
    )
    points = with_value.mark_point(filled=True, size=85, opacity=1).encode(
        x=x, color=colour, shape=shape, tooltip=tooltip
    )
    names = base.mark_text(align="left", dy=-17, fontWeight=600).encode(
        x=alt.value(0), text="name:N"
    )
    values = base.mark_text(align="right").encode(x=alt.value(width), text="label:N")
    layers = [] if rule is None else [_line_at(rule)]
    layers += [intervals, points, names, values]
    return alt.layer(*layers).properties(width=width, height=alt.Step(38))


def _line_at(value: float) -> alt.Chart:
    return alt.Chart().mark_rule(strokeDash=[2, 3], color=theme.MUTED).encode(x=alt.datum(value))


def side_by_side(
    panel: Callable[[str, int], alt.LayerChart | alt.FacetChart], width: int
) -> alt.TopLevelMixin:
    """One panel per network, beside each other on a page and below each other on a phone;
    ``panel(network, width)`` draws one.
    """
    narrow = width < 500
    panel_width = width - 20 if narrow else width // 2 - 26
    charts = [
        panel(network, panel_width).properties(title=alt.TitleParams(title, offset=14))
        for network, title in NETWORKS.items()
    ]
    return (alt.vconcat if narrow else alt.hconcat)(*charts, spacing=26)
