"""How sure the result is, in words."""

from __future__ import annotations

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.information.information_table import information_texts
from assessment.pages.economics.uncertainty.acceptability_curves import (
    share_worth_it,
    where_decision_turns,
)
from assessment.pages.economics.uncertainty.tornado import tornado_bars


@computed
def uncertainty_texts() -> dict[str, str]:
    """Numbers for the chapter's sentences."""
    out = {}
    for cohort in COHORTS:
        bars = tornado_bars(cohort)
        out |= {
            f"uncertainty_{cohort}_widest": bars["label"].iloc[0].lower(),
            f"uncertainty_{cohort}_likely": share_worth_it(cohort),
            f"uncertainty_{cohort}_turns": where_decision_turns(cohort),
        }
    return out | information_texts()
