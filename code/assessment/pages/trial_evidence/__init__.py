"""The page on what the trial showed."""

from assessment.pages.trial_evidence.curves import curve_texts
from assessment.pages.trial_evidence.curves.calibration_check import validation
from assessment.pages.trial_evidence.curves.curve_figures import bands
from assessment.pages.trial_evidence.curves.curve_tables import by_set, contradictions
from assessment.pages.trial_evidence.curves.extrapolation import fan
from assessment.pages.trial_evidence.curves.family_figures import hazards, model_choice
from assessment.pages.trial_evidence.curves.restricted_mean_figures import restricted_means
from assessment.pages.trial_evidence.curves.small_multiples import sets, subgroups
from assessment.pages.trial_evidence.effects import trial_texts
from assessment.pages.trial_evidence.effects.effect_figures import medians
from assessment.pages.trial_evidence.effects.hazard_ratio_figures import ratios, subgroup_ratios
from assessment.pages.trial_evidence.effects.response_figures import best_response, severe_events
from assessment.pages.trial_evidence.effects.trial_flow import flow
from assessment.pages.trial_evidence.effects.trial_tables import (
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
