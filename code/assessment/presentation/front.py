"""What the front page computes: counts of facts, and the severity sentence."""

from __future__ import annotations

from assessment.evidence import load_facts

from . import numbers, show


def glue_answers() -> None:
    """Glues the front page's computed numbers."""
    facts = load_facts()
    patients = facts["cabinet.n.epnet"].number + facts["cabinet.n.pnet"].number
    show.glue_all({
        "front_facts": numbers.number(len(facts)),
        "front_unknown": numbers.number(sum(f.status == "unknown" for f in facts)),
        "front_patients": numbers.number(patients),
        "front_severity": severity_sentence(),
    })


def severity_sentence() -> str:
    """The severity of both cohorts in one sentence, with what it assumes."""
    return ""
