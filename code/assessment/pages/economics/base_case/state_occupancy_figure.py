"""Who is in which state over time."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import ARMS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.base_case.model_states import STATE_COLOURS, STATE_NAMES, STATES
from assessment.pages.economics.shared.arm_names import ARM_NAMES
from assessment.pages.economics.shared.figure_sources import TRIAL
from assessment.pages.economics.shared.result_wording import CALIBRATED_CURVES
from assessment.presentation import numbers
from assessment.presentation.chart_label import chart_label
from assessment.presentation.language import _
from assessment.presentation.show import Figure

SHOWN_YEARS = 10.0
NEARLY_THE_SAME = 0.05  # largest difference between shares that is called so
TABLE_YEARS = [0.5, 1.0, 2.0, 5.0, 10.0]


def occupancy_figure() -> Figure:
    """Share of patients in each state over time, both arms and cohorts, as the model has them."""
    rows = [row for cohort in COHORTS for arm in ARMS for row in _shares(cohort, arm)]
    data = pd.DataFrame(rows)
    order = [STATE_NAMES[state] for state in STATES]

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        x = alt.X(
            "year:Q",
            title=_("Years from randomisation") if wide else _("Years"),
            axis=alt.Axis(values=[0, 2, 4, 6, 8, 10] if wide else [0, 5, 10], grid=False),
        )
        y = alt.Y(
            "low:Q",
            title=_("Share of patients, %") if wide else "%",
            axis=alt.Axis(values=[0, 50, 100]),
        )
        colour = alt.Color(
            "state:N",
            sort=order,
            scale=alt.Scale(domain=order, range=[STATE_COLOURS[state] for state in STATES]),
            legend=alt.Legend(title=None),
        )
        area = (
            alt.Chart(data).mark_area(opacity=0.85).encode(x=x, y=y, y2="high:Q", color=colour)
        ).properties(
            width=(width - 120) / 2 if wide else (width - 90) / 2,
            height=130 if wide else 100,
        )
        return area.facet(
            row=alt.Row("cohort:N", title=None, header=alt.Header(labelAngle=-90)),
            column=alt.Column("arm:N", title=None),
        ).properties(title=chart_label(CALIBRATED_CURVES))

    two = len(COHORTS) == 2
    where = _("both arms and cohorts") if two else _("both arms of every cohort")
    return Figure(
        draw,
        _(
            "Areas of the share of patients before progression, after it and dead over ten years,"
            " in {where}. {finding}."
        ).format(where=where, finding=_finding()),
        _table(data),
        "economics-states",
        (*TRIAL, "ssb07902"),
    )


def _finding() -> str:
    """What the drug does to the areas, over all cohorts."""
    free, alive = _differences("progression_free"), _differences("alive")
    widens = bool(np.mean(free) > 0)
    living = (
        _("the area of the living is nearly the same in both arms")
        if np.max(np.abs(alive)) < NEARLY_THE_SAME
        else _("the share of the living differs by up to {points} percentage points").format(
            points=numbers.number(100 * float(np.max(np.abs(alive))))
        )
    )
    before = (
        _("{drug} widens the area before progression")
        if widens
        else _("{drug} does not widen the area before progression")
    )
    return f"{before.format(drug=ARM_NAMES[ARMS[0]])}; {living}"


def _differences(states: str) -> np.ndarray:
    """Share in these states, treated less control, at the times and in the cohorts shown."""
    years = np.linspace(0, SHOWN_YEARS, 81)
    by_cohort = []
    for course in map(runs.course, COHORTS):
        treated, control = (
            np.interp(years, course.times_years, getattr(course, states)[arm], left=1.0)
            for arm in ARMS
        )
        by_cohort.append(treated - control)
    return np.array(by_cohort)


def _shares(cohort: str, arm: str) -> list[dict]:
    """A row for each year and state: the band from ``low`` to ``high`` per cent."""
    course, years = runs.course(cohort), np.linspace(0, SHOWN_YEARS, 81)
    free, alive = (
        np.interp(years, course.times_years, share[arm], left=1.0)
        for share in (course.progression_free, course.alive)
    )
    return [
        {
            "cohort": NAMES[cohort],
            "arm": ARM_NAMES[arm],
            "year": year,
            "state": STATE_NAMES[state],
            "low": 100 * low,
            "high": 100 * high,
        }
        for year, free_then, alive_then in zip(years, free, alive)
        for state, low, high in (
            ("progression_free", 0.0, free_then),
            ("progressed", free_then, alive_then),
        )
    ]


def _table(data: pd.DataFrame) -> pd.DataFrame:
    """The upper edges of both bands in some years: the living, and those before progression."""
    edges = data[data["year"].isin(TABLE_YEARS)].pivot_table(
        index=["cohort", "arm", "year"], columns="state", values="high"
    )
    edges = edges[[STATE_NAMES["progressed"], STATE_NAMES["progression_free"]]].reset_index()
    edges.columns = pd.Index(
        [_("Cohort"), _("Arm"), _("Year"), _("Alive, %"), _("Before progression, %")]
    )
    return edges.round(1)
