"""The values of a QALY that figures draw as reference lines."""

from __future__ import annotations

from assessment.case.model import runs
from assessment.evidence import load_facts
from assessment.pages.economics.uncertainty.uncertainty_words import WORDS


def references(cohort: str) -> list[dict]:
    """The stated opportunity cost and the value proposed for the cohort's own severity class."""
    severe = runs.severity(cohort)
    return [
        {
            "value": load_facts()["norway.reference.opportunity_cost.value"].number,
            "kind": "policy",
            "text": WORDS["policy"],
        },
        {
            "value": severe.reference_nok_per_qaly,
            "kind": "proposal",
            "text": WORDS["proposal"].format(number=severe.severity_class),
        },
    ]
