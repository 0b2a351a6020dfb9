"""The model's survival on the comparator beside that of other patients who were followed longer."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.inputs.settings import CONTROL
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.economics.time.time_units import MONTHS_PER_YEAR
from assessment.evidence import load_facts
from assessment.pages.economics.shared.arm_names import ARM_NAMES, CONTROL_NAME
from assessment.pages.economics.shared.case_words import OUTSIDE_SURVIVAL
from assessment.pages.economics.shared.result_wording import CALIBRATED_CURVES
from assessment.presentation import numbers, theme
from assessment.presentation.chart_label import chart_label
from assessment.presentation.language import _
from assessment.presentation.show import Figure

SHOWN_MONTHS = 120
YEARS_OF_TICKS = (0, 24, 48, 72, 96, 120)
OTHER_SHAPES = ("diamond", "triangle-up", "square")


def outside_survival_figure() -> Figure:
    """Share alive by the model on the comparator, and points printed of other patients."""
    curve, points = _curve(), outside_points()

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        panels = [
            _panel(
                curve[curve["cohort"] == cohort],
                points[points["cohort"] == cohort],
                wide,
                first=cohort == COHORTS[0],
            ).properties(
                width=(width - 110) // 2 if wide else width - 60,
                height=220 if wide else 180,
                title=alt.Title(NAMES[cohort], fontSize=13),
            )
            for cohort in COHORTS
        ]
        title = chart_label(CALIBRATED_CURVES)
        if wide:
            return alt.hconcat(*panels, spacing=16).properties(title=title)
        return alt.vconcat(*panels, spacing=16).properties(title=title)

    return Figure(
        draw,
        _(
            "Lines of the share alive on {control} over ten years in the model, by cohort, and"
            " points printed of other patients. {finding}."
        ).format(control=CONTROL_NAME, finding=_finding(points)),
        _table(points),
        "economics-outside-survival",
        tuple(dict.fromkeys(points["source"])),
        note=_("Other patients were treated earlier, or are counted from diagnosis."),
    )


def outside_points() -> pd.DataFrame:
    """A row per printed point: ``cohort``, ``whose``, ``month``, share ``alive`` in per cent, the
    model's share then, ``source``.
    """
    facts, rows = load_facts(), []
    for cohort in COHORTS:
        for whose, month, fact_id in OUTSIDE_SURVIVAL.get(cohort, ()):
            if fact_id not in facts:
                continue
            fact = facts[fact_id]
            at = fact.number if month is None else float(month)
            rows.append(
                {
                    "cohort": cohort,
                    "whose": whose,
                    "month": at,
                    "alive": 50.0 if month is None else fact.number,
                    "model": 100 * float(_alive(cohort, np.array([at]))[0]),
                    "source": fact.source,
                }
            )
    columns = ["cohort", "whose", "month", "alive", "model", "source"]
    return pd.DataFrame(rows, columns=columns)


def _alive(cohort: str, months: np.ndarray) -> np.ndarray:
    course = runs.course(cohort)
    times = np.append(0.0, course.times_years)
    return np.interp(months / MONTHS_PER_YEAR, times, np.append(1.0, course.alive[CONTROL]))


def _curve() -> pd.DataFrame:
    months = np.arange(0, SHOWN_MONTHS + 1, 2.0)
    return pd.concat(
        [
            pd.DataFrame({"cohort": cohort, "month": months, "alive": 100 * _alive(cohort, months)})
            for cohort in COHORTS
        ]
    )


def _panel(
    curve: pd.DataFrame, points: pd.DataFrame, wide: bool, first: bool
) -> alt.LayerChart | alt.FacetChart:
    whose = list(dict.fromkeys(points["whose"]))
    x = alt.X(
        "month:Q",
        title=_("Months from randomisation") if wide else _("Months"),
        axis=alt.Axis(values=list(YEARS_OF_TICKS), grid=False),
    )
    y = alt.Y(
        "alive:Q",
        title=_("Alive, %") if first or not wide else None,
        scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(values=[0, 25, 50, 75, 100]),
    )
    shape = alt.Shape(
        "whose:N",
        scale=alt.Scale(domain=whose, range=list(OTHER_SHAPES[: len(whose)])),
        legend=alt.Legend(title=None, orient="bottom", direction="vertical", labelLimit=260),
    )
    tips = [
        alt.Tooltip("whose:N", title=_("Patients")),
        alt.Tooltip("month:Q", title=_("Months"), format=".0f"),
        alt.Tooltip("alive:Q", title=_("Alive, %"), format=".1f"),
    ]
    line = alt.Chart(curve).mark_line(color=theme.ARM_COLOURS[CONTROL]).encode(x=x, y=y)
    marks = (
        alt.Chart(points)
        .mark_point(filled=False, size=60, strokeWidth=1.8, color=theme.INK, opacity=1)
        .encode(x=x, y=y, shape=shape, tooltip=tips)
    )
    return alt.layer(line, marks).resolve_scale(shape="independent")


def _finding(points: pd.DataFrame) -> str:
    """How far the model lies from the printed points, by cohort."""
    told = []
    for cohort in COHORTS:
        own = points[points["cohort"] == cohort]
        if own.empty:
            continue
        gap = own["model"] - own["alive"]
        words = (
            _("{cohort}: the model lies {low} percentage points from it")
            if len(own) == 1
            else _("{cohort}: the model lies {low} to {high} percentage points from them")
        )
        told.append(
            words.format(
                cohort=NAMES[cohort],
                low=numbers.number(gap.min()),
                high=numbers.number(gap.max()),
            )
        )
    return "; ".join(told) or _("No other patients are known")


def _table(points: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Cohort"): points["cohort"].map(NAMES),
            _("Patients"): points["whose"],
            _("Months"): points["month"].round(1),
            _("Alive, %"): points["alive"],
            _("{control} in the model, %").format(control=ARM_NAMES[CONTROL]): points[
                "model"
            ].round(1),
        }
    )
