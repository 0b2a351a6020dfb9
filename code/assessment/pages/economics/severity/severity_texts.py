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
    ages_run,
    assumed_age,
    border_shift,
    cases,
)
from assessment.presentation import numbers
from assessment.presentation.glue_keys import of_cohort
from assessment.presentation.language import _


@computed
def cohort_texts(cohort: str) -> dict[str, str]:
    """Shortfall, class and their range of one cohort, as text."""
    every = cases()
    own = every[every["cohort"] == cohort]
    at_age = own[own["age"] == assumed_age(cohort)].set_index("case")
    base, simple = at_age.loc["base"], at_age.loc["simple"]
    on_control = at_age.drop(index="active", errors="ignore")
    by_age = own[own["case"] == "base"]
    shortfall = by_age["shortfall"]
    per_year = (shortfall.iloc[0] - shortfall.iloc[-1]) / (ages()[-1] - ages()[0])
    ages_in_class = by_age.loc[by_age["class"] == base["class"], "age"]
    by_stem = {
        "econ_shortfall": numbers.number(simple["shortfall"], 1),
        "econ_class": str(int(simple["class"])),
        "econ_remaining": numbers.number(simple["remaining_qalys"], 1),
        "econ_qalys": numbers.number(simple["comparator_qalys"], 1),
        "econ_life_years": numbers.number(simple["life_years"], 1),
        "econ_medians": _medians_in_class(cohort, int(simple["class"])),
        "econ_shortfall_young": numbers.number(shortfall.max(), 1),
        "econ_shortfall_old": numbers.number(shortfall.min(), 1),
        "econ_class_young": str(by_age["class"].max()),
        "econ_class_old": str(by_age["class"].min()),
        "econ_shortfall_low": numbers.number(on_control["shortfall"].min(), 1),
        "econ_shortfall_high": numbers.number(on_control["shortfall"].max(), 1),
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


def _medians_in_class(cohort: str, number: int) -> str:
    """Which median survival on the comparator gives the class at the assumed age, in words."""
    longest, shortest = medians_in_class(cohort, number)
    if longest is None:
        return _("any longer median survival")
    if shortest is None:
        return _("any median survival up to {longest} months").format(
            longest=numbers.number(longest)
        )
    return _("any median survival from {shortest} to {longest} months").format(
        shortest=numbers.number(shortest), longest=numbers.number(longest)
    )


def medians_in_class(cohort: str, number: int) -> tuple[float | None, float | None]:
    """The longest and the shortest median survival on the comparator, months, that give the class
    at the assumed age by the simple check; None where any longer, or any shorter, one does.
    """
    floors = load_population_table("severity-classes").set_index("class")["absolute_shortfall_from"]
    age, arm = assumed_age(cohort), control_arm(cohort)
    longest = median_at_shortfall(floors[number], age, arm) if number > floors.index.min() else None
    above = number < floors.index.max()
    return longest, median_at_shortfall(floors[number + 1], age, arm) if above else None


def _whether_classes_agree() -> str:
    """Whether the base case and the simple check give the same class, in a sentence."""
    every = cases().set_index(["cohort", "case", "age"])["class"]
    differing = [
        _("{cohort}, {base} or {simple}").format(
            cohort=COHORTS[cohort],
            base=every[cohort, "base", assumed_age(cohort)],
            simple=every[cohort, "simple", assumed_age(cohort)],
        )
        for cohort in COHORTS
        if every[cohort, "base", assumed_age(cohort)]
        != every[cohort, "simple", assumed_age(cohort)]
    ]
    if not differing:
        return _("Both ways give the same class in each cohort.")
    return _("The class depends on which is believed: {differing}.").format(
        differing="; ".join(differing)
    )


def _ages_in_words() -> str:
    """The ages at which the model is run, each once."""
    at = sorted({age for cohort in COHORTS for age in ages_run(cohort)})
    return _("{ages} and {last} years").format(
        ages=", ".join(str(age) for age in at[:-1]), last=at[-1]
    )


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
        "econ_classes_agree": _whether_classes_agree(),
        "econ_ages_run": _ages_in_words(),
    }
    for cohort in COHORTS:
        glued |= cohort_texts(cohort)
    return glued
