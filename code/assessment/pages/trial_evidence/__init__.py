"""The page on what the trial showed."""

from assessment.pages.trial_evidence.curves.calibration_check import validation
from assessment.pages.trial_evidence.curves.curve_figures import bands
from assessment.pages.trial_evidence.curves.curve_tables import by_set, contradictions
from assessment.pages.trial_evidence.curves.extrapolation import fan
from assessment.pages.trial_evidence.curves.family_figures import hazards, model_choice
from assessment.pages.trial_evidence.curves.restricted_mean_figures import restricted_means
from assessment.pages.trial_evidence.curves.small_multiples import sets, subgroups
from assessment.pages.trial_evidence.effects.effect_figures import medians
from assessment.pages.trial_evidence.effects.hazard_ratio_figures import ratios
from assessment.pages.trial_evidence.effects.response_figures import best_response, severe_events
from assessment.pages.trial_evidence.effects.subgroup_forest import subgroup_ratios
from assessment.pages.trial_evidence.effects.trial_flow import flow
from assessment.pages.trial_evidence.effects.trial_tables import (
    named_events,
    not_found,
    responses,
    sizes,
    survival,
    toxicity,
)
from assessment.pages.trial_evidence.section_texts import (
    curve_method_texts,
    harm_texts,
    own_texts,
    progression_texts,
    record_texts,
    size_texts,
    survival_texts,
    texts,
)

__all__ = [
    "bands",
    "best_response",
    "by_set",
    "contradictions",
    "curve_method_texts",
    "fan",
    "flow",
    "harm_texts",
    "hazards",
    "medians",
    "model_choice",
    "named_events",
    "not_found",
    "own_texts",
    "progression_texts",
    "ratios",
    "record_texts",
    "responses",
    "restricted_means",
    "sets",
    "severe_events",
    "size_texts",
    "sizes",
    "subgroup_ratios",
    "subgroups",
    "survival",
    "survival_texts",
    "texts",
    "toxicity",
    "validation",
]
