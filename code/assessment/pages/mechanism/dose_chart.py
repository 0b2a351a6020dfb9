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
    level_title,
    reference_dosing,
)
from assessment.presentation import colour_grammar, numbers, theme


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


def _lines_in_browser(rows: alt.Chart) -> alt.Chart:
    """The three sentences above the curve, from the same rows."""
    reference = reference_dosing()[0]

    def sentence(name: str, value: str) -> str:
        before, after = (
            WORDS[name].format(days=DAYS, reference=f"{reference:g}", value="|").split("|")
        )
        return f"'{before}' + {value} + '{after}'"

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


def _title_above(title: str, values: list[float], **more) -> alt.Axis:
    """An axis at the left whose title stands above it, level with its numbers."""
    return alt.Axis(
        title=title,
        titleAnchor="start",
        titleAngle=0,
        titleAlign="left",
        titleX=-44,
        titleY=-14,
        values=values,
        grid=False,
        **more,
    )


def _day(title: str | None) -> alt.X:
    days = alt.Axis(title=title, values=[1, 14, 28, 42, 56, 70, 84], grid=False)
    return alt.X("day:Q", scale=alt.Scale(domain=[1, DAYS], nice=False), axis=days)


def _steady_states() -> alt.Chart:
    """The steady state of each daily dose, as a share of that of the approved dose."""
    approved_mg = reference_dosing()[0]
    return alt.Chart(
        pd.DataFrame(
            [
                {"level": dose / approved_mg, "text": WORDS["always"].format(dose=dose)}
                for dose in (60, 40, 20)
            ]
        )
    )


def _level(
    rows: alt.Chart, tooltip: list[alt.Tooltip], plot: int
) -> alt.LayerChart | alt.FacetChart:
    """The level of the drug day by day, with the steady state of each dose."""
    x = _day(None)
    y = alt.Y(
        "average:Q",
        scale=alt.Scale(domain=[0, 1.25], nice=False),
        axis=_title_above(
            level_title(), [0, 0.25, 0.5, 0.75, 1, 1.25], labelExpr="round(100 * datum.value)"
        ),
    )
    steady = _steady_states()
    rules = steady.mark_rule(strokeDash=[2, 3], color=theme.GREY, strokeWidth=1)
    names = steady.mark_text(align="left", fontSize=12, color=theme.MUTED)
    band = rows.mark_area(color=colour_grammar.MAIN, opacity=0.2)
    line = rows.mark_line(color=colour_grammar.MAIN)
    touch = rows.mark_bar(opacity=0, width=max(3, plot / DAYS))
    return alt.layer(
        rules.encode(y="level:Q"),
        band.encode(x=x, y=alt.Y("low:Q"), y2="high:Q"),
        line.encode(x=x, y=y),
        names.encode(x=alt.value(plot + 8), y="level:Q", text="text:N"),
        touch.encode(x=x, y=alt.value(0), y2=alt.value(220), tooltip=tooltip),
    ).properties(width=plot, height=220)


def picture(rows: alt.Chart, lines: alt.Chart, width: int) -> alt.VConcatChart:
    """Sentences, level, dose, one above the other."""
    plot = width - 108
    tooltip = [
        alt.Tooltip("day:Q", title=WORDS["day"]),
        alt.Tooltip("dose:Q", title=WORDS["dose"]),
    ]
    levels = [
        alt.Tooltip(f"{field}:Q", title=WORDS[field][:-3], format=".1%")
        for field in ("average", "low", "high")
    ]
    y_dose = alt.Y(
        "dose:Q",
        scale=alt.Scale(domain=[0, 60]),
        axis=_title_above(WORDS["dose"], [0, 20, 40, 60]),
    )
    bars = rows.mark_bar(color=colour_grammar.SECOND, width=max(2, 0.7 * plot / DAYS))
    dose = bars.encode(x=_day(WORDS["day"]), y=y_dose, tooltip=tooltip).properties(
        width=plot, height=70
    )
    sentences = [
        lines.mark_text(align="left", baseline="top", fontWeight=600 if i == 0 else 400).encode(
            x=alt.value(-44), y=alt.value(20 * i), text=f"{name}:N"
        )
        for i, name in enumerate(("line_dose", "line_level", "line_settle"))
    ]
    text = alt.layer(*sentences).properties(width=plot, height=56)
    level = _level(rows, tooltip + levels, plot)
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
