"""Severity in words."""

from __future__ import annotations

from assessment.case.model.analyses.comparator_severity import control_arm
from assessment.case.trial.trial import COHORTS
from assessment.economics.model.absolute_shortfall import (
    check_against_published,
    median_at_shortfall,
)
from assessment.evidence import load_facts, load_population_table
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.severity.severity_cases import (
    ages,
    assumed_age,
    border_shift,
    cases,
)
from assessment.presentation import numbers
from assessment.presentation.glue_keys import of_cohort


@computed
def cohort_texts(cohort: str) -> dict[str, str]:
    """Shortfall, class and their range of one cohort, as text."""
    every = cases()
    own = every[every["cohort"] == cohort]
    at_age = own[own["age"] == assumed_age(cohort)].set_index("case")
    base, on_control = at_age.loc["base"], at_age.drop(index="active", errors="ignore")
    by_age = own[own["case"] == "base"]
    shortfall = by_age["shortfall"]
    per_year = (shortfall.iloc[0] - shortfall.iloc[-1]) / (ages()[-1] - ages()[0])
    ages_in_class = by_age.loc[by_age["class"] == base["class"], "age"]
    longest, shortest = _medians_in_class(cohort, int(base["class"]))
    by_stem = {
        "econ_shortfall": numbers.number(base["shortfall"], 1),
        "econ_class": str(int(base["class"])),
        "econ_remaining": numbers.number(base["remaining_qalys"], 1),
        "econ_qalys": numbers.number(base["comparator_qalys"], 1),
        "econ_life_years": numbers.number(base["life_years"], 1),
        "econ_shortfall_young": numbers.number(shortfall.max(), 1),
        "econ_shortfall_old": numbers.number(shortfall.min(), 1),
        "econ_class_young": str(by_age["class"].max()),
        "econ_class_old": str(by_age["class"].min()),
        "econ_shortfall_low": numbers.number(on_control["shortfall"].min(), 1),
        "econ_shortfall_high": numbers.number(on_control["shortfall"].max(), 1),
        "econ_longest": numbers.number(longest),
        "econ_shortest": numbers.number(shortest),
        "econ_per_year": numbers.number(per_year, 2),
        "econ_oldest_in_class": str(ages_in_class.max()),
        "econ_youngest_in_class": str(ages_in_class.min()),
    }
    if "active" in at_age.index:
        active = at_age.loc["active"]
        by_stem |= {
            "econ_active_class": str(active["class"]),
            "econ_active_shortfall": numbers.number(active["shortfall"], 1),
        }
    return of_cohort(cohort, by_stem)


def _medians_in_class(cohort: str, number: int) -> tuple[float, float]:
    """The longest and the shortest median survival on the comparator, months, that give the class
    at the assumed age; 0 where any shorter one does.
    """
    floors = load_population_table("severity-classes").set_index("class")["absolute_shortfall_from"]
    age, arm = assumed_age(cohort), control_arm(cohort)
    longest = median_at_shortfall(floors[number], age, arm)
    shortest = median_at_shortfall(floors[number + 1], age, arm)
    return longest or 0, shortest or 0


@computed
def check_texts() -> dict[str, str]:
    """How far the recomputed remaining QALYs lie from DMP's, as text."""
    check = check_against_published()
    return {
        "econ_check_largest": numbers.number(check["difference"].abs().max(), 2),
        "econ_check_from": str(check["age"].min()),
        "econ_check_to": str(check["age"].max()),
    }


@computed
def texts() -> dict[str, str]:
    """Computed numbers of severity for the chapter's sentences, as text by key."""
    every = cases()
    needed = load_facts()["norway.small_groups.shortfall.minimum"].number
    remaining = load_population_table("remaining-qalys").set_index("age")["remaining_qalys"]
    oldest = remaining[remaining >= needed].index.max()
    glued = check_texts() | {
        "econ_age_from": str(ages()[0]),
        "econ_age_to": str(ages()[-1]),
        "econ_border_shift": numbers.number(border_shift(every[every["case"] != "active"])),
        "econ_border_shift_active": numbers.number(border_shift(every)),
        "econ_small_oldest": str(oldest),
    }
    for cohort in COHORTS:
        glued |= cohort_texts(cohort)
    return glued
