"""The names of the other divisions of the trial's patients in figures and tables of the chapter."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.case.trial.trial import CASE
from assessment.pages.economics.shared.arm_names import sentence_start


def set_name(analysis_set: str, words: Mapping[str, str]) -> str:
    """What ``words`` call an analysis set, or else its label in data/case.csv."""
    return words.get(analysis_set) or sentence_start(CASE.set_labels()[analysis_set])
