"""Python's answers to every number of a cohort that the workbook checks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from assessment.case.model.analyses.comparator_severity import severity_of
from assessment.case.model.analyses.decision_facts import reference_facts
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.costs.cost_utility import run_model
from assessment.case.model.curves.thinned_draws import NoCurve
from assessment.case.model.inputs.settings import CONTROL
from assessment.workbook.content.curve_sets import settings_of, strategies
from assessment.workbook.content.python_answers import answers, price_that_is_enough


def all_answers(
    cohort: str,
    changed: Mapping[str, Any],
    inputs: Mapping[str, float],
    grid: str = "monthly",
    worth: Mapping[str, float] | None = None,
    traced: Collection[str] | None = None,
) -> dict[str, float]:
    """``answers``, and what follows from them: ratios where neither strategy dominates, prices of a
    pack that are enough at each value of a QALY, severity. ``worth``: {key as in ``reference_facts``:
    NOK per QALY}, None for the book's. ``traced``: as in ``answers``.
    """
    found = answers(cohort, changed, inputs, grid, traced)
    values = worth or {key: fact.number for key, fact in reference_facts().items()}
    for other in strategies(cohort)[1:]:
        if f"added_cost_{other}" not in found:
            continue
        cost, gain = found[f"added_cost_{other}"], found[f"qalys_gained_{other}"]
        if cost * gain > 0:
            found[f"icer_{other}"] = cost / gain
        for key, value in values.items():
            found[f"price_{key}_{other}"] = price_that_is_enough(found, other, value, inputs[PRICE])
    try:
        results = run_model(inputs, replace(settings_of(cohort, changed, CONTROL), grid=grid))
    except NoCurve:
        return found
    severity = severity_of(results)
    return found | {
        "shortfall": severity.shortfall,
        "severity_class": float(severity.severity_class),
    }
