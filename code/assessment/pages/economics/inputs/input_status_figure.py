"""Figure of how firm the model inputs are."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.pages.economics.inputs.input_register import (
    GROUP_NAMES,
    STATUS_NAMES,
    STATUSES,
    inputs,
)
from assessment.presentation import colour_grammar
from assessment.presentation.language import _
from assessment.presentation.show import Figure

STATUS_SHAPES = {
    "verified": "circle",
    "copy": "square",
    "secondary": "circle",
    "derived": "triangle-up",
    "assumption": "diamond",
    "unknown": "cross",
}


def input_status_figure() -> Figure:
    """One mark per model input, by part of the model, its shape and colour the status."""
    register = _placed_inputs()
    present = [status for status in STATUSES if (register["status"] == status).any()]
    counts = {status: int((register["status"] == status).sum()) for status in present}
    legend = pd.DataFrame(
        {
            "status": present,
            "text": [f"{STATUS_NAMES[status]}: {counts[status]}" for status in present],
            "place": 1.0,
        }
    )

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        marks, key = _main(register, wide), _key(legend, wide)
        marks = marks.properties(width=width - (245 if wide else 92))
        if wide:
            return alt.hconcat(marks, key, spacing=28)
        return alt.vconcat(marks, key, spacing=12)

    finding = ", ".join(f"{counts[status]} {STATUS_NAMES[status]}" for status in present)
    return Figure(
        draw,
        _(
            "One mark for each of {count} model inputs, in rows by part of the model, shaped by"
            " status. {finding}."
        ).format(count=len(register), finding=finding),
        _table(register),
        "model-inputs-status",
    )


def _placed_inputs() -> pd.DataFrame:
    """The register with ``place``, the number of each input in its row, the firmest first."""
    register = inputs()[["label", "group", "status", "consequence"]]
    register = register.assign(
        name=register["group"].map(GROUP_NAMES), order=register["status"].map(STATUSES.index)
    ).sort_values(["group", "order"], kind="stable")
    return register.assign(place=register.groupby("group").cumcount())


def _main(register: pd.DataFrame, wide: bool) -> alt.LayerChart | alt.FacetChart:
    last = int(register["place"].max())
    x = alt.X("place:Q", axis=None, scale=alt.Scale(domain=[-0.6, last + 0.6], nice=False))
    y = alt.Y("name:N", sort=list(GROUP_NAMES.values()), title=None, axis=alt.Axis(labelLimit=100))
    tips = [
        alt.Tooltip("label:N", title=_("Input")),
        alt.Tooltip("status:N", title=_("Status")),
        alt.Tooltip("consequence:N", title=_("What it means")),
    ]
    marks = [mark.encode(x=x, y=y, tooltip=tips) for mark in _marks(register, wide)]
    return alt.layer(*marks).properties(height=alt.Step(32))


def _key(legend: pd.DataFrame, wide: bool) -> alt.LayerChart | alt.FacetChart:
    """How many inputs have each status, beside its mark."""
    x = alt.X("place:Q", axis=None, scale=alt.Scale(domain=[0, 10], nice=False))
    y = alt.Y("status:N", sort=list(STATUSES), axis=None)
    marks = [mark.encode(x=x, y=y) for mark in _marks(legend, wide)]
    names = alt.Chart(legend).mark_text(align="left", dx=14).encode(x=x, y=y, text="text:N")
    return alt.layer(*marks, names).properties(width=120, height=alt.Step(26))


def _marks(data: pd.DataFrame, wide: bool) -> list[alt.Chart]:
    """A chart for each status in the data, its marks not yet placed."""
    return [
        alt.Chart(data[data["status"] == status]).mark_point(
            shape=STATUS_SHAPES[status],
            size=150 if wide else 95,
            filled=status not in ("copy", "secondary"),
            strokeWidth=2.2,
            opacity=1,
            color=colour_grammar.STATUS_COLOURS[status],
            angle=45 if status == "unknown" else 0,
        )
        for status in STATUSES
        if (data["status"] == status).any()
    ]


def _table(register: pd.DataFrame) -> pd.DataFrame:
    """How many inputs of each part of the model have each status there is."""
    counted = pd.crosstab(register["name"], register["status"])
    table = counted.reindex(
        index=list(GROUP_NAMES.values()),
        columns=[status for status in STATUSES if status in counted],
        fill_value=0,
    )
    table = table.reset_index().rename(columns={"name": _("Part of the model"), **STATUS_NAMES})
    table.columns.name = None
    return table
