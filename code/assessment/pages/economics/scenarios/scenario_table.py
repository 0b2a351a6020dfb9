"""Table of all scenarios, and why some cannot be run."""

from __future__ import annotations

import pandas as pd

from assessment.case.model.scenarios.scenario_runs import Outcome
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.economics.analysis.cost_effectiveness import Increment
from assessment.pages.economics.scenarios.scenario_frame import price_text, scenario_frame
from assessment.pages.economics.scenarios.scenario_words import ASSUMED_NAMES, GAIN
from assessment.presentation import numbers
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.icer_format import format_icer
from assessment.presentation.language import _
from assessment.presentation.money_format import MILLION
from assessment.presentation.show import Table, long_table

COHORT = _("Cohort")
UNPRICED = _("no Norwegian price")


def scenario_table(cohort: str = "") -> Table:
    """Every scenario in numbers, of one cohort or of all; what cannot be run says why."""
    rows = [
        _row(row.cohort, row.name, row.outcome)
        for row in frame_rows(scenario_frame())
        if cohort in ("", row.cohort)
    ]
    columns = [
        COHORT,
        _("Scenario"),
        _("Life years"),
        GAIN,
        _("Added cost, million"),
        _("NOK per QALY"),
        _("Price of a pack that is enough (95 % interval)"),
        _("Class"),
    ]
    frame = pd.DataFrame(rows, columns=columns)
    if cohort:
        return long_table(frame.drop(columns=COHORT))
    return long_table(frame, group=COHORT)


def _row(cohort: str, name: str, outcome: Outcome) -> tuple[str, ...]:
    results, severity = outcome.results, outcome.severity
    if results is None or severity is None:
        reason = _("{scenario} (cannot be run: too little is printed of {what})")
        named = reason.format(scenario=name, what=_missing(outcome))
        return NAMES[cohort], named, "", "", "", "", "", ""
    increment = results.increment
    note = ", ".join(ASSUMED_NAMES[key] for key in results.assumed)
    cost = numbers.number(float(increment.cost) / MILLION, 2)
    return (
        NAMES[cohort],
        f"{name} ({note})" if note else name,
        numbers.number(float(results.increment_life_years.effect), 2),
        numbers.number(float(increment.effect), 3),
        UNPRICED if results.costs_incomplete else cost,
        UNPRICED if results.costs_incomplete else _ratio(increment),
        price_text(cohort, outcome),
        str(severity.severity_class),
    )


def _ratio(increment: Increment) -> str:
    """The ratio without the unit that stands in the heading, or why there is none."""
    return format_icer(increment).removesuffix("\u00a0NOK").removesuffix(" NOK")


def _missing(outcome: Outcome) -> str:
    """The endpoint and cohort for which too little is printed, as the model's refusal names them."""
    named = outcome.reason.split(" in the set ")[0]
    return named if named.endswith(tuple(NAMES.values())) else _("the trial's results")
