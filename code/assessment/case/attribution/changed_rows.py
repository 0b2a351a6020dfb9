"""Rows of data that say something else to the model than at another moment: which, and put back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Files = Mapping[str, str]  # {path below data/: content}
Row = dict[str, str]

FACTS, INPUTS, COSTS = "facts/", "model_inputs.csv", "cost_items.csv"
# Cells that the model reads. Labels, notes, sources and the day of a check move no result.
READ = {
    FACTS: ("value", "low", "high", "interval", "unit", "formula"),
    INPUTS: (
        "parameter",
        "cohort",
        "fact",
        "distribution",
        "standard_error",
        "counted_in",
        "low",
        "high",
    ),
    COSTS: ("group", "arm", "when", "resource_use", "unit_cost_nok", "taxed", "only_if"),
}
WHOLE = ("norway/", "km/")  # population tables and digitised points: a file is one change
STATUS = "status"


@dataclass(frozen=True)
class RowChange:
    """One row, or one whole file (``key`` empty, the text under ``text``). ``before`` and ``after``: its
    cells then and now, under today's columns; None where there is no such row.
    """

    file: str
    key: str
    before: Row | None
    after: Row | None

    @property
    def edited(self) -> bool:
        """Whether the row is there on both sides."""
        return self.before is not None and self.after is not None

    @property
    def is_fact(self) -> bool:
        """Whether it is a row of the facts."""
        return self.file.startswith(FACTS)


def kind_of(path: str) -> str:
    """FACTS, INPUTS or COSTS; one of WHOLE for a file that counts as one; '' for any other."""
    for kind in (*READ, *WHOLE):
        if path == kind or kind.endswith("/") and path.startswith(kind) and path.endswith(".csv"):
            return kind
    return ""


def rows_of(text: str) -> dict[str, Row]:
    """The rows of a table by their id."""
    found = csv.DictReader(io.StringIO(text))
    return {row["id"]: {k: v or "" for k, v in row.items() if k} for row in found if row.get("id")}


def changed_rows(before: Files, after: Files) -> list[RowChange]:
    """Every row that says something else to the model, facts first; rows of facts that are new are
    among them, and so are those that are gone. Facts are told apart by id, in whatever file they stand.

    A table that was not there came with the code that reads it, which held its content before: it is no
    change of the data. Nor is another name of an input that reads the same fact.
    """
    found = list(_facts(before, after))
    for path in (INPUTS, COSTS):
        if path in before:
            old, new = rows_of(before[path]), rows_of(after.get(path, ""))
            old = _under_todays_names(old, new) if path == INPUTS else old
            found += _compared(path, old, new, READ[path])
    folders = {kind_of(path) for path in before}
    for path in sorted({p for p in (*before, *after) if kind_of(p) in folders & set(WHOLE)}):
        if before.get(path) != after.get(path):
            texts = [{"text": f[path]} if path in f else None for f in (before, after)]
            found.append(RowChange(path, "", *texts))
    return found


def _under_todays_names(old: Mapping[str, Row], new: Mapping[str, Row]) -> dict[str, Row]:
    """The inputs of then, with today's id and parameter where these are other names: one that went and
    one that came, for the same cohort and from the same fact.
    """
    came = {(r["cohort"], r["fact"]): k for k, r in new.items() if k not in old and r["fact"]}
    found = {}
    for key, row in old.items():
        name = key if key in new else came.pop((row["cohort"], row["fact"]), key)
        names = {c: new[name][c] for c in ("id", "parameter")} if name != key else {}
        found[name] = row | names
    return found


def _facts(before: Files, after: Files) -> Iterable[RowChange]:
    old = {key: row for path in _fact_files(before) for key, row in rows_of(before[path]).items()}
    known: set[str] = set()
    for path in _fact_files(after):
        new = rows_of(after[path])
        known |= new.keys()
        mine = {key: row for key, row in old.items() if key in new}
        yield from _compared(path, mine, new, READ[FACTS])
    home = {key: path for path in _fact_files(before) for key in rows_of(before[path])}
    today = set(_fact_files(after))
    for key in old.keys() - known:
        file = home[key] if home[key] in today else next(iter(today), home[key])
        yield RowChange(file, key, old[key], None)


def _fact_files(files: Files) -> list[str]:
    return sorted(path for path in files if kind_of(path) == FACTS)


def _compared(
    path: str, old: Mapping[str, Row], new: Mapping[str, Row], read: tuple[str, ...]
) -> Iterable[RowChange]:
    for key in dict.fromkeys((*new, *old)):
        one, other = old.get(key), new.get(key)
        if one is None or other is None:
            yield RowChange(path, key, one, other)
        elif any(one.get(cell, "") != other.get(cell, "") for cell in read):
            yield RowChange(path, key, _as_read_then(one, other, read), other)


def _as_read_then(one: Row, other: Row, read: tuple[str, ...]) -> Row:
    """Today's row with the cells that the model reads as they were. The status goes along where a value
    or a formula came or went, since it says whether there must be one.
    """
    cells = {cell: one.get(cell, "") for cell in read if cell in other}
    if any(bool(one.get(c)) != bool(other.get(c)) for c in ("value", "formula") if c in other):
        cells[STATUS] = one.get(STATUS, "")
    return other | cells


def put_back(after: Files, undone: Iterable[RowChange]) -> dict[str, str]:
    """Today's files with these rows as they were: the contents of those files alone that differ."""
    by_file: dict[str, list[RowChange]] = {}
    for change in undone:
        by_file.setdefault(change.file, []).append(change)
    found = {}
    for path, changes in by_file.items():
        if kind_of(path) in WHOLE:
            found[path] = (changes[0].before or {}).get("text", "")
            continue
        reader = csv.DictReader(io.StringIO(after[path]))
        rows = {row["id"]: row for row in reader}
        for change in changes:
            if change.before is None:
                rows.pop(change.key, None)
            else:
                rows[change.key] = change.before
        out = io.StringIO()
        writer = csv.DictWriter(
            out, reader.fieldnames or [], restval="", extrasaction="ignore", lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(rows.values())
        found[path] = out.getvalue()
    return found
