"""How severe the disease is by the model's comparator arm, with the range that its draws give."""

from __future__ import annotations

import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.analyses.comparator_severity import control_arm
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.economics.model.absolute_shortfall import (
    absolute_shortfall,
    severity_class,
    shortfall_by_age,
)
from assessment.evidence import load_population_table
from assessment.pages.economics.shared.model_answers import limits, with_interval
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.money_format import format_share
from assessment.presentation.show import Table

CLASS_RANGE = _("{number} ({low}\u00a0to\u00a0{high})")


def drawn_shortfalls(cohort: str) -> np.ndarray:
    """Absolute shortfall in QALYs by draw of the base case, at the age assumed; not rounded."""
    remaining = runs.severity(cohort).remaining_qalys
    return np.maximum(remaining - runs.draws(cohort).comparator_undiscounted_qalys, 0.0)


def class_limits(cohort: str) -> tuple[int, int]:
    """The lowest and the highest class in the middle 95 % of draws."""
    classes = load_population_table("severity-classes")
    low, high = limits(drawn_shortfalls(cohort))
    return severity_class(low, classes), severity_class(high, classes)


def shortfall_answer(cohort: str) -> str:
    """Absolute shortfall of the base case with its interval."""
    return with_interval(runs.severity(cohort).shortfall, drawn_shortfalls(cohort), 1)


def class_answer(cohort: str) -> str:
    """Class of the base case; with the classes of the interval where they are more than one."""
    low, high = class_limits(cohort)
    number = str(runs.severity(cohort).severity_class)
    return number if low == high else CLASS_RANGE.format(number=number, low=low, high=high)


def class_shares(cohort: str) -> dict[int, float]:
    """Share of draws in each severity class."""
    classes = load_population_table("severity-classes")
    starts = classes["absolute_shortfall_from"].to_numpy(float)
    places = np.searchsorted(starts, np.round(drawn_shortfalls(cohort), 2), side="right") - 1
    counts = np.bincount(places, minlength=len(starts)) / places.size
    return dict(zip(classes["class"].astype(int), counts, strict=True))


def drawn_classes() -> set[int]:
    """The classes in which at least one draw of any cohort lies."""
    return {number for c in COHORTS for number, share in class_shares(c).items() if share > 0}


def severity_table() -> Table:
    """Severity of each cohort: the base case with its range, and the simple check beside it."""
    columns = {NAMES[cohort]: _severity(cohort) for cohort in COHORTS}
    return Table(pd.DataFrame(columns).rename_axis(_("Severity")).reset_index())


def _severity(cohort: str) -> dict[str, str]:
    severity = runs.severity(cohort)
    age = int(runs.base(cohort).settings.start_age_years)
    simple = shortfall_by_age(control_arm(cohort), [age]).iloc[0]
    shares = {
        _("Draws in class {number}").format(number=number): format_share(float(share))
        for number, share in class_shares(cohort).items()
        if number in drawn_classes()
    }
    return {
        _("Age at start of treatment ◆"): numbers.number(age),
        _("QALYs ahead, general population"): numbers.number(severity.remaining_qalys, 1),
        _("QALYs ahead on the comparator (95 % interval)"): with_interval(
            severity.comparator_qalys, runs.draws(cohort).comparator_undiscounted_qalys, 1
        ),
        _("Absolute shortfall, base case (95 % interval)"): shortfall_answer(cohort),
        _("Class, base case (95 % interval)"): class_answer(cohort),
        **shares,
        _("Absolute shortfall, simple check"): numbers.number(
            absolute_shortfall(simple["remaining_qalys"], simple["comparator_qalys"]), 1
        ),
        _("Class, simple check"): str(int(simple["class"])),
    }
