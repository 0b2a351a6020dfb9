"""Everything in data/ and references/, checked at once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from assessment.evidence import (
    DATA,
    DataError,
    Problem,
    load_conflicts,
    load_facts,
    load_population_table,
    load_register,
    load_sources,
    resources,
)
from assessment.evidence.population_tables import TABLES

TABLE_ENDINGS = (".csv", ".tsv", ".xlsx", ".xls", ".ods")


def check() -> list[str]:
    """Loads everything; returns one line per part. Raises DataError with all the problems found."""
    lines: list[str] = []
    problems: list[Problem] = []

    def part(label: str, load) -> None:
        try:
            lines.append(f"{label}: {len(load())}")
        except DataError as fault:
            problems.extend(p for p in fault.problems if p not in problems)

    problems += nameless_tables()
    part("sources", load_sources)
    part("facts", load_facts)
    part("conflicts", load_conflicts)
    for name in (r["name"] for r in resources(DATA)):
        if name in TABLES:
            part(name, lambda name=name: load_population_table(name))
        elif not name.startswith(("facts-", "conflict", "units")):
            part(name, lambda name=name: load_register(name))
    if problems:
        raise DataError([*renamed_facts(problems), *problems])
    return lines


def renamed_facts(problems: list[Problem]) -> list[Problem]:
    """Facts that look renamed, told before the rows that still ask for them by the old name."""
    try:
        facts = load_facts()
    except DataError:
        return []
    missing = Counter(p.value for p in problems if p.field and p.field.endswith(("fact", "facts")))
    found = ((str(name), count, facts.renamed(str(name))) for name, count in missing.items())
    return [
        Problem(
            fact.file,
            fact.row,
            "id",
            fact.id,
            f"'{name}', by which {count} other row{'s' * (count != 1)} of data/ still"
            f" {'ask' if count != 1 else 'asks'} for it",
            "give the row its old id back, or change the rows told below too",
        )
        for name, count, fact in found
        if fact
    ]


def nameless_tables(data: Path = DATA) -> list[Problem]:
    """Tables below data/ that the descriptor does not name, so that nobody would read them. data/km/
    holds raw exports, which have no entry.
    """
    named = {resource["path"] for resource in resources(data)}
    present = sorted(path for path in data.rglob("*") if path.suffix.lower() in TABLE_ENDINGS)
    names = (path.relative_to(data).as_posix() for path in present)
    return [
        Problem(
            f"data/{name}",
            None,
            None,
            name,
            "a table that data/datapackage.json names; nothing reads this one",
            "add an entry for it there, move its rows into a table that has one, or remove the file",
        )
        for name in names
        if name not in named and not name.startswith("km/")
    ]
