"""Facts on which sources disagree, told to whoever takes them into an analysis of their own.

A page shows the mark of an open question beside the number, so code of the package asks for none of this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.object_arguments import made_by, place, several
from assessment.evidence.cells.formulas import ids_in
from assessment.evidence.fact_loading import load_facts
from assessment.evidence.facts import Fact, FactSet
from assessment.evidence.paths import DATA, REFERENCES
from assessment.evidence.registers import Claim, conflicts_by_fact

OPEN = "open"  # of a conflict in data/conflicts.csv that nobody has settled


@taking(facts=several(made_by(Fact, "load_facts()")), data=place, references=place)
def open_conflicts(
    facts: Iterable[Fact], data: Path = DATA, references: Path = REFERENCES
) -> list[str]:
    """A sentence for each of these facts, or of those that they are computed from, on which sources
    disagree and nobody has settled it: the fact, what is used in its place, and what else is said.

    facts: as ``load_facts`` gives them; one is told once. Raises DataError as ``load_conflicts``.
    """
    known, disputed = load_facts(data, references), conflicts_by_fact(data, references)
    every = {one.id: one for fact in facts for one in _behind(fact, known)}
    return [
        f"{fact.id} = {_value(fact)}: sources disagree, and it is open ({conflict.title})."
        f" Used: {_said(conflict.claims, True, known)}. Not used:"
        f" {_said(conflict.claims, False, known)}. See data/conflicts.csv, {conflict.id}."
        for fact in every.values()
        for conflict in disputed.get(fact.id, ())
        if conflict.state == OPEN
    ]


def _behind(fact: Fact, known: FactSet) -> Iterator[Fact]:
    """The fact and all that its formula rests on."""
    yield fact
    for fact_id in ids_in(fact.formula) if fact.formula else ():
        yield from _behind(known[fact_id], known)


def _value(fact: Fact) -> str:
    return fact.printed or ("unknown" if fact.value is None else f"{fact.value:g}")


def _said(claims: tuple[Claim, ...], used: bool, known: FactSet) -> str:
    """The claims that are used, or those that are not, as facts with their values or in their words."""
    parts = [
        f"{claim.fact} = {_value(known[claim.fact])}"
        if claim.fact
        else f"“{claim.english or claim.claim}” ({claim.source})"
        for claim in claims
        if claim.used == used
    ]
    return "; ".join(parts) or "none"
