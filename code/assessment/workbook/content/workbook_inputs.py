"""The rows of the workbook's sheet of inputs: everything that a reader may change, with its source."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.case.definition import load_case
from assessment.case.model.analyses.decision_facts import age_fact
from assessment.case.model.costs.crossover_share import crossover_share
from assessment.case.model.inputs.input_checks import allowed_range
from assessment.case.model.inputs.model_inputs import (
    COHORTS,
    ModelInput,
    model_inputs,
)
from assessment.case.model.inputs.settings import Settings
from assessment.case.model.scenarios.scenario_runs import scenarios
from assessment.evidence import load_population_table
from assessment.presentation.language import _
from assessment.workbook.content.curve_parameters import curve_parameters
from assessment.workbook.content.curve_sets import curve_sets
from assessment.workbook.content.decision_inputs import (
    budget_rows,
    decision_rows,
    displaced_rows,
    tax_row,
)
from assessment.workbook.content.input_row import BOTH, InputRow, source_of, unit_of
from assessment.workbook.content.model_choices import CHOICES, YES_NO

LONGEST_HORIZON_YEARS = 100


def input_rows() -> tuple[InputRow, ...]:
    """Every row, in the order of the sheet: names are unique."""
    return (
        *_choice_rows(),
        *_model_rows(),
        *decision_rows(),
        *budget_rows(),
        *(row for cohort in COHORTS for row in _curve_rows(cohort)),
    )


def names_by_parameter(cohort: str) -> dict[str, str]:
    """{parameter: name of its cell} as formulas of a cohort read them."""
    return {row.parameter: row.name for row in input_rows() if row.cohort in (BOTH, cohort)}


def cohort_values(cohort: str) -> dict[str, float | str | None]:
    """{parameter: the book's value} of what a cohort's model reads, whatever its cells are called."""
    beside = (*_choice_rows(), *decision_rows(), tax_row(), *displaced_rows(cohort))
    return {
        **{row.parameter: row.value for row in (*beside, *_curve_choice_rows(cohort))},
        **{name: given.value for name, given in model_inputs(cohort).items()},
    }


def _model_rows() -> list[InputRow]:
    by_cohort = {cohort: model_inputs(cohort) for cohort in COHORTS}
    first, rows, apart = by_cohort[COHORTS[0]], [], _apart_in_scenarios()
    for name, given in first.items():
        same = name not in apart and all(
            name in of and of[name].fact.id == given.fact.id and of[name].value == given.value
            for of in by_cohort.values()
        )
        if same:
            rows.append(_model_row(given, BOTH))
        else:
            rows += [_model_row(of[name], c) for c, of in by_cohort.items() if name in of]
    return rows


def _apart_in_scenarios() -> set[str]:
    """Inputs that some scenario changes in one cohort and not, or otherwise, in another: they cannot share
    a cell.
    """
    by_id: dict[str, list[Mapping[str, float]]] = {}
    for cohort in COHORTS:
        for scenario in scenarios(cohort):
            by_id.setdefault(scenario.id, []).append(scenario.inputs)
    return {
        name
        for of_cohorts in by_id.values()
        for name in set().union(*of_cohorts)
        if len({inputs.get(name) for inputs in of_cohorts}) > 1  # None: left as it is
    }


def _model_row(given: ModelInput, cohort: str) -> InputRow:
    least, most, above_zero = allowed_range(given.parameter)
    varies = given.low < given.high
    return InputRow(
        given.parameter,
        cohort,
        given.label,
        "input",
        given.group,
        given.value,
        unit_of(given.fact),
        given.low if varies else None,
        given.high if varies else None,
        given.fact.interval or "",
        given.kind,
        source_of(given.fact),
        given.status,
        least,
        most,
        above_zero,
    )


def _choice_rows() -> list[InputRow]:
    rows = [
        InputRow(
            "horizon_years",
            BOTH,
            _("Years modelled, at most to the end of the life table"),
            "choice",
            "method",
            LONGEST_HORIZON_YEARS,
            _("years"),
            least=1,
            most=LONGEST_HORIZON_YEARS,
            whole=True,
        )
    ]
    schedule = load_population_table("discount-schedule")
    for number, (start, rate) in enumerate(zip(schedule["year_from"], schedule["annual_rate"]), 1):
        label = _("Discount rate from year {year} on").format(year=start)
        rows.append(
            InputRow(
                f"discount_rate_{number}",
                BOTH,
                label,
                "choice",
                "method",
                float(rate),
                _("share a year"),
                source=str(schedule.attrs.get("source", "")),
                status=str(schedule.attrs.get("status", "")),
                most=0.99,
            )
        )
    base = Settings()
    for choice in CHOICES:
        value = getattr(base, choice.setting)
        text = YES_NO[bool(value)] if isinstance(value, bool) else str(value)
        rows.append(
            InputRow(
                choice.setting, BOTH, choice.label, "choice", "method", text, options=choice.options
            )
        )
    return rows


def _curve_choice_rows(cohort: str) -> list[InputRow]:
    count, label = len(curve_sets(cohort)), load_case().cohort_labels()[cohort]
    fact = age_fact(cohort)
    return [
        InputRow(
            "curve_set",
            cohort,
            _(
                "Number of the model's curves, as the sheet Model curves lists them, {cohort}"
            ).format(cohort=label),
            "choice",
            "survival",
            1,
            least=1,
            most=count,
            whole=True,
        ),
        InputRow(
            "age",
            cohort,
            _("Age at start, {cohort}").format(cohort=label),
            "choice",
            "population",
            fact.number,
            fact.unit,
            source=source_of(fact),
            status=fact.status,
            fixed=True,
        ),
        InputRow(
            "crossover_share",
            cohort,
            _("Control arm's patients charged the drug after progression, {cohort}").format(
                cohort=label
            ),
            "choice",
            "survival",
            crossover_share(Settings(cohort)),
            _("share"),
            most=1,
        ),
    ]


def _curve_rows(cohort: str) -> list[InputRow]:
    return _curve_choice_rows(cohort) + [
        InputRow(
            one.parameter,
            cohort,
            one.label,
            "curve",
            "survival",
            one.value,
            one.unit,
            status="" if one.options else "derived",
            source="" if one.options else _("through the model's expected curve"),
            least=one.least,
            above_zero=one.above_zero,
            options=one.options,
        )
        for one in curve_parameters(cohort)
    ]
