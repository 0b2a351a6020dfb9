"""From a finding to facts, and from facts to inputs of the model."""

from __future__ import annotations

from pathlib import Path

from pybtex.database import parse_file

from assessment.evidence import DATA, REFERENCES, load_facts, read_table
from assessment.evidence.cells.formulas import ids_in
from assessment.living.adapters.watched_source import Field, WatchedSource, touched
from assessment.living.snapshots.snapshot_changes import Change


def named_facts(
    source: WatchedSource, field: Field, change: Change, references: Path = REFERENCES
) -> tuple[str, ...]:
    """Facts that a change touches, as ids or their beginnings: ``{row}`` becomes the id of the row of
    the table asked for that holds the item, ``{documents}`` the facts of the documents cited whose DOI
    the record names.
    """
    found: list[str] = []
    for name in field.facts:
        if "{row}" in name:
            found += [name.replace("{row}", row) for row in _rows(source, change.item)]
        elif name == "{documents}":
            found += _of_documents(change, references)
        else:
            found.append(name)
    return tuple(dict.fromkeys(found))


def _rows(source: WatchedSource, item: str) -> list[str]:
    table, _, column = source.ask.removeprefix("table:").partition(".")
    return [row["id"] for row in read_table(table) if row[column] == item]


def _of_documents(change: Change, references: Path) -> list[str]:
    said = " ".join((change.item, change.old, change.new, *(v for _n, v in change.values))).lower()
    entries = parse_file(str(references), "bibtex", encoding="utf-8").entries
    named = {key for key, entry in entries.items() if entry.fields.get("doi", "-").lower() in said}
    return [f.id for f in load_facts().unread() if named & {f.source, f.read_in}]


def resting_on(named: tuple[str, ...], data: Path = DATA) -> list[str]:
    """Every fact that is named or computed from one that is, step by step."""
    facts = {fact.id: fact for fact in load_facts(data).unread()}
    found = dict.fromkeys(touched(named, list(facts)))
    while True:
        more = [
            fact.id
            for fact in facts.values()
            if fact.id not in found and fact.formula and found.keys() & set(ids_in(fact.formula))
        ]
        if not more:
            return list(found)
        found |= dict.fromkeys(more)


def inputs_on(facts: list[str], data: Path = DATA) -> list[str]:
    """Ids of the rows of data/model_inputs.csv that read one of the facts."""
    return [row["id"] for row in read_table("model-inputs", data) if row["fact"] in set(facts)]
