"""The values of a QALY that figures draw as reference lines."""

from __future__ import annotations

from assessment.case.model import runs
from assessment.evidence import load_facts
from assessment.pages.economics.shared.figure_sources import TRIAL
from assessment.presentation.language import _

# for figures that draw these lines over results of the model
REFERENCE_SOURCES = (*TRIAL, "meldst38", "magnussen2015")
POLICY = _("stated policy")


def proposal_for_class(number: int) -> str:
    """How the value proposed for a severity class is named."""
    return _("proposal for class {number}").format(number=number)


def reference_lines(cohort: str) -> list[dict]:
    """The stated opportunity cost and the value proposed for the cohort's own severity class: NOK
    per QALY (``value``), ``kind`` ("policy" or "proposal") and ``text``.
    """
    severity = runs.severity(cohort)
    return [
        {
            "value": load_facts()["norway.reference.opportunity_cost.value"].number,
            "kind": "policy",
            "text": POLICY,
        },
        {
            "value": severity.reference_nok_per_qaly,
            "kind": "proposal",
            "text": proposal_for_class(severity.severity_class),
        },
    ]
