"""Figure of how firm the model inputs are."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.pages.economics.inputs.input_register import STATUSES, WORDS, inputs
from assessment.presentation import theme
from assessment.presentation.show import Figure

STATUS_SHAPES = {
    "verified": "circle",
    "secondary": "circle",
    "derived": "triangle-up",
    "assumption": "diamond",
    "unknown": "cross",
}


STATUS_COLOURS = {
    "verified": theme.GREEN,
    "secondary": theme.BLUE,
    "derived": theme.GOLD,
    "assumption": theme.PURPLE,
    "unknown": theme.ORANGE,
}


def input_status() -> Figure:
    """One mark per model input, by part of the model, its shape and colour the status."""
    frame = inputs()[["label", "group", "status", "consequence"]]
    frame = frame.assign(
        name=frame["group"].map(WORDS["groups"]), order=frame["status"].map(STATUSES.index)
    ).sort_values(["group", "order"], kind="stable")
    frame["place"] = frame.groupby("group").cumcount()
    counts = frame["status"].value_counts()
    legend = pd.DataFrame({"status": STATUSES}).assign(
        text=[f"{s}: {counts.get(s, 0)}" for s in STATUSES]
    )

    def marks(data, wide, x, y, **more):
        shown = [
            alt.Chart(data[data["status"] == s])
            .mark_point(
                shape=STATUS_SHAPES[s],
                size=150 if wide else 95,
                filled=s != "secondary",
                strokeWidth=2.2,
                opacity=1,
                color=STATUS_COLOURS[s],
                angle=45 if s == "unknown" else 0,
            )
            .encode(x=x, y=y, **more)
            for s in STATUSES
            if (data["status"] == s).any()
        ]
        return shown

    def draw(width: int):
        wide = width > 500
        last = int(frame["place"].max())
        x = alt.X("place:Q", axis=None, scale=alt.Scale(domain=[-0.6, last + 0.6], nice=False))
        y = alt.Y(
            "name:N", sort=list(WORDS["groups"].values()), title=None, axis=alt.Axis(labelLimit=100)
        )
        tips = [
            alt.Tooltip("label:N", title="Input"),
            alt.Tooltip("status:N", title="Status"),
            alt.Tooltip("consequence:N", title="What it means"),
        ]
        main = alt.layer(*marks(frame, wide, x, y, tooltip=tips)).properties(
            width=(width - 245) if wide else (width - 92), height=alt.Step(32)
        )
        key_y = alt.Y("status:N", sort=list(STATUSES), axis=None)
        key_x = alt.X("place:Q", axis=None, scale=alt.Scale(domain=[0, 10], nice=False))
        keyed = legend.assign(place=1.0)
        key = alt.layer(
            *marks(keyed, wide, key_x, key_y),
            alt.Chart(keyed).mark_text(align="left", dx=14).encode(x=key_x, y=key_y, text="text:N"),
        ).properties(width=120, height=alt.Step(26))
        return alt.hconcat(main, key, spacing=28) if wide else alt.vconcat(main, key, spacing=12)

    table = (
        pd.crosstab(frame["name"], frame["status"])
        .reindex(index=list(WORDS["groups"].values()), columns=list(STATUSES), fill_value=0)
        .reset_index()
        .rename(columns={"name": "Part of the model"})
    )
    table.columns.name = None
    said = ", ".join(f"{counts.get(s, 0)} {s}" for s in STATUSES)
    return Figure(
        draw,
        f"One mark for each of {len(frame)} model inputs, in rows by part of the model, shaped by"
        f" status. {said}.",
        table,
        "model-inputs-status",
    )
