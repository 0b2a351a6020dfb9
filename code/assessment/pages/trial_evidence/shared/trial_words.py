"""Words of the trial's effects."""

from __future__ import annotations

from typing import TypeGuard

from assessment.case.definition import load_case
from assessment.evidence import Fact
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.show import Ref, ref

# {arm: 'treated' or 'control'}, as glue keys name the arms
ROLES = {arm.id: arm.role for arm in load_case().arms}
SETS = {"publication": _("Publication"), "fda": _("FDA label"), "interim_2023": _("Interim 2023")}
SUBGROUP_NAMES = {
    "gi": _("Gastrointestinal"),
    "lung_thymic": _("Lung or thymus"),
    "grade3": _("Grade 3"),
}
COHORT_LONG = {"epnet": _("Outside the pancreas (epNET)"), "pnet": _("Pancreas (pNET)")}
MEDIAN_MONTHS = {
    "pfs": _("Median progression-free survival, months"),
    "os": _("Median overall survival, months"),
}
HAZARD_RATIO = {
    "pfs": _("Hazard ratio for progression or death"),
    "os": _("Hazard ratio for death"),
}
NOT_FOUND = _("not found")


def fact_or_dash(fact: Fact | None, style: str = "full") -> Ref | str:
    """A table cell: the fact with its source, or a dash where no fact exists."""
    return ref(fact, style) if fact is not None else "–"


def has_value(fact: Fact | None) -> TypeGuard[Fact]:
    """Whether a fact exists and is known."""
    return fact is not None and fact.value is not None


def with_interval(fact: Fact) -> str:
    """A fact's number, and its interval in brackets where one was printed."""
    between = f" ({numbers.fact_interval(fact)})" if fact.low is not None else ""
    return f"{numbers.fact_text(fact, 'bare')}{between}"
