"""What differs between two looks at a source."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.living.adapters.watched_source import GONE, NEW
from assessment.living.asking import source_fault
from assessment.living.asking.source_fault import SourceFault
from assessment.living.snapshots.snapshot_store import Snapshot

FEW = 5  # records; a shorter list may well lose one


@dataclass(frozen=True)
class Change:
    """One difference: ``field`` of ``item`` said ``old`` and says ``new``; NEW and GONE for records that
    come and go. ``values``: of the whole record.
    """

    item: str
    field: str
    old: str
    new: str
    values: tuple[tuple[str, str], ...]


def changes(before: Snapshot | None, now: Snapshot, fewest_percent: float) -> list[Change]:
    """The differences, in the order of items. None before: nothing to compare with. Where the question
    is another one, records are compared that both have; a field that one of them lacks is passed over.

    SourceFault where so many records are missing that the answer cannot have been whole.
    """
    if before is None:
        return []
    same = before.question == now.question
    if same and len(before.records) >= FEW:
        share = 100 * len(now.records) / len(before.records)
        if share < fewest_percent:
            raise SourceFault(
                source_fault.OTHER_FORM,
                f"{len(now.records)} records where there were {len(before.records)}: taken for damaged."
                " If it is true, remove the snapshot, and the next look begins anew.",
            )
    found = []
    for item in sorted(before.records.keys() | now.records.keys()):
        old, new = before.records.get(item), now.records.get(item)
        values = tuple(sorted((new or old or {}).items()))
        told = "; ".join(f"{name}: {value}" for name, value in values if value)
        if old is None or new is None:
            if same:
                ends = (NEW, "", told) if old is None else (GONE, told, "")
                found.append(Change(item, *ends, values))
            continue
        for field in sorted(old.keys() & new.keys()):
            if old[field] != new[field]:
                found.append(Change(item, field, old[field], new[field], values))
    return found
