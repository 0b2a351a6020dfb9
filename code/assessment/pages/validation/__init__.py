"""The validation page: what was checked, how, and what was not."""

from assessment.pages.validation.ratio_audit import audit, audit_texts
from assessment.pages.validation.replicated_results import replications, target_texts, targets
from assessment.pages.validation.validation_status import status, status_texts
from assessment.pages.validation.verification_results import (
    fault_texts,
    seeded_faults,
    verification_tests,
    verification_texts,
)

__all__ = [
    "audit",
    "replications",
    "seeded_faults",
    "status",
    "targets",
    "texts",
    "verification_tests",
]


def texts() -> dict[str, str]:
    """Every computed text of the page by its key: what {glue:text} shows."""
    return target_texts() | audit_texts() | status_texts() | verification_texts() | fault_texts()
