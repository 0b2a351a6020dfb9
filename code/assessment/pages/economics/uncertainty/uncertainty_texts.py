"""How sure the result is, in words."""

from __future__ import annotations

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.uncertainty.acceptability_curves import (
    share_worth_it,
    where_decision_turns,
)
from assessment.pages.economics.uncertainty.tornado import tornado_bars
from assessment.presentation.glue_keys import of_cohort


@computed
def texts() -> dict[str, str]:
    """The widest input and how likely it is worth it, for the chapter's sentences, by key."""
    glued: dict[str, str] = {}
    for cohort in COHORTS:
        widest = tornado_bars(cohort)["label"].iloc[0]
        glued |= of_cohort(
            cohort,
            {
                "uncertainty_widest": widest[:1].lower() + widest[1:],
                "uncertainty_likely": share_worth_it(cohort),
                "uncertainty_turns": where_decision_turns(cohort),
            },
        )
    return glued
