"""Findings of the watch that could matter and that nobody has judged yet, in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.evidence import load_register
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _

OPEN, LOGGED = "open", "log"  # not translated: values of the register
W = {
    "what": _("{source}: {item}, {field}."),
    "from_to": _("{after} instead of {before}."),
    "new": _("Now: {after}."),
    "why": _("What could hang on it: {why}."),
    "judged": _("Found by the watch, not yet judged."),
}


@dataclass(frozen=True)
class OpenFinding:
    """A finding: its name, the day of the look, the source, and what a reader is told."""

    id: str
    day: str
    source: str
    text: str


def open_findings() -> list[OpenFinding]:
    """The findings that were told at once or in a digest and that nobody has judged, newest first."""
    labels = {row.id: row.label for row in frame_rows(load_register("watch-sources"))}
    rows = [
        row
        for row in frame_rows(load_register("watch-findings"))
        if row.judged == OPEN and row.level != LOGGED
    ]
    return [
        OpenFinding(row.id, row.day, labels.get(row.watched, row.watched), _told(row, labels))
        for row in reversed(rows)
    ]


def _told(row, labels: dict[str, str]) -> str:
    source = labels.get(row.watched, row.watched)
    parts = [W["what"].format(source=source, item=row.item, field=row.field)]
    if row.old and row.new:
        parts.append(W["from_to"].format(before=row.old, after=row.new))
    elif row.new:
        parts.append(W["new"].format(after=row.new))
    return " ".join([*parts, W["why"].format(why=row.why.rstrip(".")), W["judged"]])
