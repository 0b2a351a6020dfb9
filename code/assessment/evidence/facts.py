"""Facts: single values with their interval, unit, population, source and status."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from datetime import date

import pandas as pd

from assessment.evidence.arguments.number_arguments import shown
from assessment.evidence.arguments.object_arguments import choice, made_by, several, word
from assessment.evidence.arguments.result_tables import ShownAsTable
from assessment.evidence.problems import MixedAnalysisSets, UnknownFact
from assessment.evidence.read_log import log_read

# Cells whose words make up an id.
NAMING_FIELDS = ("subject", "population", "arm", "endpoint", "measure")


@dataclass(frozen=True)
class Fact:
    """One row of ``data/facts/``.

    ``printed`` is the value as its source prints it ("0.40", "<0.001"); ``value`` is the number
    behind it, the text when the unit is text, a date when it is date, None when unknown or when
    only a range is stated. ``low`` and ``high`` are numbers (infinite where the source prints NE),
    ``printed_low`` and ``printed_high`` as printed.
    """

    id: str
    label: str
    subject: str
    population: str
    arm: str | None
    endpoint: str | None
    measure: str
    assessor: str | None
    analysis_set: str
    data_cut: str | None
    value: float | str | date | None
    printed: str | None
    low: float | None
    high: float | None
    printed_low: str | None
    printed_high: str | None
    interval: str | None
    unit: str
    formula: str | None
    source: str | None
    locator: str | None
    read_in: str | None
    status: str
    checked: date
    note: str | None
    file: str
    row: int

    @property
    def number(self) -> float:
        """The value as a number. Raises TypeError when the fact has none, naming the fact."""
        if not isinstance(self.value, float):
            raise TypeError(
                f"{self.id} has no single number (status {self.status}, unit {self.unit}); see"
                f" {self.file}, row {self.row}"
            )
        return self.value


class FactSet(ShownAsTable):
    """An immutable collection of facts, asked by id or by field.

    >>> facts["trial.pfs.cohort.hazard_ratio"].number              # doctest: +SKIP
    >>> facts.select(subject="trial", analysis_set="publication", endpoint="pfs")  # doctest: +SKIP
    """

    def __init__(self, facts: Iterable[Fact]):
        facts = several(made_by(Fact, "load_facts()"))("facts", facts)
        self._facts = {f.id: f for f in facts}
        self._places: dict[str, dict[object, set[str]]] = {}

    def __iter__(self) -> Iterator[Fact]:
        for fact in self._facts.values():
            log_read((fact.id,))
            yield fact

    def to_frame(self) -> pd.DataFrame:
        """id, label, value as printed, low, high, unit, status, source: one row for each fact."""
        columns = ["id", "label", "printed", "low", "high", "unit", "status", "source"]
        return pd.DataFrame([[getattr(f, c) for c in columns] for f in self], columns=columns)

    def unread(self) -> Iterable[Fact]:
        """The facts, to be looked at for order's sake: they do not count as read by a computation."""
        return self._facts.values()

    def __len__(self) -> int:
        return len(self._facts)

    def __contains__(self, fact_id: object) -> bool:
        return fact_id in self._facts

    def __getitem__(self, fact_id: str) -> Fact:
        try:
            found = self._facts[fact_id]
        except (KeyError, TypeError):
            raise UnknownFact(
                f"There is no fact '{fact_id}' in data/facts/. {self.nearest(fact_id)}"
            ) from None
        log_read((fact_id,))
        return found

    def nearest(self, fact_id: str) -> str:
        """Sentences for an id that does not exist: the row that looks like it under another name,
        and the closest ids.
        """
        fact_id = str(fact_id)
        renamed = self.renamed(fact_id)
        if renamed:
            return (
                f"Was it renamed? {renamed.file}, row {renamed.row} looks like it and has the id"
                f" '{renamed.id}'."
            )
        near = difflib.get_close_matches(fact_id, self._facts, n=4, cutoff=0.5)
        if not near:
            return "No id is close to it."
        first = self._facts[near[0]]
        ids = ", ".join([f"{first.id} ({first.file}, row {first.row})", *near[1:]])
        return f"Nearest ids: {ids}"

    def renamed(self, fact_id: str) -> Fact | None:
        """The fact that is described as ``fact_id`` names it but has another id, None when no row
        is: its cells still hold the part of the name that its id has lost.
        """
        wanted = word("fact_id", fact_id).split(".")
        for near in difflib.get_close_matches(fact_id, self._facts, n=8, cutoff=0.7):
            fact, parts = self._facts[near], near.split(".")
            said = {str(getattr(fact, field)).lower() for field in NAMING_FIELDS}
            lost = [(old, new) for old, new in zip(wanted, parts) if old != new]
            if len(parts) == len(wanted) and all(
                old in said and new not in said for old, new in lost
            ):
                return fact
        return None

    def select(self, **fields) -> FactSet:
        """The facts whose fields equal every value given (a tuple allows any of its members)."""

        known = [f.name for f in dataclass_fields(Fact)]
        allowed: list[set[str]] = []
        for name, value in fields.items():
            choice(*known)("a field of facts", name)
            values = value if isinstance(value, tuple) else (value,)
            if not all(isinstance(one, (str, float, int, date, type(None))) for one in values):
                raise ValueError(
                    f"{name}: found {shown(value)}. Give one value, or a tuple of values."
                )
            allowed.append(set().union(*(self._with(name, one) for one in values)))
        fitting = set.intersection(*allowed) if allowed else set(self._facts)
        return FactSet(f for f in self.unread() if f.id in fitting)

    def _with(self, field: str, value: object) -> set[str]:
        """Ids of the facts with this value in a field, from an index made when it is first asked for."""
        if field not in self._places:
            index: dict[object, set[str]] = {}
            for fact in self._facts.values():
                index.setdefault(getattr(fact, field), set()).add(fact.id)
            self._places[field] = index
        return self._places[field].get(value, set())

    def only(self, **fields) -> Fact:
        """The single fact with these fields; LookupError when there is none or more than one."""
        found = list(self.select(**fields))
        if len(found) != 1:
            raise LookupError(
                f"{len(found)} facts have {fields}: {', '.join(f.id for f in found[:5]) or 'none'}."
                " Ask for exactly one."
            )
        return found[0]

    @property
    def analysis_set(self) -> str:
        """The one analysis set all these facts belong to; see ``one_analysis_set``."""
        return one_analysis_set(self)


def one_analysis_set(facts: Iterable[Fact]) -> str:
    """The analysis set shared by ``facts``.

    The same patients may be divided into cohorts one way by a trial's publication and another way
    by a regulator, so numbers of two sets must not meet in one calculation. Facts that belong to no
    set ('not_applicable') go with any. Raises MixedAnalysisSets when two sets meet, naming the
    facts.
    """
    by_set: dict[str, str] = {}
    given = facts.unread() if isinstance(facts, FactSet) else facts
    for fact in several(made_by(Fact, "load_facts()"))("facts", given):
        if fact.analysis_set != "not_applicable":
            by_set.setdefault(fact.analysis_set, fact.id)
    if len(by_set) > 1:
        listed = "; ".join(f"{fact_id} is '{name}'" for name, fact_id in by_set.items())
        raise MixedAnalysisSets(
            f"Facts of different analysis sets cannot be combined: {listed}. "
            "Select one, for example with facts.select(analysis_set='publication')."
        )
    return next(iter(by_set), "not_applicable")
