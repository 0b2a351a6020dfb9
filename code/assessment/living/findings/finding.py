"""A finding: something that a source says otherwise than at the look before."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.living.adapters.watched_source import Field, WatchedSource, fingerprint
from assessment.living.snapshots.snapshot_changes import Change

OPEN = "open"
UNKNOWN_FIELD = Field("", "", False, (), "log", "No row of data/watch/fields.csv speaks of it.")


@dataclass(frozen=True)
class Finding:
    """One row of ``data/watch/findings.csv``: what, where, old, new; the facts it touches and the inputs
    of the model that rest on them; how much could hang on it, NOK of the price of a pack; how it is told
    and why; what a person says of it.
    """

    id: str
    day: str
    watched: str
    item: str
    field: str
    old: str
    new: str
    touches: str
    inputs: str
    swing_nok: float | None
    level: str
    why: str
    judged: str = OPEN


def finding_id(source: WatchedSource, change: Change, since: str) -> str:
    """The same for the same difference from the same look (``since``, its day), so that a run that was
    broken off and done again finds nothing twice; another when the difference comes again later.
    """
    parts = (source.id, change.item, change.field, change.old, change.new, since)
    return fingerprint("\n".join(parts))


def rule_for(source: WatchedSource, change: Change) -> Field:
    """The row of data that says what a change of this field touches."""
    return source.field(change.field) or UNKNOWN_FIELD
