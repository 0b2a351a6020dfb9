"""What differs in data/ and the bibliography: facts by id, rows of other tables, documents."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assessment.book.comparison.reading.book_states import BookState
from assessment.book.comparison.reading.filled_prose import Change, changed_sentences
from assessment.book.comparison.reading.table_rows import TableChange, compared
from assessment.evidence import FactSet
from assessment.presentation import numbers

ENTRY = re.compile(r"^@(\w+)\{([^,\s]+),", re.MULTILINE)
# Cells that make what a fact says; the others say where it comes from and how far it was checked.
SAID = ("value", "low", "high", "interval", "unit", "formula")


@dataclass(frozen=True)
class FactDifference:
    """A fact that is new, gone or changed. ``cells``: (field, before, after) of those that differ, none
    where it is new or gone; ``before``, ``after``: what pages show of it; ``follows``: its row is the
    same, and a fact it is computed from is not.
    """

    id: str
    label: str
    source: str
    before: str
    after: str
    cells: tuple[tuple[str, str, str], ...] = ()
    follows: bool = False

    @property
    def moved(self) -> bool:
        """Whether it says something else, not only comes from elsewhere."""
        return not self.before or not self.after or self.before != self.after

    def rests(self) -> str:
        """The names of the cells that differ."""
        return ", ".join(name for name, _before, _after in self.cells)


@dataclass(frozen=True)
class FileDifference:
    """A table of data/, or a file without rows (``lines``)."""

    path: str
    table: TableChange | None
    lines: tuple[Change, ...] = ()


def _fact_rows(state: BookState) -> dict[str, dict[str, str]]:
    return {
        row["id"]: row
        for path, text in state.data().items()
        if path.startswith("facts/") and path.endswith(".csv")
        for row in csv.DictReader(io.StringIO(text))
        if row.get("id")
    }


def _shown(facts: FactSet | None, row: dict[str, str] | None) -> str:
    """A fact as pages show it; its cells where today's rules cannot read it; '' where it is none."""
    if row is None:
        return ""
    if facts is not None and row["id"] in facts:
        return numbers.fact_text(facts[row["id"]])
    limits = [row.get(name) for name in ("low", "high") if row.get(name)]
    parts = [row.get("value") or row.get("formula") or row.get("status") or "", row.get("unit", "")]
    return " ".join(filter(None, parts)) + (
        f" ({'–'.join(filter(None, limits))})" if limits else ""
    )


def fact_differences(
    before: BookState, after: BookState, facts: tuple[FactSet | None, FactSet | None]
) -> list[FactDifference]:
    """Every fact that differs: those whose row does, then those computed from them."""
    old, new = _fact_rows(before), _fact_rows(after)
    known = facts if None not in facts else (None, None)
    found, following = [], []
    for name in dict.fromkeys((*new, *old)):
        one, other = old.get(name), new.get(name)
        row = other or one or {}
        shown = _shown(known[0], one), _shown(known[1], other)
        cells = tuple(
            (key, (one or {}).get(key) or "", (other or {}).get(key) or "")
            for key in row
            if one and other and (one.get(key) or "") != (other.get(key) or "")
        )
        words = (name, row.get("label") or name, row.get("source") or "", *shown, cells)
        if one is None or other is None or cells:
            found.append(FactDifference(*words))
        elif shown[0] != shown[1]:
            following.append(FactDifference(*words, follows=True))
    return found + following


def _keys(state: BookState) -> dict[str, list[str]]:
    """{path: columns that name a row}, by the descriptor; none where it cannot be read."""
    try:
        tables = json.loads(state.data().get("datapackage.json", "{}")).get("resources", [])
    except json.JSONDecodeError:
        return {}
    found = {}
    for table in tables:
        key = table.get("schema", {}).get("primaryKey") or []
        found[table.get("path", "")] = [key] if isinstance(key, str) else key
    return found


def table_differences(before: BookState, after: BookState) -> Iterator[FileDifference]:
    """Every other file of data/ that differs, and the bibliography's entries."""
    keys = _keys(after) or _keys(before)
    old, new = before.data(), after.data()
    for path in sorted(old.keys() | new.keys()):
        one, other = old.get(path, ""), new.get(path, "")
        if one == other or path.startswith("facts/") and path.endswith(".csv"):
            continue
        if path.endswith(".csv"):
            yield FileDifference(f"data/{path}", compared(one, other, keys.get(path, ())))
        else:
            lines = changed_sentences(one.splitlines(), other.splitlines())
            yield FileDifference(f"data/{path}", None, tuple(lines))
    documents = [_entries(state) for state in (before, after)]
    if changed := [pair for pair in _pairs(*documents) if pair[0] != pair[1]]:
        yield FileDifference("references", None, tuple(changed))


def _entries(state: BookState) -> dict[str, str]:
    """{key: entry} of the bibliography, on one line each."""
    text = "\n".join(t for path, t in state.files.items() if path.endswith(".bib"))
    starts = list(ENTRY.finditer(text))
    ends = [found.start() for found in starts[1:]] + [len(text)]
    return {m[2]: " ".join(text[m.start() : end].split()) for m, end in zip(starts, ends)}


def _pairs(old: dict[str, str], new: dict[str, str]) -> list[Change]:
    return [(old.get(key, ""), new.get(key, "")) for key in dict.fromkeys((*new, *old))]
