"""What fills the pages of each chapter, as a file beside the book: ``_print.yml``. It spares a build the
search, and changes nothing but where figures stand and how large they are in print.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from assessment.book.pdf.layout.page_changes import AFTER, BEFORE, BREAKABLE, SMALLER, PageChange
from assessment.book.pdf.layout.page_fill import PageFill

FILE = "_print.yml"
KINDS = (SMALLER, BEFORE, AFTER, BREAKABLE)
HEAD = """# How the pages of each chapter are filled in print: written by make accept, read by make book.
# Remove it, build and accept, and every chapter is fitted anew.
"""


def as_record(fill: PageFill) -> dict[str, Any]:
    """The fill as plain values; empty where nothing was done."""
    made: dict[str, Any] = {}
    if fill.changes:
        made["changes"] = [
            {
                one.kind: list(one.units),
                **({"of": one.place} if one.place else {}),
                **({"to": round(one.share, 4)} if one.kind == SMALLER else {}),
            }
            for one in fill.changes
        ]
    if fill.left:
        made["left"] = list(fill.left)
    if fill.tight is not None:
        made["tight"] = fill.tight
    return made


def from_record(record: Mapping[str, Any]) -> PageFill:
    """The fill that a record tells; what it cannot be is left out, and searched for again."""
    found = PageFill(left=[str(one) for one in record.get("left", ())], tight=record.get("tight"))
    for row in record.get("changes", ()):
        kind = next((kind for kind in KINDS if kind in row), None)
        if kind is not None:
            found.changes.append(
                PageChange(kind, tuple(row[kind]), row.get("of", ""), float(row.get("to", 1.0)))
            )
    return found


def read_records(root: Path) -> dict[str, dict[str, Any]]:
    """{chapter: record} of the book; empty where it has no file, or one that is not read so."""
    try:
        found = yaml.safe_load((root / FILE).read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError):
        return {}
    listed = found.items() if isinstance(found, dict) else ()
    return {name: one for name, one in listed if isinstance(one, dict)}


def records_text(records: Mapping[str, Mapping[str, Any]]) -> str:
    """The file's text."""
    kept = {name: dict(one) for name, one in sorted(records.items()) if one}
    return HEAD + yaml.safe_dump(kept, sort_keys=True, allow_unicode=True, width=110)
