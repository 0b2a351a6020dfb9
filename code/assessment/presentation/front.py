"""What the front page computes: counts of facts, and the severity of both cohorts."""

from __future__ import annotations

from assessment.evidence import load_facts

from . import numbers, severity, show


def glue_answers() -> None:
    """Glues the front page's computed numbers; severity as the economics chapter computes it."""
    facts = load_facts()
    patients = facts["cabinet.n.epnet"].number + facts["cabinet.n.pnet"].number
    show.glue_all(severity.texts() | {
        "front_facts": numbers.number(len(facts)),
        "front_unknown": numbers.number(sum(f.status == "unknown" for f in facts)),
        "front_patients": numbers.number(patients),
    })
