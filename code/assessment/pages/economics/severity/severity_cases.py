"""Severity: absolute shortfall by age, cohort and assumption."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pandas as pd

from assessment.case.model.analyses.comparator_severity import control_arm
from assessment.case.model.analyses.scenarios import alternative_sets
from assessment.case.model.inputs.scenario_values import (
    UTILITY_LOWEST,
    UTILITY_PRINTED,
    active_treatment,
    published_utility,
)
from assessment.case.trial.trial import COHORTS
from assessment.economics.model.absolute_shortfall import (
    Comparator,
    absolute_shortfall,
    check_against_published,
    severity_class,
    shortfall_by_age,
)
from assessment.evidence import load_facts, load_population_table
from assessment.evidence.provenance.result_cache import cached_result
from assessment.pages.economics.shared.case_words import SETS_IN_SEVERITY
from assessment.pages.economics.shared.fact_ranges import range_of
from assessment.pages.economics.shared.figure_sources import TRIAL
from assessment.pages.economics.shared.set_names import set_name
from assessment.presentation.language import _

PUBLISHED_UTILITIES = {"utility_printed": UTILITY_PRINTED, "utility_low": UTILITY_LOWEST}
CASE_NAMES = {
    "base": _("Base case"),
    "tail_long": _("Longer tail"),
    "tail_short": _("Shorter tail"),
    "utility_printed": _("Utility as printed"),
    "utility_low": _("Lowest utility"),
    **{short: set_name(name, SETS_IN_SEVERITY) for name, short in alternative_sets().items()},
    "active": _("Active treatment"),
    "ours": _("Our life table"),
}
SOURCES = (*TRIAL, "dmp2025tool", "magnussen2015")


def ages() -> range:
    """The ages shown, an assumption kept in the data."""
    youngest, oldest = range_of(load_facts()["economics.severity.ages_shown"])
    return range(int(youngest), int(oldest) + 1)


def assumed_age(cohort: str) -> int:
    """The starting age assumed for a cohort."""
    return int(load_facts()[f"norway.age.{cohort}.start"].number)


@cached_result(maxsize=1)
def cases() -> pd.DataFrame:
    """Every case of all cohorts at every age shown: one row per cohort, case and age, columns as
    shortfall_by_age.
    """
    frames: list[pd.DataFrame] = []
    for cohort in COHORTS:
        by_case = {
            case: shortfall_by_age(arm, ages()).assign(cohort=cohort, case=case)
            for case, arm in _comparators(cohort).items()
        }
        frames += by_case.values()
        frames.append(_with_our_life_table(by_case["base"]).assign(case="ours"))
    return pd.concat(frames, ignore_index=True)


def _comparators(cohort: str) -> dict[str, Comparator]:
    """The comparator arm of each case, the base case first."""
    facts, base = load_facts(), control_arm(cohort)
    longest_tail, shortest_tail = range_of(facts["economics.severity.curve_shape"])
    arms = {
        "base": base,
        "tail_long": replace(base, shape=longest_tail),
        "tail_short": replace(base, shape=shortest_tail),
    }
    for case, used_for in PUBLISHED_UTILITIES.items():
        utility = published_utility(used_for, cohort)
        if utility is not None:
            arms[case] = replace(base, utility=utility.number)
    for name, case in alternative_sets().items():
        with suppress(LookupError):  # the set prints no median of the control arm
            arms[case] = control_arm(cohort, name)
    active = active_treatment(cohort)
    if active is not None:
        arms["active"] = replace(base, median_survival_months=active.median.number)
    return arms


def _with_our_life_table(base: pd.DataFrame) -> pd.DataFrame:
    """The base case with remaining QALYs recomputed here in place of DMP's printed table."""
    classes = load_population_table("severity-classes")
    ours = base["age"].map(check_against_published().set_index("age")["our_qalys"])
    shortfall = [
        absolute_shortfall(remaining, lived)
        for remaining, lived in zip(ours, base["comparator_qalys"])
    ]
    return base.assign(
        remaining_qalys=ours,
        shortfall=shortfall,
        **{"class": [severity_class(qalys, classes) for qalys in shortfall]},
    )


def border_shift(data: pd.DataFrame) -> int:
    """The most years by which any case moves the first age of any class, against the base case of
    its cohort.
    """
    first = data.groupby(["cohort", "case", "class"])["age"].min().unstack("case")
    shifts = first.sub(first["base"], axis=0).abs()
    return int(shifts[first["base"] > ages()[0]].max().max())
