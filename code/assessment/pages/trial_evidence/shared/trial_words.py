"""Words of the trial's effects."""

from __future__ import annotations

from typing import Any, TypeGuard

from assessment.case.definition import load_case
from assessment.evidence import Fact
from assessment.pages.trial_evidence.shared.this_case import SHORT_SETS
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.show import Ref, ref

CASE = load_case()


def capitalised(text: str) -> str:
    """``text`` with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


# {arm: 'treated' or 'control'}, as glue keys name the arms
ROLES = {arm.id: arm.role for arm in CASE.arms}
ARM_LABELS = {arm.id: arm.label for arm in CASE.arms}
ARM_HEADS = {arm.id: capitalised(arm.label) for arm in CASE.arms}
TREATED, CONTROL = CASE.treated.label, CASE.control.label
SETS = {s.id: SHORT_SETS.get(s.id) or capitalised(s.label) for s in CASE.divisions}
SET_SOURCES = {s.id: s.source for s in CASE.divisions if s.source}
SUBGROUP_NAMES = {subgroup.id: subgroup.label for subgroup in CASE.subgroups}
COHORT_LONG = {cohort.id: cohort.long_label for cohort in CASE.cohorts}
TWO_COHORTS = len(CASE.cohorts) == 2
MEDIAN_MONTHS = {
    "pfs": _("Median progression-free survival, months"),
    "os": _("Median overall survival, months"),
}
HAZARD_RATIO = {
    "pfs": _("Hazard ratio for progression or death"),
    "os": _("Hazard ratio for death"),
}
NOT_FOUND = _("not found")
NOT_STATED = _("not stated")


def file_name(rest: str) -> str:
    """Name of a figure's file: the trial's id before ``rest``."""
    return f"{CASE.trial.id}-{rest}"


def some(rows: list[Any], facts: str) -> list[Any]:
    """``rows``; LookupError where there is none, as nothing is left to show. ``facts``: pattern of
    the ids, within an analysis set, of the facts that were looked for.
    """
    if not rows:
        raise LookupError(f"nothing is left to show: no known fact is called {facts}")
    return rows


def base_sources() -> tuple[str, ...]:
    """Key of the document from which the base set comes."""
    return (CASE.base_set.source,) if CASE.base_set.source else ()


def sources_of(*facts: Fact | None) -> tuple[str, ...]:
    """Keys of the documents behind these facts, each once, in the order of the facts."""
    return tuple(dict.fromkeys(fact.source for fact in facts if fact and fact.source))


def fact_or_dash(fact: Fact | None, style: str = "full") -> Ref | str:
    """A table cell: the fact with its source, in words where it was looked for and not found, a
    dash where no fact exists.
    """
    if fact is None:
        return "–"
    return Ref(fact.id, NOT_FOUND) if fact.status == "unknown" else ref(fact, style)


def has_value(fact: Fact | None) -> TypeGuard[Fact]:
    """Whether a fact exists and is known."""
    return fact is not None and fact.value is not None


def with_interval(fact: Fact) -> str:
    """A fact's number, and its interval in brackets where one was printed."""
    between = f" ({numbers.fact_interval(fact)})" if fact.low is not None else ""
    return f"{numbers.fact_text(fact, 'bare')}{between}"
