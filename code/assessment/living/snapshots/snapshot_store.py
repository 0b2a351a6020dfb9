"""Snapshots in ``data/watch/snapshots``: what each source said when it was last looked at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from assessment.evidence.provenance.result_cache import write_whole
from assessment.living.adapters.watched_source import Record
from assessment.living.asking import source_fault
from assessment.living.asking.polite_client import Marks
from assessment.living.asking.source_fault import SourceFault


@dataclass(frozen=True)
class Snapshot:
    """``looked``: ISO day. ``question``: a fingerprint of what was asked. ``records``: by item, the
    values by field.
    """

    looked: str
    question: str
    marks: Mapping[str, Marks]
    records: Mapping[str, Mapping[str, str]]


def snapshot_of(
    looked: str, question: str, marks: Mapping[str, Marks], records: list[Record]
) -> Snapshot:
    """A snapshot of records; of two with one name the second is numbered."""
    found: dict[str, Mapping[str, str]] = {}
    for record in records:
        name, number = record.item, 2
        while name in found:
            name, number = f"{record.item} ({number})", number + 1
        found[name] = record.values
    return Snapshot(looked, question, marks, found)


def _file(folder: Path, source: str) -> Path:
    return folder / f"{source}.json"


def load_snapshot(folder: Path, source: str) -> Snapshot | None:
    """The last snapshot of a source; None before the first. SourceFault where the file is damaged:
    it is not passed over, since a first look finds nothing.
    """
    file = _file(folder, source)
    if not file.exists():
        return None
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        marks = {address: Marks(**said) for address, said in kept["marks"].items()}
        return Snapshot(kept["looked"], kept["question"], marks, kept["records"])
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise SourceFault(
            source_fault.DAMAGED, f"{file}: not a snapshot ({fault}); restore it from git."
        ) from fault


def save_snapshot(folder: Path, source: str, snapshot: Snapshot) -> None:
    """Keeps a snapshot, whole or not at all. SourceFault where it cannot be written."""
    kept = asdict(snapshot)
    kept["records"] = {item: dict(values) for item, values in snapshot.records.items()}
    text = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(_file(folder, source), text.encode())
    except OSError as fault:
        raise SourceFault(source_fault.NOT_KEPT, f"{_file(folder, source)}: {fault}") from fault
