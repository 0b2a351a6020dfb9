"""Reads ``data/facts/`` into a FactSet, refusing whatever could become a wrong number."""

from __future__ import annotations

import difflib
from datetime import date
from functools import lru_cache
from pathlib import Path

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.object_arguments import place
from assessment.evidence.cells.fact_values import (
    Complain,
    check_interval,
    check_measure,
    check_presence,
    day_checked,
    iso_date,
    read_bound,
    read_number,
)
from assessment.evidence.csv_tables import FACTS, read_table, resources
from assessment.evidence.derived_facts import derive_values
from assessment.evidence.facts import Fact, FactSet
from assessment.evidence.paths import DATA, REFERENCES
from assessment.evidence.problems import DataError, Problem
from assessment.evidence.sources import checked_sources


@taking(data=place, references=place)
def load_facts(data: Path = DATA, references: Path = REFERENCES) -> FactSet:
    """Every fact of ``data/facts/``, checked, with derived values computed.

    Raises DataError listing every fault found: in the tables themselves, unknown units or sources,
    values outside their unit, intervals that do not contain the estimate, missing sources, formulas
    that do not work.
    """
    return _load(data, references)


@lru_cache(maxsize=4)
def _load(data: Path, references: Path) -> FactSet:
    units = {u["unit"]: u for u in read_table("units", data)}
    units_of, problems = _units_of_measures(units, data)
    sources = checked_sources(references)
    rows = []
    for resource in resources(data, prefix=FACTS):
        try:
            rows += read_table(resource["name"], data)
        except DataError as fault:
            problems += fault.problems
    if problems:
        raise DataError(problems)
    first_seen: dict[str, dict] = {}
    facts: dict[str, Fact] = {}
    for row in rows:

        def complain(field: str, allowed: str, next_step: str, row=row) -> None:
            problems.append(
                Problem(row["_file"], row["_row"], field, row.get(field), allowed, next_step)
            )

        earlier = first_seen.setdefault(row["id"], row)
        if earlier is not row:
            complain(
                "id",
                f"each id once (it is also in {earlier['_file']}, row {earlier['_row']})",
                "rename or remove one of the two rows",
            )
            continue
        check_provenance(row, sources, complain)
        if row["unit"] in units:
            check_measure(row, units_of, complain)
        facts[row["id"]] = _fact(row, units, complain)
    problems += derive_values(facts, units)
    if problems:
        raise DataError(problems)
    return FactSet(facts.values())


def _units_of_measures(units: dict, data: Path) -> tuple[dict[str, list[str]], list[Problem]]:
    """The units each measure may have, and rows that name a unit there is not."""
    rows = read_table("measures", data)
    problems = [
        Problem(
            row["_file"],
            row["_row"],
            "units",
            row["units"],
            f"units of data/units.csv; there is no '{unit}'",
            "correct the unit, or add it to data/units.csv",
        )
        for row in rows
        for unit in row["units"].split()
        if unit not in units
    ]
    return {row["measure"]: row["units"].split() for row in rows}, problems


def check_provenance(row: dict, sources: dict, complain: Complain) -> None:
    """Complains about a missing or unknown source, an unargued assumption, a misplaced formula or
    an impossible date.
    """
    status = row["status"]
    if status in ("verified", "copy", "secondary") and not row["source"]:
        complain(
            "source",
            f"a key of references/references.bib when the status is {status}",
            "add the source, or set the status to assumption or unknown",
        )
    if status in ("copy", "secondary") and not row["read_in"]:
        complain(
            "read_in",
            f"the key of the document it was read in when the status is {status}",
            "name that document, or set the status to verified",
        )
    if status == "copy" and row["read_in"] and row["read_in"] == row["source"]:
        complain(
            "read_in",
            "the key of the copy, which is another document than the source",
            "name the copy, or set the status to verified",
        )
    for field in ("source", "read_in"):
        if row[field] and row[field] not in sources:
            near = (
                ", ".join(difflib.get_close_matches(row[field], sources, n=3, cutoff=0.4))
                or "none is close"
            )
            complain(
                field,
                f"a key of references/references.bib (nearest: {near})",
                "correct the key, or add the document to the register",
            )
    if status == "assumption" and not row["note"]:
        complain("note", "a sentence that argues the assumption", "say why this value")
    if (status == "derived") != bool(row.get("formula")):
        complain(
            "formula",
            "a formula exactly when the status is derived",
            "add the formula and leave the value empty, or change the status",
        )
    day_checked(row["checked"], complain)


def _fact(row: dict, units: dict, complain: Complain) -> Fact:
    unit = units.get(row["unit"])
    value: float | str | date | None = None
    low = high = None
    if unit is None:
        near = ", ".join(
            difflib.get_close_matches(row["unit"], units, n=3, cutoff=0.3)
        ) or ", ".join(units)
        complain(
            "unit",
            f"a unit of data/units.csv (nearest: {near})",
            "correct the unit, or add it to data/units.csv",
        )
    elif unit["kind"] == "text":
        value = row["value"]
    elif unit["kind"] == "date":
        value = iso_date(row["value"], "value", complain)
    else:
        value = read_number(row["value"], "value", unit, complain)
        low, high = (read_bound(row[side], side, unit, complain) for side in ("low", "high"))
        check_interval(row, value, low, high, complain)
    check_presence(row, complain)
    fields = {k: v for k, v in row.items() if not k.startswith("_")}
    fields |= {
        "value": value,
        "low": low,
        "high": high,
        "printed": row["value"],
        "printed_low": row["low"],
        "printed_high": row["high"],
    }
    try:
        checked = date.fromisoformat(row["checked"])
    except ValueError:  # already complained about
        checked = date.min
    return Fact(**fields | {"checked": checked}, file=row["_file"], row=row["_row"])
