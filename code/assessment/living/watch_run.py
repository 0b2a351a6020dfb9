"""One look at all sources: each on its own, so that one which fails hides no other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assessment.evidence import DATA, REFERENCES
from assessment.living.adapters.adapter_names import ADAPTERS
from assessment.living.adapters.watched_source import (
    WatchedSource,
    asked_for,
    fingerprint,
    kept_text,
)
from assessment.living.asking import source_fault
from assessment.living.asking.polite_client import PoliteClient
from assessment.living.asking.source_fault import SourceFault, Unchanged
from assessment.living.findings.finding import Finding
from assessment.living.findings.findings_log import add_checks, add_findings
from assessment.living.findings.materiality import weigh
from assessment.living.snapshots.snapshot_changes import changes
from assessment.living.snapshots.snapshot_store import (
    Snapshot,
    load_snapshot,
    save_snapshot,
    snapshot_of,
)

LOOKED, NOT_REACHED = "looked", "not reached"
NOTHING, FIRST = "Nothing new.", "First look: nothing to compare with."


@dataclass(frozen=True)
class Looked:
    """What became of a look at a source: LOOKED or NOT_REACHED, what to say of it, the findings."""

    source: str
    outcome: str
    said: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Places:
    """Where a run reads and writes: ``data``, the register of documents, and what it tells."""

    data: Path = DATA
    references: Path = REFERENCES

    @property
    def snapshots(self) -> Path:
        """The folder of snapshots."""
        return self.data / "watch" / "snapshots"


def look_at_all(
    sources: Sequence[WatchedSource],
    client_for: Callable[[], PoliteClient],
    day: str,
    rules: Mapping[str, float],
    places: Places | None = None,
) -> list[Looked]:
    """Looks at each source and adds one row for each to the checks of sources, also where nothing was
    found or it was not reached. ``day``: ISO. OSError where the rows themselves cannot be written.

    What is kept, in this order: findings, then the snapshot, then the row. Broken off anywhere, the next
    run finds the same again, under the same names.
    """
    places = places or Places()
    looked = [look_at(source, client_for(), day, rules, places) for source in sources]
    add_checks([(day, one.source, one.outcome, one.said) for one in looked], places.data)
    return looked


def look_at(
    source: WatchedSource,
    client: PoliteClient,
    day: str,
    rules: Mapping[str, float],
    places: Places,
) -> Looked:
    """Looks at one source. Whatever goes wrong is said of it and stops nothing."""
    try:
        before = load_snapshot(places.snapshots, source.id)
        ask = asked_for(source, places.data, places.references)
        question = fingerprint(repr((source, ask)))
        # a version that was read with another question in mind says nothing of this one
        client.known = before.marks if before and before.question == question else {}
        try:
            records = ADAPTERS[source.adapter](source, ask, client)
        except Unchanged:
            return Looked(source.id, LOOKED, NOTHING)
        now = snapshot_of(day, question, _conditional(client), records)
        found = _weighed(source, before, now, day, rules, places)
        add_findings(found, places.data)
        save_snapshot(places.snapshots, source.id, now)
    except SourceFault as fault:
        return Looked(source.id, NOT_REACHED, f"{fault.kind}: {_line(fault.said)}")
    except OSError as fault:
        return Looked(source.id, NOT_REACHED, f"{source_fault.NOT_KEPT}: {_line(fault)}")
    except Exception as fault:  # an adapter that breaks on an answer nobody thought of
        said = f"{source_fault.DAMAGED}: {type(fault).__name__}: {_line(fault)}"
        return Looked(source.id, NOT_REACHED, said)
    if before is None:
        return Looked(source.id, LOOKED, FIRST)
    said = f"{len(found)} found: {', '.join(f.id for f in found)}." if found else NOTHING
    return Looked(source.id, LOOKED, said, tuple(found))


def _conditional(client: PoliteClient) -> dict:
    return {
        address: marks
        for address, marks in client.seen.items()
        if marks.etag or marks.last_modified
    }


def _weighed(
    source: WatchedSource,
    before: Snapshot | None,
    now: Snapshot,
    day: str,
    rules: Mapping[str, float],
    places: Places,
) -> list[Finding]:
    differing = changes(before, now, rules["fewest_percent"])
    since = before.looked if before else ""
    return [weigh(source, one, since, day, rules, places.references) for one in differing]


def _line(text: object) -> str:
    return kept_text(str(text)[:300])
