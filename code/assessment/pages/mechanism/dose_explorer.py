"""The dose explorer: a regimen chosen by the reader, the exposure it gives, drawn in the browser or
in JupyterLab.

On the site the curve is computed from the sliders by Vega-Lite expressions, so no server and no
Python is needed; in a live JupyterLab session the same picture is recomputed by
``assessment.case.trial.pharmacokinetics``. A test holds the two against each other. Exposure here is
our illustration, not a result of the trial.
"""

from __future__ import annotations

import math
import os

import altair as alt
import pandas as pd

from assessment.case.trial import pharmacokinetics
from assessment.evidence import load_facts
from assessment.presentation import numbers, theme
from assessment.presentation.show import LAB_MIME, WIDE, Figure

DAYS = 84  # twelve weeks: long enough for two steady states, short enough to see both changes
# our illustration: on which days the trial's patients changed dose is not published
CHANGE_DAY = 28
# name: (least, most, step); doses are tablets of one strength a day, half-lives span the published
# and the effective ones
RANGES = {
    "start_mg": (20, 60, 20),
    "change_day": (1, 70, 1),
    "pause_days": (0, 28, 1),
    "new_mg": (0, 60, 20),
    "half_life_hours": (70, 130, 1),
}
WORDS = {
    "start_mg": "Starting dose, mg a day",
    "change_day": "Days on the starting dose",
    "pause_days": "Then days without drug",
    "new_mg": "Dose after that, mg a day",
    "half_life_hours": "Half-life, hours",
    "day": "Day of treatment",
    "level": "Level, % of steady state on 60 mg",
    "dose": "mg a day",
    "always": "{dose} mg",
    "line_dose": "Average dose over {days} days: {value} mg a day",
    "line_level": "Level on day {days}: {value} % of the steady state on {reference} mg",
    "line_settle": "Nine tenths of the way to a new level: {value} days",
    "alt": (
        "Line chart over {days} days. Default case: {start} mg a day for {change} days, then {new}"
        " mg a day. The daily average level climbs to {before} % of the steady-state average on 60"
        " mg by the day before the change and settles at {after} % by day {days}. Sliders change"
        " doses, days and half-life."
    ),
    "average": "Average of the day, %",
    "low": "Lowest of the day, %",
    "high": "Highest of the day, %",
    "note": (
        "Our illustration, not trial data: one compartment, absorption at once, every dose taken."
        " The band runs from each day's lowest to its highest level."
    ),
}


def _reference() -> tuple[float, float]:
    """The approved daily dose in mg and the hours between doses."""
    facts = load_facts()
    return facts["pharmacology.dose.approved"].number, facts["pharmacology.dose.interval"].number


def default_regimen() -> dict:
    """The case shown before a slider moves: the approved dose, one step down after CHANGE_DAY days,
    the European half-life.
    """
    facts = load_facts()
    return {
        "start_mg": int(_reference()[0]),
        "change_day": CHANGE_DAY,
        "pause_days": 0,
        "new_mg": int(facts["pharmacology.dose.first_reduction"].number),
        "half_life_hours": int(facts["pharmacology.half_life.smpc"].number),
    }


def exposure(
    start_mg: float,
    change_day: int,
    pause_days: int,
    new_mg: float,
    half_life_hours: float,
    days: int = DAYS,
) -> pd.DataFrame:
    """A row per day: day (from 1), dose in mg, and average, low and high as shares of the
    steady-state average on the approved dose.
    """
    reference, interval = _reference()
    doses = pharmacokinetics.daily_doses(days, start_mg, new_mg, change_day, pause_days)
    levels = pharmacokinetics.relative_exposure(doses, half_life_hours, reference, interval)
    return pd.DataFrame({"day": range(1, days + 1), "dose": doses} | levels)


def _in_browser() -> alt.Chart:
    """The same rows as ``exposure``, from the sliders' parameters: sums of geometric series written
    as Vega expressions.
    """
    reference, interval = _reference()
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
    reference, _ = _reference()

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


def _lines(regimen: dict, frame: pd.DataFrame) -> alt.Chart:
    """The same three sentences from Python."""
    reference, interval = _reference()
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


def _picture(rows: alt.Chart, lines: alt.Chart, width: int) -> alt.VConcatChart:
    """Sentences, level, dose, one above the other."""
    reference, _ = _reference()
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
        alt.Tooltip(f"{f}:Q", title=WORDS[f][:-3], format=".1%") for f in ("average", "low", "high")
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
    return _picture(rows, _lines_in_browser(rows), width).add_params(*_sliders())


def site_figure() -> Figure:
    """The explorer for the site and the PDF; the still picture shows the default case and no
    controls.
    """
    default = default_regimen()
    frame = exposure(**default)
    weekly = frame[frame["day"].isin([1, *range(7, DAYS + 1, 7)])]
    table = pd.DataFrame(
        {WORDS["day"]: weekly["day"], "Dose, mg": weekly["dose"].astype(int)}
        | {WORDS[f]: 100 * weekly[f] for f in ("average", "low", "high")}
    )
    before, after = (numbers.number(100 * frame["average"].iloc[i]) for i in (CHANGE_DAY - 1, -1))
    alternative = WORDS["alt"].format(
        days=DAYS,
        start=default["start_mg"],
        change=CHANGE_DAY,
        new=default["new_mg"],
        before=before,
        after=after,
    )
    return Figure(
        draw,
        alternative,
        table,
        "dose-explorer",
        sources=("ema2025smpc", "lacy2017"),
        note=WORDS["note"],
    )


def live(**start):
    """The explorer in JupyterLab: sliders whose every move recomputes the curve in Python. Returns
    an ipywidgets box.
    """
    import ipywidgets
    from IPython.display import clear_output, display

    style, layout = {"description_width": "13rem"}, {"width": "32rem"}
    sliders = {
        name: ipywidgets.IntSlider(
            value=(default_regimen() | start)[name],
            min=low,
            max=high,
            step=step,
            description=WORDS[name],
            style=style,
            layout=layout,
        )
        for name, (low, high, step) in RANGES.items()
    }
    picture = ipywidgets.Output()

    def redraw(_change=None) -> None:
        regimen = {name: slider.value for name, slider in sliders.items()}
        frame = exposure(**regimen)
        spec = _picture(alt.Chart(frame), _lines(regimen, frame), WIDE).to_dict()
        with picture:
            clear_output(wait=True)
            display({LAB_MIME: spec, "text/plain": WORDS["level"]}, raw=True)

    for slider in sliders.values():
        slider.observe(redraw, names="value")
    redraw()
    return ipywidgets.VBox([*sliders.values(), picture, ipywidgets.Label(WORDS["note"])])


def dose_explorer():
    """The explorer for where it is called: widgets in a live Jupyter session, the site's figure
    everywhere else.
    """
    return live() if os.environ.get("JPY_SESSION_NAME") else site_figure()
