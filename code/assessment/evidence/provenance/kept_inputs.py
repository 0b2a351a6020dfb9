"""What a kept result depends on: the code within reach, how the data are laid out, and what its
computation read."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from assessment.evidence.csv_tables import resources
from assessment.evidence.fact_loading import load_facts
from assessment.evidence.facts import Fact
from assessment.evidence.paths import DATA, REFERENCES, ROOT
from assessment.evidence.provenance.reachable_code import reachable_code
from assessment.evidence.read_log import Reads

PACKAGES = ("numpy", "scipy", "pandas", "lifelines")
# What lays out and names the data. Code reads these when it is imported too, where nothing is noted,
# so every result depends on the whole of them.
LAYOUT = ("datapackage.json", "units.csv", "case.csv")
# What a computation may see of a fact without reading it: the fields by which facts are selected.
SEEN = (
    "id",
    "subject",
    "population",
    "arm",
    "endpoint",
    "measure",
    "assessor",
    "analysis_set",
    "data_cut",
    "interval",
    "unit",
    "source",
    "status",
)
STARTED = time.time()
# Since when the data that this process holds were read; only a notebook reads them again.
_data_since = [STARTED]

# Facts, tables and files, by name, as a recording noted them.
ReadNames = Sequence[Sequence[str]]


def names_of(reads: Reads) -> tuple[tuple[str, ...], ...]:
    """What a recording noted, to be kept beside a result."""
    return reads.facts, reads.tables, reads.files


def code_key(own: Path) -> str | None:
    """Hash of the code within reach of a file and of the data's layout; None when code or data may
    have changed since this process read them.
    """
    files = reachable_code(own)
    fixed = max(path.stat().st_mtime for path in (*files, *(DATA / name for name in LAYOUT)))
    changed = max(path.stat().st_mtime for path in _data())
    return None if fixed > STARTED or changed > _data_since[0] else layout_key(files)


def data_read_anew(since: float) -> None:
    """Says that this process has forgotten all data that it read before this time."""
    _data_since[0] = since


def _data() -> list[Path]:
    return [*sorted(p for p in DATA.rglob("*") if p.is_file()), REFERENCES]


@cache
def layout_key(code: tuple[Path, ...]) -> str:
    """Hash of these files of code, of PACKAGES and of the data's layout."""
    digest = hashlib.sha256(repr([(p, version(p)) for p in PACKAGES]).encode())
    # Points of digitised curves have no row in the descriptor, so no table is noted when they are
    # read.
    for path in (
        *code,
        *sorted((DATA / "km").glob("*.csv")),
        *(DATA / name for name in LAYOUT),
    ):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    for fact in load_facts().unread():
        digest.update(repr([getattr(fact, field) for field in SEEN]).encode())
    return digest.hexdigest()[:12]


def contents_key(read: ReadNames) -> str:
    """Hash of the present contents of these facts, tables and files."""
    facts, tables, files = read
    known: dict[str, Fact] = {fact.id: fact for fact in load_facts().unread()}
    digest = hashlib.sha256(repr([known.get(fact_id) for fact_id in sorted(facts)]).encode())
    paths = {resource["name"]: f"data/{resource['path']}" for resource in resources()}
    for name in sorted({*(paths[table] for table in tables), *files}):
        path = ROOT / name
        digest.update(name.encode() + b"\0" + (path.read_bytes() if path.exists() else b"\0"))
    return digest.hexdigest()[:12]
