"""Changed rows gathered into single changes: what only makes sense together is one.

1. A fact is a change of its own, but those that share all of their id except its last part (what one trial
   prints of one endpoint in one cohort) are one.
2. Rows of one input of the model, one for each cohort, are one.
3. Cost items that came or went in one kind of cost replace each other: they are one.
4. A row that came or went belongs to the row that names it: an input to the cost item that counts it, a
   fact to the input that holds it.
5. A table of the population, or the digitised points of one curve, is one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.case.attribution.changed_rows import COSTS, FACTS, INPUTS, RowChange, kind_of

WORD = re.compile(r"[A-Za-z_][\w.]*")
BY_ARM = ("", "_treated", "_control")  # endings of inputs that a formula leaves out
NAMING = {
    FACTS: ("formula",),
    INPUTS: ("fact", "standard_error", "counted_in", "low", "high"),
    COSTS: ("resource_use", "unit_cost_nok"),
}


@dataclass(frozen=True)
class SingleChange:
    """One change and its rows. ``id``: the cost group, the input or the facts it is about."""

    id: str
    rows: tuple[RowChange, ...]

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """Ids of its facts."""
        return tuple(row.key for row in self.rows if row.is_fact)


def single_changes(rows: Sequence[RowChange]) -> list[SingleChange]:
    """The single changes by the rules above, in the order of their first rows."""
    groups = {place: {place} for place in range(len(rows))}
    first: dict[tuple[str, str], int] = {}
    came_or_went = {name: n for n, row in enumerate(rows) for name in _own_names(row)}
    for place, row in enumerate(rows):
        for key in _alike(row):
            _join(groups, first.setdefault(key, place), place)
        for name in names_in(row):
            if name in came_or_went:
                _join(groups, came_or_went[name], place)
    whole = {id(group): group for group in groups.values()}
    return [_named([rows[place] for place in sorted(group)]) for group in whole.values()]


def _join(groups: dict[int, set[int]], one: int, other: int) -> None:
    if groups[one] is not groups[other]:
        groups[one] |= groups[other]
        for place in groups[other].copy():
            groups[place] = groups[one]


def _alike(row: RowChange) -> list[tuple[str, str]]:
    """Rules 1 to 3: what rows share that are one change."""
    both = [cells for cells in (row.before, row.after) if cells]
    if row.is_fact:
        return [("facts", row.key.rpartition(".")[0])]
    if row.file == INPUTS:
        return [("input", cells["parameter"] or row.key) for cells in both]
    if row.file == COSTS and not row.edited:
        return [("cost", cells["group"]) for cells in both]
    return []


def _own_names(row: RowChange) -> list[str]:
    """What others call a row that came or went."""
    if row.edited:
        return []
    return [row.key] if row.is_fact else [_cells(row).get("parameter") or row.key]


def names_in(row: RowChange) -> list[str]:
    """Rule 4: the facts or inputs that a row names, then or now."""
    cells = [
        both[c]
        for both in (row.before, row.after)
        if both
        for c in NAMING.get(kind_of(row.file), ())
    ]
    words = {word for cell in cells for word in WORD.findall(cell or "")}
    return [word + end for word in sorted(words) for end in BY_ARM]


def _named(rows: Sequence[RowChange]) -> SingleChange:
    costs = [row for row in rows if row.file == COSTS]
    inputs = [row for row in rows if row.file == INPUTS]
    if costs:
        name = f"costs.{_cells(costs[0])['group']}"
    elif inputs:
        name = f"inputs.{_cells(inputs[0])['parameter'] or inputs[0].key}"
    elif len(rows) == 1:
        name = rows[0].key or rows[0].file.rpartition(".")[0].replace("/", ".")
    else:
        name = rows[0].key.rpartition(".")[0]
    return SingleChange(name, tuple(rows))


def _cells(row: RowChange) -> Mapping[str, str]:
    return row.after or row.before or {}
