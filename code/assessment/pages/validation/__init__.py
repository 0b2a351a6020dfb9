"""The validation page: what was checked, how, and what was not."""

from assessment.pages.validation.model_checks import (
    audit,
    battery,
    battery_texts,
    fault_texts,
    mutations,
    status,
)
from assessment.pages.validation.replicated_results import replications, target_texts, targets

__all__ = ["audit", "battery", "mutations", "replications", "status", "targets", "texts"]


def texts() -> dict[str, str]:
    """The page's computed texts."""
    return target_texts() | battery_texts() | fault_texts()
