"""Severity classes of every case: by age as a grid, at the age assumed as a table."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.trial.trial import COHORTS
from assessment.evidence import load_facts
from assessment.pages.economics.severity.severity_cases import (
    SOURCES,
    WORDS,
    ages,
    assumed_age,
    cases,
)
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, Table

CLASS_OPACITY = {1: 0.05, 2: 0.12, 3: 0.22, 4: 0.36, 5: 0.95, 6: 1.0}


def class_grid() -> Figure:
    """Severity class by age for each case of both cohorts: a grid of digits."""
    data = cases()
    data = data.assign(
        name=data["case"].map(WORDS["cases"]),
        opacity=data["class"].map(CLASS_OPACITY),
        digit=data["class"].astype(str),
    )

    def draw(width: int):
        wide = width > 500
        step = 1 if wide else 2
        shown = data[(data["age"] - ages()[0]) % step == 0]

        def panel(cohort, last):
            base = alt.Chart(shown[shown["cohort"] == cohort], title=COHORTS[cohort]).encode(
                x=alt.X(
                    "age:O",
                    title=WORDS["age"] if last else None,
                    axis=alt.Axis(
                        orient="bottom",
                        labelAngle=0,
                        domain=False,
                        ticks=False,
                        labelFontSize=12 if wide else 12,
                    ),
                ),
                y=alt.Y(
                    "name:N",
                    sort=list(WORDS["cases"].values()),
                    title=None,
                    axis=alt.Axis(labelLimit=140),
                ),
                tooltip=[
                    alt.Tooltip("name:N", title="Case"),
                    alt.Tooltip("age:O", title="Age"),
                    alt.Tooltip("shortfall:Q", title="Shortfall", format=".2f"),
                    alt.Tooltip("class:O", title="Class"),
                ],
            )
            cells = base.mark_rect(color=theme.BLUE, stroke=theme.BACKGROUND).encode(
                opacity=alt.Opacity("opacity:Q", scale=None, legend=None)
            )
            text = base.mark_text(fontSize=13, fontWeight=600).encode(
                text="digit:N",
                color=alt.condition(
                    "datum.class >= 5", alt.value(theme.BACKGROUND), alt.value(theme.INK)
                ),
            )
            return alt.layer(cells, text).properties(
                width=width - (126 if wide else 122), height=alt.Step(24)
            )

        return alt.vconcat(panel("epnet", False), panel("pnet", True), spacing=16)

    table = (
        data.pivot_table(index=["cohort", "name"], columns="age", values="class", sort=False)
        .astype(int)
        .reset_index()
    )
    table["cohort"] = table["cohort"].map(COHORTS)
    table = table.rename(columns={"cohort": "Cohort", "name": "Case"})
    base = data[data["case"] == "base"].groupby("cohort", sort=False)["class"].agg(["max", "min"])
    said = "; ".join(
        f"{COHORTS[c]} from class {r['max']} to class {r['min']}" for c, r in base.iterrows()
    )
    return Figure(
        draw,
        "Grid of severity classes, ages across, assumptions down. Base case from the youngest to"
        f" the oldest age: {said}. Classes change with age in every row and little from row to row,"
        " except with an active treatment.",
        table,
        "severity-classes",
        SOURCES,
    )


def cases_at_assumed_age() -> Table:
    """Each case at the age assumed: what is changed, life years and QALYs on the comparator,
    shortfall, class.
    """
    data, facts = cases(), load_facts()
    shape = facts["economics.severity.curve_shape"]
    rows = []
    for cohort in COHORTS:
        for r in data[
            (data["cohort"] == cohort) & (data["age"] == assumed_age(cohort))
        ].itertuples():
            text = WORDS["explained"][r.case]
            text = (text[cohort] if isinstance(text, dict) else text).format(
                low=numbers.printed(shape.printed_low), high=numbers.printed(shape.printed_high)
            )
            rows.append(
                {
                    "Case": f"{COHORTS[cohort]}: {text}",
                    "Life years": numbers.number(r.life_years, 2),
                    "QALYs": numbers.number(r.comparator_qalys, 2),
                    "Shortfall": numbers.number(r.shortfall, 2),
                    "Class": str(r[data.columns.get_loc("class") + 1]),
                }
            )
    return Table(pd.DataFrame(rows))
