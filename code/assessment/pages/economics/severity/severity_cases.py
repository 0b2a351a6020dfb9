"""Severity: absolute shortfall by age, cohort and assumption."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.analyses.comparator_severity import control_arm
from assessment.case.model.costs.cost_utility import Results
from assessment.case.model.inputs.scenario_values import (
    UTILITY_LOWEST,
    UTILITY_PRINTED,
    active_treatment,
    published_utility,
)
from assessment.case.model.scenarios.scenario_runs import alternative_sets
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
    "ours": _("Our life table"),
    "simple": _("Simple check"),
    "tail_long": _("Longer tail"),
    "tail_short": _("Shorter tail"),
    "utility_printed": _("Utility as printed"),
    "utility_low": _("Lowest utility"),
    **{short: set_name(name, SETS_IN_SEVERITY) for name, short in alternative_sets().items()},
    "active": _("Active treatment"),
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
    shortfall_by_age. The base case has the model's comparator arm, "simple" and what follows an
    exponential curve and its variants.
    """
    frames: list[pd.DataFrame] = []
    for cohort in COHORTS:
        base = _by_the_model(cohort).assign(cohort=cohort, case="base")
        frames += [base, _with_our_life_table(base).assign(case="ours")]
        frames += [
            shortfall_by_age(arm, ages()).assign(cohort=cohort, case=case)
            for case, arm in _simple_checks(cohort).items()
        ]
    return pd.concat(frames, ignore_index=True)


def ages_run(cohort: str) -> dict[int, Results]:
    """The model's runs of the base case by age at start: at the age assumed, and at the ends of the
    ages shown.
    """
    runs_by_age = {
        int(one.results.settings.start_age_years): one.results
        for one in runs.scenario_outcomes(cohort)
        if one.results is not None and one.scenario.group in ("base", "severity")
    }
    return dict(sorted(runs_by_age.items()))


def _by_the_model(cohort: str) -> pd.DataFrame:
    """Severity by age from the model's comparator arm: its QALYs and life years at the ages run,
    on straight lines between them.
    """
    by_age, classes = ages_run(cohort), load_population_table("severity-classes")
    at = list(by_age)
    lived = np.interp(
        ages(), at, [float(r.comparator.undiscounted_qalys.mean()) for r in by_age.values()]
    )
    years = np.interp(
        ages(),
        at,
        [float(r.comparator.outcomes.undiscounted_life_years.mean()) for r in by_age.values()],
    )
    frame = shortfall_by_age(None, ages()).assign(comparator_qalys=lived, life_years=years)
    shortfall = [
        absolute_shortfall(remaining, on)
        for remaining, on in zip(frame["remaining_qalys"], frame["comparator_qalys"])
    ]
    return frame.assign(
        shortfall=shortfall, **{"class": [severity_class(qalys, classes) for qalys in shortfall]}
    )


def _simple_checks(cohort: str) -> dict[str, Comparator]:
    """The comparator arm of each simple check, the exponential curve first."""
    facts, base = load_facts(), control_arm(cohort)
    longest_tail, shortest_tail = range_of(facts["economics.severity.curve_shape"])
    arms = {
        "simple": base,
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
