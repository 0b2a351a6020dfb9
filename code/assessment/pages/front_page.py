"""What the front page computes: the sentences stand in index.md, their values here."""

from __future__ import annotations

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence import load_facts
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.decision_summary import summary_texts
from assessment.pages.regulatory_status import norwegian_process
from assessment.presentation import numbers


def texts() -> dict[str, str]:
    """Every computed text of the front page by its key: what {glue:text} shows. Economics is as the
    economics chapter has it, the verdict as the decision summary has it.
    """
    return summary_texts.texts() | case_texts() | count_texts()


@computed
def case_texts() -> dict[str, str]:
    """Where the case stands in Nye metoder: steps done, of how many, the next, and the days waited."""
    steps = norwegian_process.process_steps()
    done = int((steps["state"] == "done").sum())
    return {
        "front_step": str(done),
        "front_steps": str(len(steps)),
        "front_next": norwegian_process.next_step().english,
        "front_waiting_days": numbers.number(norwegian_process.waited_days()),
    }


@computed
def count_texts() -> dict[str, str]:
    """The trial's patients."""
    facts = load_facts()
    patients = sum(facts[f"cabinet.n.{cohort}"].number for cohort in COHORTS)
    return {"front_patients": numbers.number(patients)}
