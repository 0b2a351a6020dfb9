"""Everything in data/ and references/, checked at once."""

from __future__ import annotations

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


def check() -> list[str]:
    """Loads everything; returns one line per part. Raises DataError with all the problems found."""
    lines: list[str] = []
    problems: list[Problem] = []

    def part(label: str, load) -> None:
        try:
            lines.append(f"{label}: {len(load())}")
        except DataError as fault:
            problems.extend(p for p in fault.problems if p not in problems)

    part("sources", load_sources)
    part("facts", load_facts)
    part("conflicts", load_conflicts)
    for name in (r["name"] for r in resources(DATA)):
        if name in TABLES:
            part(name, lambda name=name: load_population_table(name))
        elif not name.startswith(("facts-", "conflict", "units")):
            part(name, lambda name=name: load_register(name))
    if problems:
        raise DataError(problems)
    return lines
