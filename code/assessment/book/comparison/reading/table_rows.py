"""Rows of two tables, paired: which is the same row with other cells, which is new, which is gone."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Row = tuple[str, ...]


@dataclass(frozen=True)
class RowChange:
    """A row before and after, over the columns of both tables; None where there is no such row."""

    before: Row | None
    after: Row | None

    def cells(self) -> list[tuple[str, str]]:
        """(before, after) of each cell; '' where the row is new or gone."""
        width = len(self.before or self.after or ())
        nothing = ("",) * width
        return list(zip(self.before or nothing, self.after or nothing))

    @property
    def changed(self) -> int:
        """How many cells differ."""
        return sum(a != b for a, b in self.cells())


@dataclass(frozen=True)
class TableChange:
    """``columns``: of both tables; ``new_columns``, ``gone_columns``: of one; ``rows``: that differ."""

    columns: Row
    new_columns: Row
    gone_columns: Row
    rows: tuple[RowChange, ...]

    def __bool__(self) -> bool:
        return bool(self.rows or self.new_columns or self.gone_columns)


def read(text: str) -> tuple[Row, list[Row]]:
    """Columns and rows of a CSV text, rows as wide as the head; two columns of one name are told
    apart.
    """
    lines = [tuple(row) for row in csv.reader(io.StringIO(text))]
    if not lines:
        return (), []
    seen: Counter[str] = Counter()
    columns = []
    for name in lines[0]:
        seen[name] += 1
        columns.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    width = len(columns)
    return tuple(columns), [(*row[:width], *[""] * (width - len(row))) for row in lines[1:]]


def compared(before: str, after: str, key: Iterable[str] = ()) -> TableChange:
    """What differs between two CSV texts. ``key``: columns that name a row; without them rows are
    paired by their words, then by what they share. Their order does not matter.
    """
    (old_columns, old), (new_columns, new) = read(before), read(after)
    columns = (*new_columns, *(name for name in old_columns if name not in new_columns))
    shared = [name for name in columns if name in old_columns and name in new_columns]
    old, new = _over(columns, old_columns, old), _over(columns, new_columns, new)
    key = tuple(key)
    if key and set(key) <= set(shared):
        pairs = _paired(old, new, [lambda row: _cells(row, columns, key)])
    else:

        def cells(row: Row) -> Row:
            return _cells(row, columns, shared)

        def in_words(row: Row) -> Row:
            return tuple(cell for cell in cells(row) if not is_number(cell))

        def without_digits(row: Row) -> Row:
            return tuple(cell for cell in cells(row) if not re.search(r"\d", cell))

        pairs = _paired(old, new, [cells, in_words, without_digits])
        gone = [a for a, b in pairs if a is not None and b is None]
        come = [b for a, b in pairs if b is not None and a is None]
        pairs = [pair for pair in pairs if None not in pair] + _alike(gone, come)
    changes = [RowChange(a, b) for a, b in pairs if a != b]
    order = {id(row): n for n, row in enumerate(new)}
    changes.sort(key=lambda c: order.get(id(c.after), len(new)))
    return TableChange(
        columns,
        tuple(name for name in new_columns if old_columns and name not in old_columns),
        tuple(name for name in old_columns if new_columns and name not in new_columns),
        tuple(changes),
    )


def _cells(row: Row, columns: Row, names: Iterable[str]) -> Row:
    return tuple(row[columns.index(name)] for name in names)


def is_number(cell: str) -> bool:
    """Whether a cell holds a number, with or without unit: it is no name of its row."""
    plain = cell.replace("−", "-").replace("\u202f", "").replace("\u00a0", "").rstrip(" %")
    try:
        float(plain)
        return True
    except ValueError:
        return bool(plain) and plain[0] in "-+<>0123456789("


def _over(columns: Row, own: Row, rows: list[Row]) -> list[Row]:
    places = [own.index(name) if name in own else -1 for name in columns]
    return [tuple("" if i < 0 else row[i] for i in places) for row in rows]


Pair = tuple[Row | None, Row | None]


def _paired(old: list[Row], new: list[Row], namings: list[Callable[[Row], Row]]) -> list[Pair]:
    """Rows of the same name, tried with each naming in turn; among several, in their order."""
    pairs: list[Pair] = []
    for naming in namings:
        waiting: dict[Row, list[Row]] = defaultdict(list)
        for row in old:
            waiting[naming(row)].append(row)
        left_new = []
        for row in new:
            same = waiting[naming(row)]
            if same:
                pairs.append((same.pop(0), row))
            else:
                left_new.append(row)
        old, new = [row for rows in waiting.values() for row in rows], left_new
    return pairs + [(row, None) for row in old] + [(None, row) for row in new]


def _alike(old: list[Row], new: list[Row]) -> list[Pair]:
    """Rows without a name in common: those that share most cells, at least a third of them."""
    pairs: list[Pair] = []
    left = list(new)
    for row in old:
        scores = [sum(a == b for a, b in zip(row, other)) for other in left]
        best = max(scores, default=0)
        if left and 3 * best >= len(row):
            pairs.append((row, left.pop(scores.index(best))))
        else:
            pairs.append((row, None))
    return pairs + [(None, row) for row in left]
