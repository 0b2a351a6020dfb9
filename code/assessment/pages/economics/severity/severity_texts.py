"""Severity in words."""

from __future__ import annotations

from assessment.case.model.analyses.comparator_severity import placebo_arm
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


@computed
def cohort_texts(cohort: str) -> dict[str, str]:
    """Shortfall, class and their range of one cohort, as text."""
    data, floors = (
        cases(),
        load_population_table("severity-classes").set_index("class")["absolute_shortfall_from"],
    )
    age = assumed_age(cohort)
    rows = data[(data["cohort"] == cohort) & (data["age"] == age)].set_index("case")
    base, whole = rows.loc["base"], data[(data["cohort"] == cohort) & (data["case"] == "base")]
    placebo = rows.drop(index="active")
    number = int(base["class"])
    return {
        f"econ_{cohort}_{k}": v
        for k, v in {
            "shortfall": numbers.number(base["shortfall"], 1),
            "class": str(number),
            "remaining": numbers.number(base["remaining_qalys"], 1),
            "qalys": numbers.number(base["comparator_qalys"], 1),
            "life_years": numbers.number(base["life_years"], 1),
            "shortfall_young": numbers.number(whole["shortfall"].max(), 1),
            "shortfall_old": numbers.number(whole["shortfall"].min(), 1),
            "class_young": str(whole["class"].max()),
            "class_old": str(whole["class"].min()),
            "shortfall_low": numbers.number(placebo["shortfall"].min(), 1),
            "shortfall_high": numbers.number(placebo["shortfall"].max(), 1),
            "active_class": str(rows.loc["active", "class"]),
            "active_shortfall": numbers.number(rows.loc["active", "shortfall"], 1),
            "longest": numbers.number(
                median_at_shortfall(floors[number], age, placebo_arm(cohort))
            ),
            "shortest": numbers.number(
                median_at_shortfall(floors[number + 1], age, placebo_arm(cohort)) or 0
            ),
            "per_year": numbers.number(
                (whole["shortfall"].iloc[0] - whole["shortfall"].iloc[-1])
                / (ages()[-1] - ages()[0]),
                2,
            ),
            "oldest_in_class": str(whole.loc[whole["class"] == number, "age"].max()),
            "youngest_in_class": str(whole.loc[whole["class"] == number, "age"].min()),
        }.items()
    }


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
    """Computed numbers for the chapter's sentences, as text."""
    found = check_texts() | {"econ_age_from": str(ages()[0]), "econ_age_to": str(ages()[-1])}
    found |= {
        "econ_border_shift": numbers.number(border_shift(cases()[cases()["case"] != "active"])),
        "econ_border_shift_active": numbers.number(border_shift(cases())),
    }
    needed = load_facts()["norway.small_groups.shortfall.minimum"].number
    remaining = load_population_table("remaining-qalys").set_index("age")["remaining_qalys"]
    found["econ_small_oldest"] = str(max(a for a, q in remaining.items() if q >= needed))
    for cohort in COHORTS:
        found |= cohort_texts(cohort)
    return found
