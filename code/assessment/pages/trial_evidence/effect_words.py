"""Words of the trial's effects."""

from __future__ import annotations

from assessment.evidence import Fact
from assessment.presentation.show import ref

WORDS = {
    "sets": {"publication": "Publication", "fda": "FDA label", "interim_2023": "Interim 2023"},
    "subgroups": {"gi": "Gastrointestinal", "lung_thymic": "Lung or thymus", "grade3": "Grade 3"},
    "cohort_long": {"epnet": "Outside the pancreas (epNET)", "pnet": "Pancreas (pNET)"},
    "months": {
        "pfs": "Median progression-free survival, months",
        "os": "Median overall survival, months",
    },
    "ratio": {"pfs": "Hazard ratio for progression or death", "os": "Hazard ratio for death"},
    "below_one": ", log scale · below 1 favours cabozantinib",
    "below_one_short": " (below 1: cabozantinib)",
    "topics": {
        "design": "Design",
        "n": "Patients",
        "baseline": "Baseline",
        "followup": "Follow-up",
        "pfs": "Progression-free survival",
        "os": "Overall survival",
        "response": "Response",
        "safety": "Safety",
        "exposure": "Dose and duration",
        "hrqol": "Quality of life",
        "benefit": "Benefit scores",
    },
    "responses": (
        "partial response",
        "stable disease",
        "progression",
        "not assessable or not stated",
    ),
    "unpublished": "not found",
}


# the arms as glue keys name them, in the order of ARMS
ROLES = ("treated", "control")


RATIO_TICKS = {True: [0.05, 0.1, 0.2, 0.5, 1, 2], False: [0.1, 0.2, 0.5, 1, 2]}


def fact_or_dash(fact: Fact | None, style: str = "full"):
    """A table cell: the fact with its source, or a dash where no fact exists."""
    return ref(fact, style) if fact is not None else "–"


def has_value(fact: Fact | None) -> bool:
    return fact is not None and fact.value is not None
