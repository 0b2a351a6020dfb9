"""Severity classes of every case: by age as a grid, at the age assumed as a table."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.model.inputs.scenario_values import active_treatment
from assessment.case.model.scenarios.scenario_runs import alternative_sets
from assessment.case.trial.trial import CASE, COHORTS
from assessment.evidence import load_facts
from assessment.pages.economics.severity.severity_cases import (
    CASE_NAMES,
    SOURCES,
    ages,
    assumed_age,
    cases,
)
from assessment.pages.economics.shared.arm_names import (
    CONTROL_NAME,
    comparator_label,
    sentence_start,
    trial_label,
)
from assessment.pages.economics.shared.case_words import SETS_EXPLAINED
from assessment.presentation import colour_grammar, numbers, theme
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Figure, Table, long_table

COHORT = _("Cohort")
CLASS_OPACITY = {1: 0.05, 2: 0.12, 3: 0.22, 4: 0.36, 5: 0.95, 6: 1.0}
CASES_EXPLAINED = {
    "base": _("base case: the model's {control} arm"),
    "ours": _("remaining QALYs recomputed here"),
    "simple": _("simple check: exponential curve through the printed {control} median"),
    "tail_long": _("simple check with curve shape {low}, same median"),
    "tail_short": _("simple check with curve shape {high}, same median"),
    "utility_printed": _("simple check with the utility before mapping"),
    "utility_low": _("simple check with the lowest published utility after progression"),
}


def severity_class_figure() -> Figure:
    """Severity class by age for each case of both cohorts: a grid of digits."""
    grid = cases()
    grid = grid.assign(
        name=grid["case"].map(CASE_NAMES),
        opacity=grid["class"].map(CLASS_OPACITY),
        digit=grid["class"].astype(str),
    )

    names = [name for case, name in CASE_NAMES.items() if case in set(grid["case"])]

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        step = 1 if wide else 2
        shown = grid[(grid["age"] - ages()[0]) % step == 0]
        last = list(COHORTS)[-1]
        panels = [
            _panel(shown[shown["cohort"] == cohort], cohort, names, last=cohort == last).properties(
                width=width - (126 if wide else 122), height=alt.Step(24)
            )
            for cohort in COHORTS
        ]
        return alt.vconcat(*panels, spacing=16)

    base = grid[grid["case"] == "base"].groupby("cohort", sort=False)["class"].agg(["max", "min"])
    finding = "; ".join(
        _("{cohort} from class {highest} to class {lowest}").format(
            cohort=COHORTS[str(cohort)], highest=row["max"], lowest=row["min"]
        )
        for cohort, row in base.iterrows()
    )
    return Figure(
        draw,
        _(
            "Grid of severity classes, ages across, assumptions down. Base case from the youngest"
            " to the oldest age: {finding}. Classes change with age in every row and little from"
            " row to row, except with an active treatment."
        ).format(finding=finding),
        _figure_table(grid),
        "severity-classes",
        SOURCES,
    )


def _panel(
    data: pd.DataFrame, cohort: str, names: list[str], last: bool
) -> alt.LayerChart | alt.FacetChart:
    """The grid of one cohort; ``names`` of the cases from above; the last panel names the axis."""
    x = alt.X(
        "age:O",
        title=_("Age at start of treatment") if last else None,
        axis=alt.Axis(orient="bottom", labelAngle=0, domain=False, ticks=False, labelFontSize=12),
    )
    y = alt.Y("name:N", sort=names, title=None, axis=alt.Axis(labelLimit=140))
    tips = [
        alt.Tooltip("name:N", title=_("Case")),
        alt.Tooltip("age:O", title=_("Age")),
        alt.Tooltip("shortfall:Q", title=_("Shortfall"), format=".2f"),
        alt.Tooltip("class:O", title=_("Class")),
    ]
    base = alt.Chart(data, title=COHORTS[cohort]).encode(x=x, y=y, tooltip=tips)
    cells = base.mark_rect(color=colour_grammar.MAIN, stroke=theme.BACKGROUND).encode(
        opacity=alt.Opacity("opacity:Q", scale=None, legend=None)
    )
    light_on_dark = alt.condition(
        "datum.class >= 5", alt.value(theme.BACKGROUND), alt.value(theme.INK)
    )
    digits = base.mark_text(fontSize=13, fontWeight=600).encode(text="digit:N", color=light_on_dark)
    return alt.layer(cells, digits)


def _figure_table(grid: pd.DataFrame) -> pd.DataFrame:
    table = grid.pivot_table(index=["cohort", "name"], columns="age", values="class", sort=False)
    table = table.astype(int).reset_index()
    table["cohort"] = table["cohort"].map(COHORTS)
    return table.rename(columns={"cohort": _("Cohort"), "name": _("Case")})


def severity_case_table() -> Table:
    """Each case at the age assumed: what is changed, life years and QALYs on the comparator,
    shortfall, class.
    """
    data, rows = cases(), []
    for cohort in COHORTS:
        at_age = data[(data["cohort"] == cohort) & (data["age"] == assumed_age(cohort))]
        for case in frame_rows(at_age.rename(columns={"class": "number"})):
            rows.append(
                {
                    COHORT: COHORTS[cohort],
                    _("Case"): sentence_start(_explained(cohort, case.case)),
                    _("Life years"): numbers.number(case.life_years, 2),
                    _("QALYs"): numbers.number(case.comparator_qalys, 2),
                    _("Shortfall"): numbers.number(case.shortfall, 2),
                    _("Class"): str(case.number),
                }
            )
    return long_table(pd.DataFrame(rows), rows=4, group=COHORT)


def _explained(cohort: str, case: str) -> str:
    """What a case changes, in words."""
    active = active_treatment(cohort)
    if case == "active" and active is not None:
        return _("simple check with median survival as on {treatment} in {trial}").format(
            treatment=comparator_label(active.comparator), trial=trial_label(active.median.subject)
        )
    for name, short in alternative_sets().items():
        if case == short:
            own = SETS_EXPLAINED.get(name) or _(
                "{control} median of the analysis set {set}"
            ).format(control=CONTROL_NAME, set=CASE.set_labels()[name])
            return _("simple check with {change}").format(change=own)
    shape = load_facts()["economics.severity.curve_shape"]
    return CASES_EXPLAINED[case].format(
        low=numbers.printed(shape.printed_low or ""),
        high=numbers.printed(shape.printed_high or ""),
        control=CONTROL_NAME,
    )
