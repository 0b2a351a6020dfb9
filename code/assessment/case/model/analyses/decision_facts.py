"""The facts that decide beside the model's own inputs: tax, patients, uptake, ages, values of a QALY."""

from __future__ import annotations

from assessment.case.model.analyses.adoption_budget import YEARS
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence import Fact, load_facts, load_population_table


def budget_facts() -> dict[str, Fact]:
    """``vat_rate``, ``patients`` (a range), ``uptake_1`` to ``uptake_5``, and ``share_<cohort>`` of each
    cohort but the last, which has what is left.
    """
    facts = load_facts()
    return {
        "vat_rate": facts["economics.markup.vat.percent"],
        "patients": facts["norway.patients.eligible.n"],
        **{f"uptake_{y}": facts[f"economics.adoption.uptake.y{y}"] for y in range(1, YEARS + 1)},
        **{f"share_{c}": facts[f"economics.adoption.{c}.share"] for c in COHORTS[:-1]},
    }


def age_fact(cohort: str) -> Fact:
    """Age at the start."""
    return load_facts()[f"norway.age.{cohort}.start"]


def reference_facts() -> dict[str, Fact]:
    """Values of a QALY, NOK: ``opportunity_cost``, then ``class_1`` and so on, as proposed for each
    class of severity.
    """
    facts = load_facts()
    classes = load_population_table("severity-classes")["class"]
    return {
        "opportunity_cost": facts["norway.reference.opportunity_cost.value"],
        **{f"class_{n}": facts[f"norway.reference.class{n}.value"] for n in classes},
    }
