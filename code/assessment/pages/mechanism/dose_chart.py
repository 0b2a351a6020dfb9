"""The dose explorer's picture: exposure over time, computed by Vega in the reader's browser."""

from __future__ import annotations

import math

import altair as alt
import pandas as pd

from assessment.case.trial import pharmacokinetics
from assessment.pages.mechanism.dose_regimen import (
    DAYS,
    RANGES,
    WORDS,
    default_regimen,
    reference_dosing,
)
from assessment.presentation import numbers, theme


def _in_browser() -> alt.Chart:
    """The same rows as ``exposure``, from the sliders' parameters: sums of geometric series written
    as Vega expressions.
    """
    reference, interval = reference_dosing()
    rows = alt.Chart(alt.sequence(1, DAYS + 1, as_="day"))
    return rows.transform_calculate(
        rate=f"{math.log(2)!r} * {interval:g} / half_life_hours",
        kept="exp(-datum.rate)",
        first="min(datum.day, change_day)",
        second="max(0, datum.day - change_day - pause_days)",
        dose=(
            "datum.day <= change_day ? start_mg : datum.day <= change_day + pause_days ? 0 : new_mg"
        ),
        of_first=(
            "start_mg * (1 - pow(datum.kept, datum.first)) / (1 - datum.kept) * pow(datum.kept,"
            " datum.day - datum.first)"
        ),
        of_second="new_mg * (1 - pow(datum.kept, datum.second)) / (1 - datum.kept)",
        after=f"(datum.of_first + datum.of_second) / {reference:g}",
        average="datum.after * (1 - datum.kept)",
        high="datum.after * datum.rate",
        low="datum.after * datum.rate * datum.kept",
    )


def quoted(text: str) -> str:
    """``text`` for a string of Vega's expressions, which stands between apostrophes."""
    return text.replace("\\", "\\\\").replace("'", "\\'")


def _lines_in_browser(rows: alt.Chart) -> alt.Chart:
    """The three sentences above the curve, from the same rows."""
    reference, _hours = reference_dosing()

    def sentence(name: str, value: str) -> str:
        before, after = (
            WORDS[name].format(days=DAYS, reference=f"{reference:g}", value="|").split("|")
        )
        return f"'{quoted(before)}' + {value} + '{quoted(after)}'"

    return rows.transform_aggregate(
        mean_dose="mean(dose)", last="max(day)", rate="min(rate)", levels="values(average)"
    ).transform_calculate(
        line_dose=sentence("line_dose", "format(datum.mean_dose, '.1f')"),
        line_level=sentence("line_level", f"format(100 * datum.levels[{DAYS - 1}].average, '.0f')"),
        line_settle=sentence("line_settle", "format(log(10) / datum.rate, '.1f')"),
    )


def lines(regimen: dict, frame: pd.DataFrame) -> alt.Chart:
    """The same three sentences from Python."""
    reference, interval = reference_dosing()
    settle = pharmacokinetics.hours_to_fraction(0.9, regimen["half_life_hours"]) / interval
    values = {
        "line_dose": numbers.number(frame["dose"].mean(), 1),
        "line_level": numbers.number(100 * frame["average"].iloc[-1]),
        "line_settle": numbers.number(settle, 1),
    }
    return alt.Chart(
        pd.DataFrame(
            [
                {
                    name: WORDS[name].format(days=DAYS, reference=f"{reference:g}", value=text)
                    for name, text in values.items()
                }
            ]
        )
    )


def picture(rows: alt.Chart, lines: alt.Chart, width: int) -> alt.VConcatChart:
    """Sentences, level, dose, one above the other."""
    reference, _hours = reference_dosing()
    plot = width - 108
    x = alt.X(
        "day:Q",
        scale=alt.Scale(domain=[1, DAYS], nice=False),
        axis=alt.Axis(title=None, values=[1, 14, 28, 42, 56, 70, 84], grid=False),
    )
    x_named = x.copy()
    x_named.axis = alt.Axis(title=WORDS["day"], values=[1, 14, 28, 42, 56, 70, 84], grid=False)
    y = alt.Y(
        "average:Q",
        scale=alt.Scale(domain=[0, 1.25], nice=False),
        axis=alt.Axis(
            title=WORDS["level"],
            titleAnchor="start",
            titleAngle=0,
            titleAlign="left",
            titleX=-44,
            titleY=-14,
            values=[0, 0.25, 0.5, 0.75, 1, 1.25],
            labelExpr="round(100 * datum.value)",
            grid=False,
        ),
    )
    tip = [alt.Tooltip("day:Q", title=WORDS["day"]), alt.Tooltip("dose:Q", title=WORDS["dose"])] + [
        alt.Tooltip(f"{f}:Q", title=WORDS[f].removesuffix(", %"), format=".1%")
        for f in ("average", "low", "high")
    ]
    steady = alt.Chart(
        pd.DataFrame(
            [{"level": d / reference, "text": WORDS["always"].format(dose=d)} for d in (60, 40, 20)]
        )
    )
    rules = steady.mark_rule(strokeDash=[2, 3], color=theme.GREY, strokeWidth=1).encode(y="level:Q")
    names = steady.mark_text(align="left", fontSize=12, color=theme.MUTED).encode(
        x=alt.value(plot + 8), y="level:Q", text="text:N"
    )
    band = rows.mark_area(color=theme.BLUE, opacity=0.2).encode(x=x, y=alt.Y("low:Q"), y2="high:Q")
    line = rows.mark_line(color=theme.BLUE).encode(x=x, y=y)
    touch = rows.mark_bar(opacity=0, width=max(3, plot / DAYS)).encode(
        x=x, y=alt.value(0), y2=alt.value(220), tooltip=tip
    )
    level = alt.layer(rules, band, line, names, touch).properties(width=plot, height=220)
    y_dose = alt.Y(
        "dose:Q",
        scale=alt.Scale(domain=[0, 60]),
        axis=alt.Axis(
            title=WORDS["dose"],
            titleAnchor="start",
            titleAngle=0,
            titleAlign="left",
            titleX=-44,
            titleY=-14,
            values=[0, 20, 40, 60],
            grid=False,
        ),
    )
    dose = (
        rows.mark_bar(color=theme.ORANGE, width=max(2, 0.7 * plot / DAYS))
        .encode(x=x_named, y=y_dose, tooltip=tip[:2])
        .properties(width=plot, height=70)
    )
    text = alt.layer(
        *(
            lines.mark_text(align="left", baseline="top", fontWeight=600 if i == 0 else 400).encode(
                x=alt.value(-44), y=alt.value(20 * i), text=f"{name}:N"
            )
            for i, name in enumerate(("line_dose", "line_level", "line_settle"))
        )
    ).properties(width=plot, height=56)
    return alt.vconcat(text, level, dose, spacing=26)


def _sliders() -> list[alt.Parameter]:
    """The parameters of the site's drawing, each bound to a labelled range input."""
    return [
        alt.param(
            name=name,
            value=value,
            bind=alt.binding_range(min=low, max=high, step=step, name=WORDS[name]),
        )
        for (name, value), (low, high, step) in zip(
            default_regimen().items(), RANGES.values(), strict=True
        )
    ]


def draw(width: int) -> alt.TopLevelMixin:
    """The site's drawing: sliders bound to parameters, everything computed in the reader's browser."""
    rows = _in_browser()
    return picture(rows, _lines_in_browser(rows), width).add_params(*_sliders())
