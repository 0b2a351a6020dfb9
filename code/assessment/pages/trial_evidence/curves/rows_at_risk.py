"""The rows under a curve: numbers at risk as printed, and as many as are expected."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.trial.trial import ARMS
from assessment.case.trial.trial_curves import Curves
from assessment.case.trial.trial_summaries import ARM_CODE
from assessment.presentation import numbers, theme
from assessment.presentation.language import _

EXPECTED = {
    "pfs": _("Expected without progression, were all followed"),
    "os": _("Expected alive, were all followed"),
}
LINE_HEIGHT = 17  # pixels
ROOM = 88  # pixels at the left, of this table and of the axis above it


def table_rows(c: Curves, months: list[int]) -> list[dict]:
    """The rows under a curve: what is printed of the numbers at risk, and how many of as many
    patients are expected event-free.
    """
    rows = []
    for arm, code in ARM_CODE.items():
        n, known = c.facts.get(f"n_{code}"), c.at_risk(arm)
        middle = c.band(np.array(months, float), arm, "trial")[1]
        for month, share in zip(months, middle):
            if known is not None:
                printed = known[np.isclose(known[:, 0], month), 1]
                at_risk = numbers.number(printed[0]) if printed.size else ""
            else:
                at_risk = numbers.fact_text(n, "bare") if month == 0 and n else ""
            # a share that is not a number equals nothing, not even itself
            expected = numbers.number(n.number * share) if n and share == share else "–"
            rows.append({"arm": arm, "month": month, "at_risk": at_risk, "expected": expected})
    return rows


def under(c: Curves, scale: alt.Scale, step: int, plot: int) -> alt.LayerChart | alt.FacetChart:
    """The rows as a chart of its own, aligned with the curve above."""
    months = list(range(0, int(scale.domain[1]) + 1, step))
    frame = pd.DataFrame(table_rows(c, months))
    # The same room at the left as the axis above, so that both plots align.
    room = alt.Axis(
        title=None,
        labels=False,
        ticks=False,
        domain=False,
        grid=False,
        minExtent=ROOM,
        maxExtent=ROOM,
    )
    y = alt.Y("line:O", axis=room)
    lines = [
        frame[frame["arm"] == arm].assign(line=top + i, text=frame[field])
        for top, field in ((0, "at_risk"), (3, "expected"))
        for i, arm in enumerate(ARMS, 1)
    ]
    cells = pd.concat(lines)[["arm", "month", "line", "text"]]
    names = pd.concat(line.head(1) for line in lines)[["arm", "line"]]
    heads = pd.DataFrame({"line": [0, 3], "text": [_("At risk, as printed"), EXPECTED[c.endpoint]]})

    head_text = alt.Chart(heads).mark_text(
        align="left", fontSize=12, fontWeight=600, color=theme.MUTED
    )
    name_text = alt.Chart(names).mark_text(align="left", fontSize=12, fontWeight=600)
    cell_text = alt.Chart(cells).mark_text(fontSize=12, color=theme.INK)
    layers = [
        head_text.encode(x=alt.value(-84), y=y, text="text:N"),
        name_text.encode(x=alt.value(-84), y=y, text="arm:N", color=theme.arm_scale("arm:N")),
        cell_text.encode(x=alt.X("month:Q", scale=scale, axis=None), y=y, text="text:N"),
    ]
    if c.route == "calibrated":
        missing = alt.Chart(names[names["line"] < 3]).mark_text(
            align="left", fontSize=12, fontStyle="italic", color=theme.MUTED
        )
        later = alt.value(_("later: not published"))
        layers.append(missing.encode(x=alt.value(22), y=y, text=later))
    return alt.layer(*layers).properties(width=plot, height=6 * LINE_HEIGHT)
