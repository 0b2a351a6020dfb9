"""The smaller registers: conflicts, events, quotations, outcomes, the comparator map and the rest
of ``data/``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import pandas as pd

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.object_arguments import day, place, word, words
from assessment.evidence.cells.fact_values import day_checked, days_of, iso_date
from assessment.evidence.csv_tables import field_names, read_table
from assessment.evidence.fact_loading import check_provenance, load_facts
from assessment.evidence.facts import Fact, FactSet
from assessment.evidence.paths import DATA, REFERENCES
from assessment.evidence.problems import DataError, Problem
from assessment.evidence.read_log import log_read
from assessment.evidence.sources import checked_sources

SAID = ("fact", "claim", "english", "source", "locator")  # of a claim, in its own fields
IN_FORCE = "in force"  # of a value in data/dated_values.csv that an authority has set


@dataclass(frozen=True)
class Claim:
    """What one source says: carried by a fact, or in words, with our English where it is another language."""

    fact: str | None
    claim: str | None
    english: str | None
    source: str | None
    locator: str | None
    used: bool


@dataclass(frozen=True)
class Conflict:
    """A disagreement between sources; ``effect``: whether the unused claim would change a result."""

    id: str
    title: str
    kind: str
    uses: str
    reason: str
    consequence: str
    effect: str
    state: str
    checked: date
    claims: tuple[Claim, ...]


class _Complaints(list):
    """Collects problems; ``about(row)`` gives the callback that checks use."""

    def about(self, row: dict):
        def complain(field: str, allowed: str, next_step: str) -> None:
            self.append(
                Problem(row["_file"], row["_row"], field, row.get(field), allowed, next_step)
            )

        return complain

    def fact(self, row: dict, field: str, fact_id: str | None, facts: FactSet) -> None:
        if fact_id and fact_id not in facts:
            nearest = facts.nearest(fact_id).rstrip(".")
            allowed = f"the id of a fact; there is no '{fact_id}'. {nearest}"
            self.append(
                Problem(row["_file"], row["_row"], field, fact_id, allowed, "correct the id")
            )

    def source(self, row: dict, sources: dict) -> None:
        if row["source"] and row["source"] not in sources:
            allowed = "a key of references/references.bib"
            self.about(row)("source", allowed, "correct the key, or add the document")

    def raise_any(self) -> None:
        if self:
            raise DataError(self)


@taking(data=place, references=place)
@lru_cache(maxsize=4)
def load_conflicts(data: Path = DATA, references: Path = REFERENCES) -> tuple[Conflict, ...]:
    """Every conflict with its claims. Raises DataError for unknown facts or sources, or a conflict
    with fewer than two claims or none used.
    """
    facts, sources = load_facts(data, references), checked_sources(references)
    complaints = _Complaints()
    claims: dict[str, list[Claim]] = {}
    for row in sorted(read_table("conflict-claims", data), key=lambda r: r["order"]):
        complaints.fact(row, "fact", row["fact"], facts)
        complaints.source(row, sources)
        if bool(row["fact"]) == bool(row["claim"]):
            complaints.about(row)(
                "claim",
                "a fact id or a claim in words, one of the two",
                "fill one and empty the other",
            )
        claims.setdefault(row["conflict"], []).append(
            Claim(**{name: row[name] for name in SAID}, used=row["used"] == "yes")
        )
    conflicts = []
    for row in read_table("conflicts", data):
        own = tuple(claims.pop(row["id"], ()))
        if len(own) < 2:
            complaints.about(row)(
                "id",
                "at least two claims in data/conflict_claims.csv",
                "add the claims, or remove the conflict",
            )
        checked = day_checked(row["checked"], complaints.about(row)) or date.min
        conflicts.append(
            Conflict(
                **{k: v for k, v in row.items() if not k.startswith("_")}
                | {"checked": checked, "claims": own}
            )
        )
    for orphan in claims:
        complaints.append(
            Problem(
                "data/conflict_claims.csv",
                None,
                "conflict",
                orphan,
                "an id in data/conflicts.csv",
                "add the conflict, or correct the id",
            )
        )
    complaints.raise_any()
    return tuple(conflicts)


@taking(data=place, references=place)
@lru_cache(maxsize=4)
def conflicts_by_fact(
    data: Path = DATA, references: Path = REFERENCES
) -> dict[str, tuple[Conflict, ...]]:
    """The conflicts that mention each fact."""
    found: dict[str, tuple[Conflict, ...]] = {}
    for conflict in load_conflicts(data, references):
        for claim in conflict.claims:
            if claim.fact:
                found[claim.fact] = (*found.get(claim.fact, ()), conflict)
    return found


@taking(name=word, data=place, references=place)
def load_register(name: str, data: Path = DATA, references: Path = REFERENCES) -> pd.DataFrame:
    """A register of ``data/`` as a data frame, checked: its fact ids exist, its sources are in the
    bibliography, its dates are dates.

    ``name`` is a table of the descriptor, e.g. 'events', 'outcomes', 'network', 'model-inputs',
    'glossary'.
    """
    log_read(tables=(name,))
    complaints = _Complaints()
    rows = read_table(name, data)
    facts, sources = load_facts(data, references), checked_sources(references)
    for row in rows:
        if "checked" in row:
            check_provenance(row, sources, complaints.about(row))
        elif "source" in row:
            complaints.source(row, sources)
        for field in row:
            if field == "fact" or field.endswith("_fact"):
                complaints.fact(row, field, row[field], facts)
        for fact_id in (row.get("facts") or "none").split():
            if fact_id != "none":
                complaints.fact(row, "facts", fact_id, facts)
        if name in ("events", "changes", "source-checks"):
            _check_date(row, complaints)
    complaints.raise_any()
    frame = pd.DataFrame(rows, columns=field_names(name, data))
    return frame.astype(object).where(frame.notna(), None)  # type: ignore[call-overload]


def _check_date(row: dict, complaints: _Complaints) -> None:
    text = row["date"] + {4: "-01-01", 7: "-01"}.get(len(row["date"]), "")
    iso_date(text, "date", complaints.about(row))


@taking(quotation_id=word, data=place)
def quotation(quotation_id: str, data: Path = DATA) -> dict:
    """One official wording: original, language, English rendering and whose it is, source, locator,
    note. KeyError names the ids there are.
    """
    rows = {r["id"]: r for r in read_table("quotations", data)}
    if quotation_id not in rows:
        raise KeyError(
            f"no quotation '{quotation_id}' in data/quotations.csv. Ids: {', '.join(rows)}"
        )
    return rows[quotation_id]


def looked_until(*prefixes: str, data: Path = DATA, references: Path = REFERENCES) -> date:
    """The latest day on which the facts of one subject were held against their sources: those whose
    ids begin with one of the prefixes. LookupError when none does.

    A "not found by" or "as of" takes the day of what it speaks of, not the newest day of the book:
    a row about something else, checked later, says nothing about it.
    """
    facts = load_facts(data, references)
    prefixes = tuple(words("prefixes", prefixes))
    ids = [fact.id for fact in facts.unread() if fact.id.startswith(prefixes)]
    if not ids:
        raise LookupError(f"no fact's id begins with {' or '.join(prefixes)}")
    return max(facts[fact_id].checked for fact_id in ids)


@taking(quantity=word, day=day)
def value_in_force(
    quantity: str, day: date, data: Path = DATA, references: Path = REFERENCES
) -> Fact:
    """The fact that holds what an authority sets a quantity to on ``day``, by the register
    dated-values. LookupError when no value is in force that day, or more than one.

    Authorities change such values; a computation that asks by day takes the new one from the day
    on which it is in force, and an earlier edition keeps its own.
    """
    load_register("dated-values", data, references)  # checks its facts and sources
    found = [
        row["fact"]
        for row in read_table("dated-values", data)
        if row["quantity"] == quantity
        and row["standing"] == IN_FORCE
        and days_of(row["valid_from"])[0] <= day
        and (row["valid_to"] is None or day <= days_of(row["valid_to"])[1])
    ]
    if len(found) != 1:
        raise LookupError(
            f"{len(found)} values of '{quantity}' are in force on {day.isoformat()}; one is needed"
            " (data/dated_values.csv)"
        )
    return load_facts(data, references)[found[0]]


@taking(quantity=word)
def scenario_values(
    quantity: str, data: Path = DATA, references: Path = REFERENCES
) -> tuple[Fact, ...]:
    """Values of a quantity that nobody has set and that are tried, in the register's order."""
    rows = load_register("dated-values", data, references)
    rows = rows[(rows["quantity"] == quantity) & (rows["standing"] != IN_FORCE)]
    return tuple(load_facts(data, references)[fact_id] for fact_id in rows["fact"])
