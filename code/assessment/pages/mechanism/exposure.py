"""Exposure over time: how the level builds up under a constant dose."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.pages.mechanism.dose_regimen import exposure
from assessment.pages.mechanism.exposure_facts import (
    SETTLED,
    SHOWN_DAYS,
    USED,
    WORDS,
    doses_mg,
    half_lives,
    panel_days,
    settled_days,
)
from assessment.presentation import colour_grammar, numbers, theme
from assessment.presentation.language import _
from assessment.presentation.show import Figure


def exposure_over_time() -> Figure:
    """Daily average level under constant 60, 40 and 20 mg with the band of the published
    half-lives.
    """
    lives = half_lives()
    doses = [int(d) for d in doses_mg()]
    names = {d: _("{dose} mg").format(dose=d) for d in doses}

    def levels(dose: int, hours: float) -> np.ndarray:
        return 100 * exposure(dose, SHOWN_DAYS, 0, dose, hours, SHOWN_DAYS)["average"].to_numpy()

    frame = pd.concat(
        [
            pd.DataFrame(
                {
                    "day": range(1, SHOWN_DAYS + 1),
                    "dose": names[d],
                    "level": levels(d, lives[USED]),
                    "low": levels(d, max(lives.values())),
                    "high": levels(d, min(lives.values())),
                }
            )
            for d in doses
        ]
    )
    days, first, last = (numbers.number(d, 1) for d in settled_days())
    mark = pd.DataFrame([{"day": settled_days()[0], "level": 100 * SETTLED}])
    panel = pd.DataFrame([dict(zip(("from", "to"), panel_days()))])

    def draw(width: int) -> alt.TopLevelMixin:
        plot = width - 38 - 52
        x = alt.X(
            "day:Q",
            scale=alt.Scale(domain=[0, SHOWN_DAYS], nice=False),
            axis=alt.Axis(title=WORDS["day"], values=list(range(0, SHOWN_DAYS + 1, 7)), grid=False),
        )
        axis = alt.Axis(
            title=WORDS["level"].format(dose=doses[0]),
            titleAnchor="start",
            titleAngle=0,
            titleAlign="left",
            titleX=-32,
            titleY=-16,
            values=[0, 20, 40, 60, 80, 100],
        )
        y = alt.Y("level:Q", scale=alt.Scale(domain=[0, 105], nice=False), axis=axis)
        base = alt.Chart(frame)
        shade = (
            alt.Chart(panel)
            .mark_rect(color=theme.GREY, opacity=0.22)
            .encode(x=alt.X("from:Q"), x2="to:Q", y=alt.value(0), y2=alt.value(280))
        )
        shade_text = [
            alt.Chart(panel)
            .mark_text(align="left", fontSize=12, color=theme.MUTED, dx=4, text=WORDS[w])
            .encode(x="to:Q", y=alt.value(262 - 15 * (1 - i)))
            for i, w in enumerate(("panel", "panel_2"))
        ]
        full = (
            alt.Chart(pd.DataFrame([{"level": 100}]))
            .mark_rule(strokeDash=[2, 3], color=theme.GREY)
            .encode(y="level:Q")
        )
        band = base.mark_area(opacity=0.25, color=colour_grammar.MAIN).encode(
            x=x, y="low:Q", y2="high:Q", detail="dose:N"
        )
        tip = [
            alt.Tooltip("dose:N", title=_("Daily dose")),
            alt.Tooltip("day:Q", title=WORDS["day"]),
            alt.Tooltip("level:Q", title=_("Level, %"), format=".1f"),
        ]
        line = base.mark_line(color=colour_grammar.MAIN).encode(x=x, y=y, detail="dose:N")
        touch = base.mark_point(opacity=0, size=80).encode(x=x, y=y, tooltip=tip)
        ends = (
            base.transform_filter(f"datum.day == {SHOWN_DAYS}")
            .mark_text(align="left", dx=6, fontWeight=600)
            .encode(x=x, y=y, text="dose:N")
        )
        point = (
            alt.Chart(mark)
            .mark_point(size=110, shape="diamond", color=theme.INK, opacity=1)
            .encode(x=x, y=y)
        )
        labels = [
            alt.Chart(mark)
            .mark_text(align="left", dx=8, dy=dy, color=theme.INK, text=t)
            .encode(x=x, y=y)
            for dy, t in (
                (13, WORDS["settled"]),
                (29, WORDS["settled_day"].format(value=days, low=first, high=last)),
            )
        ]
        return alt.layer(
            shade, full, band, line, point, ends, *labels, *shade_text, touch
        ).properties(width=plot, height=280)

    text = _(
        "Line chart of the daily average level over {shown} days of {full}, {first_step} and"
        " {second_step} mg a day, as a share of the steady-state average on {full} mg. All three"
        " rise together and flatten out; nine tenths of the steady state is reached on day {day}"
        " ({first} to {last} over the published half-lives). Days {panel_first} to {panel_last},"
        " which a panel named, lie on the steep part."
    ).format(
        shown=SHOWN_DAYS,
        full=doses[0],
        first_step=doses[1],
        second_step=doses[2],
        day=days,
        first=first,
        last=last,
        panel_first=panel_days()[0],
        panel_last=panel_days()[1],
    )
    weekly = frame[frame["day"].isin([1, 3, 5, *range(7, SHOWN_DAYS + 1, 7)])]
    table = (
        weekly.pivot(index="day", columns="dose", values="level")[list(names.values())]
        .reset_index()
        .rename(columns={"day": WORDS["day"]} | {name: f"{name}, %" for name in names.values()})
    )
    return Figure(
        draw,
        text,
        table,
        "exposure-over-time",
        sources=("ema2025smpc", "lacy2017", "cabometyx2016label"),
        note=_(
            "Our illustration, not trial data: one compartment, absorption at once, every dose"
            " taken. Band: the published half-lives."
        ),
    )
