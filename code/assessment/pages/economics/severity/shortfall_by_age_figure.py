"""Figure of the shortfall against age, over the bands of the classes."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.trial.trial import COHORTS
from assessment.economics.model.absolute_shortfall import shortfall_by_age
from assessment.evidence import load_population_table
from assessment.pages.economics.severity.severity_cases import (
    SOURCES,
    WORDS,
    ages,
    assumed_age,
    cases,
)
from assessment.pages.economics.shared.cohort_styles import COHORT_COLOURS, COHORT_DASHES
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure


def _bands(top: float) -> pd.DataFrame:
    classes = load_population_table("severity-classes")
    frame = pd.DataFrame(
        {
            "low": classes["absolute_shortfall_from"].astype(float),
            "class": classes["class"].astype(int),
        }
    )
    frame["high"] = frame["low"].shift(-1).fillna(top)
    return frame.assign(
        label=WORDS["class"] + " " + frame["class"].astype(str),
        foot=frame["low"] + 0.9,
        shade=frame["class"] % 2,
    )


def by_age() -> Figure:
    """Shortfall against age for both cohorts over the bands of the classes, with the range of curve
    shapes and the most there is to lose.
    """
    data, most = cases(), shortfall_by_age(None, ages())
    base = data[data["case"] == "base"]
    low, high = (
        data[data["case"] == c].set_index(["cohort", "age"])["shortfall"]
        for c in ("tail_long", "tail_short")
    )
    spread = pd.DataFrame({"low": low, "high": high}).reset_index()
    top = float(max(28, most["shortfall"].max() + 1))
    marks = pd.concat(
        [base[(base["cohort"] == c) & (base["age"] == assumed_age(c))] for c in COHORTS]
    )
    marks = marks.assign(
        text=[
            f"{COHORTS[r.cohort]} at {r.age}: {numbers.number(r.shortfall, 1)}"
            for r in marks.itertuples()
        ]
    )

    def draw(width: int):
        wide = width > 500
        plot, height = width - 62, 380 if wide else 330
        x = alt.X(
            "age:Q",
            title=WORDS["age"],
            scale=alt.Scale(domain=[ages()[0], ages()[-1]], nice=False),
            axis=alt.Axis(values=list(range(ages()[0], ages()[-1] + 1, 5)), grid=False),
        )

        def y(field):
            return alt.Y(
                f"{field}:Q",
                title=WORDS["shortfall"],
                scale=alt.Scale(domain=[0, top], nice=False),
                axis=alt.Axis(values=sorted(_bands(top)["low"])),
            )

        bands = alt.Chart(_bands(top))
        layers = [
            bands.transform_filter("datum.shade == 0")
            .mark_rect(color=theme.WASH)
            .encode(y=y("low"), y2="high:Q"),
            # Low classes are named at the left and high ones at the right, where no line
            # passes.
            bands.transform_filter("datum.class <= 4")
            .mark_text(align="left", dx=6, color=theme.MUTED, fontSize=12)
            .encode(x=alt.value(0), y=y("foot"), text="label:N"),
            bands.transform_filter("datum.class > 4")
            .mark_text(align="right", dx=-6, color=theme.MUTED, fontSize=12)
            .encode(x=alt.value(plot), y=y("foot"), text="label:N"),
            alt.Chart(most)
            .mark_line(color=theme.GREY, strokeWidth=1.5, strokeDash=[2, 3])
            .encode(x=x, y=y("shortfall")),
            alt.Chart(most[most["age"] == ages()[1]])
            .mark_text(align="left", dy=-9, dx=4, color=theme.MUTED, fontSize=12)
            .encode(x=x, y=y("shortfall"), text=alt.value(WORDS["most"])),
        ]
        for cohort in COHORTS:
            colour = COHORT_COLOURS[cohort]
            layers += [
                alt.Chart(spread[spread["cohort"] == cohort])
                .mark_area(color=colour, opacity=0.16)
                .encode(x=x, y=y("low"), y2="high:Q"),
                alt.Chart(base[base["cohort"] == cohort])
                .mark_line(color=colour, strokeDash=COHORT_DASHES[cohort])
                .encode(
                    x=x,
                    y=y("shortfall"),
                    tooltip=[
                        alt.Tooltip("age:Q", title="Age"),
                        alt.Tooltip("shortfall:Q", title="Shortfall", format=".2f"),
                        alt.Tooltip("class:Q", title="Class"),
                    ],
                ),
            ]
            mark = alt.Chart(marks[marks["cohort"] == cohort]).encode(x=x, y=y("shortfall"))
            above = cohort == "epnet"
            layers += [
                mark.mark_point(
                    filled=True,
                    size=90,
                    opacity=1,
                    color=colour,
                    shape="circle" if above else "diamond",
                ),
                mark.mark_text(
                    align="left" if above else "right" if wide else "center",
                    dx=7 if above else -9 if wide else -38,
                    dy=-38 if above else 12 if wide else 25,
                    color=colour,
                    fontSize=13,
                    fontWeight=600,
                ).encode(text="text:N"),
            ]
        return alt.layer(*layers).properties(
            width=plot,
            height=height,
            title=alt.Title(
                WORDS["assumption"] if wide else WORDS["assumption_narrow"],
                fontSize=12,
                fontWeight=400,
                color=theme.MUTED,
            ),
        )

    table = base.assign(cohort=base["cohort"].map(COHORTS))[
        ["cohort", "age", "remaining_qalys", "comparator_qalys", "shortfall", "class"]
    ]
    table.columns = [
        "Cohort",
        "Age",
        "Remaining QALYs, general population",
        "QALYs on the comparator",
        "Absolute shortfall",
        "Class",
    ]
    said = "; ".join(marks["text"] + ", class " + marks["class"].astype(str))
    ends = "; ".join(
        f"{COHORTS[c]} from {numbers.number(g['shortfall'].iloc[0], 1)} at {g['age'].iloc[0]} to"
        f" {numbers.number(g['shortfall'].iloc[-1], 1)} at {g['age'].iloc[-1]}"
        for c, g in base.groupby("cohort")
    )
    return Figure(
        draw,
        "Lines of absolute shortfall in QALYs falling with age, over bands for the severity"
        f" classes. {ends}. At the ages assumed: {said}.",
        table,
        "severity-by-age",
        SOURCES,
    )
