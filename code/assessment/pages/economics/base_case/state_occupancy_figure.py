"""Who is in which state over time."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.base_case.arms_and_states import ARMS, STATE_COLOURS, STATES
from assessment.pages.economics.shared.result_wording import WORDS, under
from assessment.presentation.show import Figure

SHOWN_YEARS = 10.0


def occupancy_figure() -> Figure:
    """Share of patients in each state over time, both arms and cohorts, as the model has them."""
    rows, at = [], np.linspace(0, SHOWN_YEARS, 81)
    for cohort in COHORTS:
        course = runs.course(cohort)
        for arm in ARMS:
            free, alive = (
                np.interp(at, course.times_years, share[arm], left=1.0)
                for share in (course.progression_free, course.alive)
            )
            rows += [
                {
                    "cohort": NAMES[cohort],
                    "arm": WORDS["arms"][arm],
                    "year": y,
                    "state": WORDS["states"][s],
                    "low": 100 * low,
                    "high": 100 * high,
                }
                for y, f, a in zip(at, free, alive)
                for s, low, high in (("progression_free", 0.0, f), ("progressed", f, a))
            ]
    data, order = pd.DataFrame(rows), [WORDS["states"][s] for s in STATES]

    def draw(width: int):
        wide = width > 500
        colour = alt.Color(
            "state:N",
            sort=order,
            scale=alt.Scale(domain=order, range=STATE_COLOURS),
            legend=alt.Legend(title=None),
        )
        area = (
            alt.Chart(data)
            .mark_area(opacity=0.85)
            .encode(
                x=alt.X(
                    "year:Q",
                    title=WORDS["years"] if wide else WORDS["years"].split()[0],
                    axis=alt.Axis(values=[0, 2, 4, 6, 8, 10] if wide else [0, 5, 10], grid=False),
                ),
                y=alt.Y(
                    "low:Q",
                    title=WORDS["share"] if wide else "%",
                    axis=alt.Axis(values=[0, 50, 100]),
                ),
                y2="high:Q",
                color=colour,
            )
        )
        return (
            area.properties(
                width=(width - 120) / 2 if wide else (width - 90) / 2, height=130 if wide else 100
            )
            .facet(
                row=alt.Row("cohort:N", title=None, header=alt.Header(labelAngle=-90)),
                column=alt.Column("arm:N", title=None),
            )
            .properties(title=under(WORDS["curves"]))
        )

    shown = data[data["year"].isin([0.5, 1.0, 2.0, 5.0, 10.0])]
    table = (
        shown.assign(alive=shown["high"])
        .pivot_table(index=["cohort", "arm", "year"], columns="state", values="high")
        .reset_index()
    )
    table.columns = (
        ["Cohort", "Arm", "Year", "Alive, %", "Before progression, %"]
        if list(table.columns)[3] == order[1]
        else ["Cohort", "Arm", "Year", "Before progression, %", "Alive, %"]
    )
    return Figure(
        draw,
        "Areas of the share of patients before progression, after it and dead over ten years, in"
        " both arms and cohorts. Cabozantinib widens the area before progression; the area of the"
        " living is nearly the same in both arms.",
        table.round(1),
        "economics-states",
        ("chan2025", "ssb07902"),
    )
