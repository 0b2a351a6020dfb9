"""How sure a finding is, in the words of the certainty register."""

from __future__ import annotations

from assessment.evidence import load_register
from assessment.presentation.language import _, said_in_data

AGAINST_PLACEBO = "cabozantinib against placebo"  # not translated: as in the certainty register
# Outcomes of the certainty register.
PROGRESSION = "Progression-free survival"  # not translated: as in the certainty register
SEVERE_HARM = "Severe adverse events"  # not translated: as in the certainty register
SURVIVAL = "Overall survival"  # not translated: as in the certainty register
QUALITY_OF_LIFE = "Quality of life"  # not translated: as in the certainty register
NOTE = _("{level} certainty. {reason}")


def levels(outcome: str | None = None) -> list[str]:
    """The overall judgements of an outcome against placebo, each once; of everything against other
    drugs where no outcome is named.
    """
    return list(_overall(outcome))


def note(outcome: str | None = None) -> str:
    """The judgement of an outcome against placebo, or of everything against other drugs, with its
    reason.

    Raises ValueError where the cohorts are judged apart: they then need a note each.
    """
    found = _overall(outcome)
    if len(found) != 1:
        raise ValueError(f"{outcome}: {len(found)} judgements do not make one note")
    ((level, reason),) = found.items()
    level = said_in_data(level)
    return NOTE.format(level=level[:1].upper() + level[1:], reason=said_in_data(reason))


def _overall(outcome: str | None) -> dict[str, str]:
    """Reasons by overall judgement."""
    register = load_register("certainty")
    placebo = register["comparison"] == AGAINST_PLACEBO
    rows = register[~placebo if outcome is None else placebo & (register["outcome"] == outcome)]
    return dict(zip(rows["overall"], rows["overall_reason"]))
