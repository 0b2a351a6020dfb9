"""What is known of treatments beside the model's own inputs, as ``data/scenario_values.csv`` names
it: other prices, the cost of a course, how many would be given what, and subgroups.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.case.model.inputs.model_inputs import fraction, limits
from assessment.case.model.inputs.scenario_values import published_rows
from assessment.evidence import Fact, load_facts

PRICE_ROWS, COURSE_ROWS = "comparator price", "course"
DISPLACED_ROWS, SUBGROUP_ROWS = "displaced share", "subgroup"


@dataclass(frozen=True)
class OtherPrice:
    """Another price of a drug that the model compares with. ``id``: of the price among those of the
    comparator; ``kind``: what price it is, in words; ``values``: {model input: NOK}.
    """

    id: str
    comparator: str
    kind: str
    values: Mapping[str, float]


@dataclass(frozen=True)
class Course:
    """A treatment of which only the cost of a course is known, NOK (``fact``)."""

    comparator: str
    fact: Fact


def other_prices(cohort: str) -> tuple[OtherPrice, ...]:
    """Other prices of comparators, in the order of the file."""
    facts = load_facts()
    return tuple(
        OtherPrice(
            row["scenario"],
            row["comparator"],
            row["study"],
            {row["parameter"]: fraction(facts[row["fact"]])},
        )
        for row in published_rows(PRICE_ROWS, cohort)
    )


def courses(cohort: str) -> tuple[Course, ...]:
    """Treatments that the model does not run and whose course has a known cost."""
    facts = load_facts()
    listed = (
        Course(row["comparator"], facts[row["fact"]]) for row in published_rows(COURSE_ROWS, cohort)
    )
    return tuple(course for course in listed if course.fact.status != "unknown")


def displaced_shares(cohort: str, end: str = "") -> dict[str, float]:
    """{comparator: share of the patients who would otherwise be given it}; the others get what the
    control arm got. ``end``: "low" or "high" for that end of every share's range.
    """
    facts, shares = load_facts(), {}
    for row in published_rows(DISPLACED_ROWS, cohort):
        fact = facts[row["fact"]]
        low, high = limits(fact)
        value = {"low": low, "high": high}.get(end, fact.number)
        shares[row["comparator"]] = fraction(fact, value)
    return shares


def subgroups(cohort: str) -> dict[str, Fact]:
    """{subgroup: the fact that holds its hazard ratio of progression}, also where it is not known."""
    facts = load_facts()
    return {row["scenario"]: facts[row["fact"]] for row in published_rows(SUBGROUP_ROWS, cohort)}


def subgroup_ratio(subgroup: str, cohort: str) -> Fact:
    """The hazard ratio of progression of a subgroup. LookupError where the table has no such row,
    ValueError where the ratio is not known.
    """
    known = subgroups(cohort)
    if subgroup not in known:
        raise LookupError(
            f"no subgroup '{subgroup}' of {cohort} in data/scenario_values.csv; it has:"
            f" {', '.join(known) or 'none'}"
        )
    if known[subgroup].status == "unknown":
        raise ValueError(f"the hazard ratio '{known[subgroup].id}' is not known")
    return known[subgroup]
