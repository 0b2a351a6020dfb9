"""Severity from the model's own comparator arm: absolute shortfall, class, reference value."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.case.model.costs.cost_utility import Results
from assessment.case.model.inputs.scenario_values import UTILITY, published_utility
from assessment.case.trial.trial import BASE_SET, CASE, load_trial
from assessment.economics.model.absolute_shortfall import (
    Comparator,
    absolute_shortfall,
    severity_class,
)
from assessment.evidence import FactSet, load_facts, load_population_table


@dataclass(frozen=True)
class Severity:
    """Remaining QALYs without the disease (DMP's table), QALYs on the comparator, shortfall, class,
    and that class's proposed reference value.
    """

    remaining_qalys: float
    comparator_qalys: float
    shortfall: float
    severity_class: int
    reference_nok_per_qaly: float


def severity_of(results: Results) -> Severity:
    """Severity of a run in expected values, both QALY figures undiscounted. The age must be one of
    DMP's table (ValueError).
    """
    table = load_population_table("remaining-qalys").set_index("age")["remaining_qalys"]
    age = results.settings.start_age_years
    if age not in table.index:
        raise ValueError(
            f"DMP's table gives remaining QALYs at whole ages {table.index.min()} to"
            f" {table.index.max()}; found {age:g}"
        )
    remaining, lived = float(table[age]), float(results.comparator.undiscounted_qalys.mean())
    shortfall = absolute_shortfall(remaining, lived)
    number = severity_class(shortfall, load_population_table("severity-classes"))
    return Severity(
        remaining,
        lived,
        shortfall,
        number,
        load_facts()[f"norway.reference.class{number}.value"].number,
    )


def control_arm(
    cohort: str, analysis_set: str = BASE_SET, facts: FactSet | None = None
) -> Comparator:
    """The trial's control arm as comparator: printed median survival, utility after progression,
    exponential curve.

    LookupError when the set prints no median or no utility is named. Utilities are on the scale of
    the Norwegian norms (EQ-5D-5L, mapped).
    """
    facts = load_facts() if facts is None else facts
    median = load_trial(analysis_set, facts).os(cohort).control
    if median is None or median.value is None:
        raise LookupError(
            f"the analysis set '{analysis_set}' prints no median survival on {CASE.control.label}"
            f" for {cohort}"
        )
    utility = published_utility(UTILITY, cohort, facts)
    if utility is None:
        raise LookupError(f"data/scenario_values.csv has no row '{UTILITY}' for {cohort}")
    return Comparator(
        cohort,
        analysis_set,
        median.number,
        utility.number,
        facts["economics.severity.curve_shape"].number,
    )
