"""The rows under a curve: numbers at risk as printed, and as many as are expected."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.trial.trial import ARMS
from assessment.case.trial.trial_curves import Curves
from assessment.pages.trial_evidence.curve_words import WORDS
from assessment.presentation import numbers, theme


def table_rows(c: Curves, months: list[int]) -> list[dict]:
    """The rows under a curve: what is printed of the numbers at risk, and how many of as many
    patients are expected event-free.
    """
    rows = []
    for arm, code in (("cabozantinib", "t"), ("placebo", "c")):
        n, known, middle = (
            c.facts.get(f"n_{code}"),
            c.at_risk(arm),
            c.band(np.array(months, float), arm, "trial")[1],
        )
        for m, share in zip(months, middle):
            if known is not None:
                printed = known[np.isclose(known[:, 0], m), 1]
                at_risk = numbers.number(printed[0]) if printed.size else ""
            else:
                at_risk = numbers.fact_text(n, "bare") if m == 0 and n else ""
            rows.append(
                {
                    "arm": arm,
                    "month": m,
                    "at_risk": at_risk,
                    "expected": numbers.number(n.number * share) if n and share == share else "–",
                }
            )
    return rows


def under(c: Curves, scale: alt.Scale, step: int, plot: int):
    frame = pd.DataFrame(table_rows(c, list(range(0, int(scale.domain[1]) + 1, step))))
    # The same room at the left as the axis above, so that both plots align.
    room = alt.Axis(
        title=None, labels=False, ticks=False, domain=False, grid=False, minExtent=88, maxExtent=88
    )
    y = alt.Y("line:O", axis=room)
    lines = [
        frame[frame["arm"] == arm].assign(line=top + i, text=frame[field])
        for top, field in ((0, "at_risk"), (3, "expected"))
        for i, arm in enumerate(ARMS, 1)
    ]
    cells, names = (
        pd.concat(lines)[["arm", "month", "line", "text"]],
        pd.concat(line.head(1) for line in lines)[["arm", "line"]],
    )
    heads = pd.DataFrame(
        {"line": [0, 3], "text": [WORDS["at_risk"], WORDS["expected"][c.endpoint]]}
    )
    left = dict(align="left", fontSize=12)
    parts = [
        alt.Chart(heads)
        .mark_text(**left, fontWeight=600, color=theme.MUTED)
        .encode(x=alt.value(-84), y=y, text="text:N"),
        alt.Chart(names)
        .mark_text(**left, fontWeight=600)
        .encode(x=alt.value(-84), y=y, text="arm:N", color=theme.arm_scale("arm:N")),
        alt.Chart(cells)
        .mark_text(fontSize=12, color=theme.INK)
        .encode(x=alt.X("month:Q", scale=scale, axis=None), y=y, text="text:N"),
    ]
    if c.route == "calibrated":
        parts.append(
            alt.Chart(names[names["line"] < 3])
            .mark_text(**left, fontStyle="italic", color=theme.MUTED)
            .encode(x=alt.value(22), y=y, text=alt.value(WORDS["unpublished"]))
        )
    return alt.layer(*parts).properties(width=plot, height=6 * 17)
