"""Records from JSON by paths, as the adapters of interfaces share them."""

from __future__ import annotations

import json
import re
from typing import Any

from assessment.living.adapters.watched_source import (
    Record,
    WatchedSource,
    fingerprint,
    kept_text,
)
from assessment.living.asking import source_fault
from assessment.living.asking.source_fault import SourceFault

MISSING = object()


def at(value: Any, path: str) -> Any:
    """What stands at ``path``, names joined by full stops; of a list, what stands there in each of its
    entries. MISSING where nothing does.
    """
    for place, name in enumerate(path.split(".")):
        if isinstance(value, list):
            rest = ".".join(path.split(".")[place:])
            found = [one for one in (at(entry, rest) for entry in value) if one is not MISSING]
            return found or MISSING
        if not isinstance(value, dict) or name not in value:
            return MISSING
        value = value[name]
    return value


def listed(source: WatchedSource, answer: Any) -> list[Any]:
    """The records of an answer as they stand in it. SourceFault where no list is."""
    found = at(answer, source.records_at) if source.records_at else answer
    if not isinstance(found, list):
        raise SourceFault(
            source_fault.OTHER_FORM,
            f"{source.id}: no list at '{source.records_at}'. Look at an answer of {source.address} and"
            " correct records_at in data/watch/sources.csv.",
        )
    return found


def record_of(source: WatchedSource, entry: Any) -> Record:
    """The compared fields of an entry. A path that ends in # gives a fingerprint of all that stands
    there. SourceFault where its name or a required field is missing.
    """
    item = at(entry, source.key)
    values = {}
    for field in source.compared():
        whole = field.found_at.endswith("#")
        found = at(entry, field.found_at.removesuffix("#"))
        if found is MISSING:
            if field.required:
                raise SourceFault(
                    source_fault.OTHER_FORM,
                    f"{source.id}: {kept_text(item)} has no '{field.found_at}'. Look at an answer of"
                    f" {source.address} and correct found_at in data/watch/fields.csv.",
                )
            values[field.name] = ""
        elif whole:
            values[field.name] = fingerprint(json.dumps(found, sort_keys=True))
        else:
            values[field.name] = kept_text(found)
    if item is MISSING or not kept_text(item):
        raise SourceFault(source_fault.OTHER_FORM, f"{source.id}: a record has no '{source.key}'.")
    return Record(kept_text(item), values)


def matches(source: WatchedSource, entry: Any) -> bool:
    """Whether an entry holds the pattern of the source: ``path~pattern``, or no pattern at all."""
    path, _, pattern = source.match.partition("~")
    if not pattern:
        return True
    found = at(entry, path)
    return found is not MISSING and bool(re.search(pattern, kept_text(found), re.IGNORECASE))


def whole_number(source: WatchedSource, answer: Any, path: str) -> int:
    """The count at ``path``. SourceFault where none is."""
    found = at(answer, path)
    try:
        return int(found)
    except (TypeError, ValueError) as fault:
        raise SourceFault(source_fault.OTHER_FORM, f"{source.id}: no count at '{path}'.") from fault


def all_there(source: WatchedSource, records: list[Record], count: int) -> list[Record]:
    """The records, if they are as many as the source says. SourceFault where some are missing: a list
    cut short must not look as if records had gone.
    """
    if len(records) != count:
        raise SourceFault(
            source_fault.DAMAGED, f"{source.id}: {len(records)} records of {count} that it counts."
        )
    return records
