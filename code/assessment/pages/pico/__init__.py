"""The PICO page: what was asked, and how far the evidence answers it."""

from assessment.pages.pico.comparator_forest import forest
from assessment.pages.pico.comparator_network import network
from assessment.pages.pico.control_arms import controls
from assessment.pages.pico.evidence_map_figure import evidence_map
from assessment.pages.pico.question_fit import departures, outcome_strength

__all__ = [
    "controls",
    "departures",
    "evidence_map",
    "forest",
    "network",
    "outcome_strength",
]
