"""The page on regulatory status and on the Norwegian process."""

from assessment.pages.regulatory_status.event_timeline import timeline
from assessment.pages.regulatory_status.norwegian_process import norwegian_steps, texts, waits
from assessment.pages.regulatory_status.regulatory_tables import (
    dosing,
    hta_decisions,
    wordings,
)

__all__ = [
    "dosing",
    "hta_decisions",
    "norwegian_steps",
    "texts",
    "timeline",
    "waits",
    "wordings",
]
