"""The page on what the trial showed."""

from assessment.pages.trial_evidence import curve_texts, trial_texts
from assessment.pages.trial_evidence.calibration_check import validation
from assessment.pages.trial_evidence.curve_figures import bands
from assessment.pages.trial_evidence.curve_tables import by_set, contradictions
from assessment.pages.trial_evidence.effect_figures import medians
from assessment.pages.trial_evidence.extrapolation import fan
from assessment.pages.trial_evidence.family_figures import hazards, model_choice
from assessment.pages.trial_evidence.hazard_ratio_figures import ratios, subgroup_ratios
from assessment.pages.trial_evidence.response_figures import best_response, severe_events
from assessment.pages.trial_evidence.restricted_mean_figures import restricted_means
from assessment.pages.trial_evidence.small_multiples import sets, subgroups
from assessment.pages.trial_evidence.trial_flow import flow
from assessment.pages.trial_evidence.trial_tables import (
    named_events,
    not_found,
    responses,
    sizes,
    survival,
    toxicity,
)

__all__ = [
    "bands",
    "best_response",
    "by_set",
    "contradictions",
    "fan",
    "flow",
    "hazards",
    "medians",
    "model_choice",
    "named_events",
    "not_found",
    "ratios",
    "responses",
    "restricted_means",
    "sets",
    "severe_events",
    "sizes",
    "subgroup_ratios",
    "subgroups",
    "survival",
    "texts",
    "toxicity",
    "validation",
]


def texts() -> dict[str, str]:
    """The page's computed texts."""
    return trial_texts.texts() | curve_texts.texts()
