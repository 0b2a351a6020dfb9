"""What the front page computes: the sentences stand in index.md, their values here."""

from __future__ import annotations

import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence import load_facts, load_register
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.base_case import base_case_texts
from assessment.pages.economics.shared.model_answers import class_value, said_once
from assessment.pages.regulatory_status import norwegian_process
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.money_format import MILLION, format_nok

AGAINST_PLACEBO = "cabozantinib against placebo"  # not translated: as in the certainty register
# Outcomes of the certainty register.
PROGRESSION = "Progression-free survival"  # not translated: as in the certainty register
SEVERE_HARM = "Severe adverse events"  # not translated: as in the certainty register
SURVIVAL = "Overall survival"  # not translated: as in the certainty register


def texts() -> dict[str, str]:
    """Every computed text of the front page by its key: what {glue:text} shows. Economics and
    severity are as the economics chapter has them.
    """
    return (
        base_case_texts.texts() | value_texts() | case_texts() | certainty_texts() | count_texts()
    )


@computed
def value_texts() -> dict[str, str]:
    """Added cost of the cohorts, and the value of a QALY proposed for the class of each, once where
    it is the same.
    """
    costs = [float(runs.base(cohort).increment.cost) / MILLION for cohort in COHORTS]
    added = _(" and ").join(numbers.number(cost, 2) for cost in costs)
    return {
        "front_value": said_once(_short_value),
        "front_cost": _("{amount}\u00a0million NOK").format(amount=added),
    }


def _short_value(cohort: str) -> str:
    return _("{amount} a QALY (proposed, class {number})").format(
        amount=format_nok(class_value(cohort)), number=runs.severity(cohort).severity_class
    )


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
def certainty_texts() -> dict[str, str]:
    """How sure the evidence is, by outcome: the overall judgement of both cohorts against placebo,
    and of everything against active treatment.
    """
    register = load_register("certainty")
    placebo = register["comparison"] == AGAINST_PLACEBO

    def against_placebo(outcome: str) -> str:
        return _levels(register[placebo & (register["outcome"] == outcome)])

    return {
        "front_certainty_progression": against_placebo(PROGRESSION),
        "front_certainty_severe_harm": against_placebo(SEVERE_HARM),
        "front_certainty_survival": against_placebo(SURVIVAL),
        "front_certainty_active": _levels(register[~placebo]),
    }


def _levels(judgements: pd.DataFrame) -> str:
    """The overall judgements, each once."""
    return _(" to ").join(dict.fromkeys(judgements["overall"]))


@computed
def count_texts() -> dict[str, str]:
    """Facts in the book, those that were looked for and not found, and the trial's patients."""
    facts = load_facts()
    patients = sum(facts[f"cabinet.n.{cohort}"].number for cohort in COHORTS)
    return {
        "front_facts": numbers.number(len(facts)),
        "front_unknown": numbers.number(len(facts.select(status="unknown"))),
        "front_patients": numbers.number(patients),
    }
