"""The order of systemic treatment by cohort, as a picture."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from assessment.case.trial.trial import ARMS
from assessment.evidence import load_register
from assessment.presentation import theme
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Figure

COHORTS = {"epNET": _("Outside the pancreas (epNET)"), "pNET": _("Pancreas (pNET)")}
BASIS = {"assumption": _("place in the order is ours"), "verified": _("as the source says")}
ASSESSED = "Cabozantinib"  # not translated: a treatment of the register
LICENCE_AFTER = 2  # the step after which the licence begins
ARROWS_AFTER = [1, 3, 4]
ARROW_OFFSET = 34  # pixels below the middle of a box
# Narrow columns are headed by the abbreviation, which stands in brackets.
ABBREVIATION = (
    "split(datum.label, ' (')[1] ? replace(split(datum.label, ' (')[1], ')', '') : datum.label"
)
# Which boxes, their fill, their line and its dashes.
BOXES = (
    ("datum.status === 'verified'", theme.WASH, theme.INK, [1, 0]),
    ("datum.status !== 'verified' && !datum.cabo", theme.BACKGROUND, theme.GREY, [5, 3]),
    ("datum.cabo", theme.ARM_COLOURS[ARMS[0]], theme.ARM_COLOURS[ARMS[0]], [1, 0]),
)


def sequence() -> Figure:
    """The order of systemic treatment by cohort; dashed boxes stand where the order is ours."""
    treatments = load_register("treatment-sequence")
    data = pd.DataFrame([_box(row) for row in frame_rows(treatments)])

    def draw(width: int) -> alt.TopLevelMixin:
        return _draw(data, width)

    return Figure(
        draw,
        _(
            "Two columns of boxes from the first treatment down. Outside the pancreas: somatostatin"
            " analogue, 177Lu-dotatate, everolimus, chemotherapy, cabozantinib. Pancreas: the same"
            " with everolimus or sunitinib in third place. Solid boxes rest on DMP or the national"
            " programme, dashed ones on our ordering."
        ),
        _table(treatments),
        "treatment-sequence",
        sources=("dmp2025egnethet", "helsedir2020"),
        note=_(
            "177Lu-dotatate before everolimus is the programme's order for small-bowel tumours. The"
            " licence lets cabozantinib follow any one treatment after the somatostatin analogue."
        ),
    )


def _box(row) -> dict:
    assessed = row.treatment == ASSESSED
    return {
        "cohort": COHORTS[row.cohort],
        "step": int(row.step),
        "treatment": row.treatment,
        "note": row.note,
        "status": row.status,
        "detail": _("place undecided in Norway") if assessed else BASIS[row.status],
        "cabo": assessed,
    }


def _table(treatments: pd.DataFrame) -> pd.DataFrame:
    heads = {
        "cohort": _("Cohort"),
        "step": _("Step"),
        "treatment": _("Treatment"),
        "status": _("Status"),
        "note": _("Basis"),
    }
    return treatments[list(heads)].rename(columns=heads)


def _draw(data: pd.DataFrame, width: int) -> alt.TopLevelMixin:
    """A column of boxes per cohort, arrows between them, and where the licence begins."""
    x = _columns(width)
    y = alt.Y("step:O", title=None, scale=alt.Scale(paddingInner=0.34), axis=None)
    treatments = (
        alt.Chart(data)
        .mark_text(fontWeight=600, dy=-9, fontSize=13)
        .encode(x=x, y=y, text="treatment:N", color=_ink(theme.INK))
    )
    details = (
        alt.Chart(data)
        .mark_text(dy=9, fontSize=12)
        .encode(x=x, y=y, text="detail:N", color=_ink(theme.MUTED))
    )
    layers = [*_boxes(data, x, y), treatments, details, *_between(data, x, y)]
    return alt.layer(*layers).properties(width=width - 10, height=5 * 67)


def _columns(width: int) -> alt.X:
    return alt.X(
        "cohort:N",
        sort=list(COHORTS.values()),
        title=None,
        scale=alt.Scale(paddingInner=0.06, paddingOuter=0),
        axis=alt.Axis(
            orient="top",
            labelAngle=0,
            labelFontWeight=600,
            domain=False,
            ticks=False,
            labelLimit=(width - 20) / 2,
            labelExpr=ABBREVIATION if width < 500 else "datum.label",
        ),
    )


def _boxes(data: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    box = alt.Chart(data).mark_bar(cornerRadius=5, strokeWidth=1.6)
    tooltip = [
        alt.Tooltip("treatment:N", title=_("Treatment")),
        alt.Tooltip("detail:N", title=_("Order")),
        alt.Tooltip("note:N", title=_("Basis")),
    ]
    return [
        box.transform_filter(which).encode(
            x=x,
            y=y,
            fill=alt.value(fill),
            stroke=alt.value(line),
            strokeDash=alt.value(dash),
            tooltip=tooltip,
        )
        for which, fill, line, dash in BOXES
    ]


def _ink(colour: str) -> Any:
    """Words of this colour, pale on the box of the drug that is assessed."""
    return alt.condition("datum.cabo", alt.value(theme.BACKGROUND), alt.value(colour))


def _between(data: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Arrows from box to box, with words where the licence begins."""
    arrows = (
        alt.Chart(data[data["step"].isin(ARROWS_AFTER)])
        .mark_point(
            shape="triangle-down",
            size=50,
            color=theme.GREY,
            filled=True,
            yOffset=ARROW_OFFSET,
            opacity=1,
        )
        .encode(x=x, y=y)
    )
    licence = (
        alt.Chart(data[data["step"] == LICENCE_AFTER])
        .mark_text(
            yOffset=ARROW_OFFSET,
            fontSize=12,
            fontStyle="italic",
            color=theme.ARM_COLOURS[ARMS[0]],
            text=_("▼ the licence begins here"),
        )
        .encode(x=x, y=y)
    )
    return [arrows, licence]
