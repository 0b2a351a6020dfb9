"""Everything in data/ and references/, checked at once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
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

    problems += [*nameless_tables(), *missing_rules()]
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


def missing_rules(data: Path = DATA) -> Iterator[Problem]:
    """Rules that the descriptor has lost, so that what they forbid would pass: every table's key is
    required and unique, and tables of facts have the same rules for the same columns.
    """
    for table in resources(data):
        for field in table["schema"]["fields"]:
            rules = field.get("constraints", {})
            if table["schema"].get("primaryKey") == field["name"]:
                for rule in ("required", "unique"):
                    if not rules.get(rule):
                        yield _rule(table, field, rule, rules.get(rule), "true")
    of_facts = resources(data, prefix="facts-")
    columns = Counter(
        (field["name"], rule, json.dumps(content))
        for table in of_facts
        for field in table["schema"]["fields"]
        for rule, content in field.get("constraints", {}).items()
    )
    usual = {key: count for key, count in columns.items() if 2 * count > len(of_facts)}
    for table in of_facts:
        for field in table["schema"]["fields"]:
            rules = field.get("constraints", {})
            for name, rule, content in usual:
                if name == field["name"] and json.dumps(rules.get(rule)) != content:
                    allowed = f"{content}, as in the other tables of facts"
                    yield _rule(table, field, rule, rules.get(rule), allowed)


def _rule(table: dict, field: dict, rule: str, found: object, allowed: str) -> Problem:
    return Problem(
        "data/datapackage.json",
        None,
        f"{table['path']}, column {field['name']}, constraints.{rule}",
        found,
        allowed,
        "put the rule back, or restore the file from git",
    )
