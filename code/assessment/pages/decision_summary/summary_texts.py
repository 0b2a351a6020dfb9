"""The decision summary's computed sentences."""

from __future__ import annotations

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.base_case import base_case_texts
from assessment.pages.economics.shared.model_answers import class_value, stated_value
from assessment.pages.regulatory_status.norwegian_process import waited_days
from assessment.presentation import numbers
from assessment.presentation.language import _


def texts() -> dict[str, str]:
    """Every computed text of the decision summary by its key; economics as its chapter has them."""
    return base_case_texts.texts() | verdict_texts()


@computed
def verdict_texts() -> dict[str, str]:
    """Whether the gain is worth the assumed price, and how long the case has waited."""
    return {
        "summary_verdict": verdict(),
        "summary_waiting_days": numbers.number(waited_days()),
    }


def verdict() -> str:
    """Whether the gain against placebo is worth the assumed price: in every cohort and at both values
    of a QALY, in none, or in some.
    """
    worth = [
        float(runs.base(cohort).increment.net_monetary_benefit(value)) > 0
        for cohort in COHORTS
        for value in (class_value(cohort), stated_value())
    ]
    if all(worth):
        return _("At the assumed price the expected gain in health is worth its cost.")
    if any(worth):
        return _(
            "At the assumed price the expected gain in health is worth its cost for some patients or"
            " at the higher value of health only."
        )
    return _("At the assumed price it costs more than its expected gain in health is worth.")
