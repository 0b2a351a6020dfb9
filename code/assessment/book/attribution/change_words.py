"""What a change says before and after, from the rows that make it."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.case.attribution.changed_rows import COSTS, INPUTS, Row, RowChange
from assessment.case.attribution.single_changes import SingleChange
from assessment.case.definition import load_case
from assessment.evidence import load_facts
from assessment.presentation import numbers
from assessment.presentation.language import _

NAMED = 4  # so many rows of a change are named


def what_of(change: SingleChange) -> str:
    """The labels of its rows, as they are now."""
    costs = [row for row in change.rows if row.file == COSTS]
    rows = costs or [row for row in change.rows if row.file == INPUTS] or list(change.rows)
    labels = [_label(cells) for row in rows if (cells := row.after or row.before)]
    return _listed(list(dict.fromkeys(labels)))


def said(change: SingleChange) -> tuple[str, str]:
    """(before, after): values of facts, and of the facts that inputs name; labels of costs that came or
    went. Costs that are only reckoned otherwise say nothing here: the reason must.
    """
    costs = [row for row in change.rows if row.file == COSTS]
    rows = costs or [row for row in change.rows if row.file == INPUTS] or list(change.rows)
    gone: Mapping[str, Row] = {
        row.key: row.before for row in change.rows if row.is_fact and row.before
    }
    told = [row for row in rows if row.file != COSTS or not row.edited]
    before = [_cell(row, row.before, gone) for row in told if row.before]
    after = [_cell(row, row.after, {}) for row in told if row.after]
    return _listed(list(dict.fromkeys(before))), _listed(list(dict.fromkeys(after)))


def _cell(row: RowChange, cells: Row, gone: Mapping[str, Row]) -> str:
    if row.file == COSTS:
        return _label(cells)
    if row.file == INPUTS:
        fact = cells.get("fact", "")
        facts = load_facts()
        if fact in gone:
            return _printed(gone[fact])
        return numbers.fact_text(facts[fact], "value") if fact in facts else fact
    return _printed(cells) if row.is_fact else row.file


def _printed(cells: Row) -> str:
    value = cells.get("value") or cells.get("formula") or cells.get("status", "")
    limits = [cells[end] for end in ("low", "high") if cells.get(end)]
    shown = (
        numbers.with_unit(numbers.printed(value), cells["unit"]) if cells.get("value") else value
    )
    return shown + (f" ({'–'.join(limits)})" if limits else "")


def _label(cells: Row) -> str:
    label = cells.get("label") or cells.get("id") or ""
    return label.format(**load_case().names()) if "{" in label else label


def _listed(parts: list[str]) -> str:
    if len(parts) <= NAMED:
        return "; ".join(parts)
    more = len(parts) - NAMED + 1
    return _("{first}; and {count} more").format(first="; ".join(parts[: NAMED - 1]), count=more)
