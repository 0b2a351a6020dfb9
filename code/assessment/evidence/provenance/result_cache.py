"""Long computations kept on disk, and found again as long as nothing they read has changed.

A result is filed under a hash of the code, of how the data are laid out and named, and of those
facts and tables alone that its computation read. So a change costs only the computations that depend on it,
and a result is never stale: a computation that reads the same things with the same contents takes
the same way (a verifying trace, Mokhov, Mitchell & Peyton Jones 2018, 4.2.2).
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache, lru_cache, wraps
from importlib.metadata import version
from inspect import getsourcefile
from pathlib import Path

try:
    import fcntl
except ImportError:  # not on Windows: there two processes may do the same work
    fcntl = None  # type: ignore[assignment]

from assessment.evidence.csv_tables import resources
from assessment.evidence.fact_loading import load_facts
from assessment.evidence.facts import Fact
from assessment.evidence.paths import DATA, REFERENCES, ROOT
from assessment.evidence.provenance.reachable_code import reachable_code
from assessment.evidence.read_log import log_read, record_reads

FOLDER = ROOT / "_build" / ".kept"
PACKAGES = ("numpy", "scipy", "pandas", "lifelines")
VERSIONS = 3  # of one result that stay on disk
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


def cached_result(maxsize: int | None = 1, disk: bool = False) -> Callable:
    """Decorator: remembers the results of a function, and what each was made from.

    ``maxsize`` results stay in memory (None: all). With ``disk``, whose arguments must be texts,
    they also stay in FOLDER until the code that the function can reach, a fact or table that it
    read, or one of PACKAGES changes. Either way the facts and tables a result was made from are
    noted in open recordings as if it had been computed now, so that a number names its inputs.
    Where code or data have changed since this process began, it may hold older ones: then nothing
    is looked up on disk and nothing kept. A folder that cannot be written costs time only.
    """

    def wrap(function):
        made = _on_disk(function) if disk else function

        @lru_cache(maxsize)
        def remembered(*arguments, **named):
            with record_reads() as reads:
                result = made(*arguments, **named)
            return result, reads

        @wraps(function)
        def call(*arguments, **named):
            result, reads = remembered(*arguments, **named)
            log_read(reads.facts, reads.tables)
            return result

        call.cache_clear, call.cache_info = remembered.cache_clear, remembered.cache_info
        return call

    return wrap


def _on_disk(function: Callable) -> Callable:
    """The function's results, looked up in FOLDER or made and put there."""

    def call(*texts: str):
        base = _base(Path(str(getsourcefile(function))))
        if base is None:
            return function(*texts)
        name = "-".join((function.__name__.strip("_"), *texts))
        with _alone(name):
            if (file := _found(name, base)) is not None:
                result, read = pickle.loads(file.read_bytes())
                log_read(*read)
                return result
            with record_reads() as reads:
                result = function(*texts)
            read = reads.facts, reads.tables
            with suppress(OSError):
                write_whole(_file(name, base, read), pickle.dumps((result, read)))
                write_whole(_trace(name, base), json.dumps(read).encode())
                _tidy(name)
            return result

    return call


def _base(own: Path) -> str | None:
    """Hash of the code within reach of a file and of the data's layout; None when code or data may
    have changed since this process read them.
    """
    files = reachable_code(own)
    fixed = max(path.stat().st_mtime for path in (*files, *(DATA / name for name in LAYOUT)))
    changed = max(path.stat().st_mtime for path in _data())
    return None if fixed > STARTED or changed > _data_since[0] else _hash(files)


def data_read_anew(since: float) -> None:
    """Says that this process has forgotten all data that it read before this time."""
    _data_since[0] = since


def _data() -> list[Path]:
    return [*sorted(p for p in DATA.rglob("*") if p.is_file()), REFERENCES]


@cache
def _hash(code: tuple[Path, ...]) -> str:
    digest = hashlib.sha256(repr([(p, version(p)) for p in PACKAGES]).encode())
    # Points of digitised curves have no row in the descriptor, so no table is noted when they are
    # read.
    for path in (
        *code,
        *sorted((DATA / "km").glob("*.csv")),
        *(DATA / name for name in LAYOUT),
        REFERENCES,
    ):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    for fact in load_facts().unread():
        digest.update(repr([getattr(fact, field) for field in SEEN]).encode())
    return digest.hexdigest()[:12]


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """One process at a time makes a result; the others wait, and then find it. Chapters run side by
    side.
    """
    try:
        FOLDER.mkdir(parents=True, exist_ok=True)
        lock = (FOLDER / f"{name}.lock").open("w")
    except OSError:
        yield
        return
    with lock:
        if fcntl:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _trace(name: str, base: str) -> Path:
    return FOLDER / f"{name}.{base}.json"


def _found(name: str, base: str) -> Path | None:
    """Where the result is, if what was read when it was last made has the contents of one that is
    there.
    """
    trace = _trace(name, base)
    file = (
        _file(name, base, json.loads(trace.read_text(encoding="utf-8"))) if trace.exists() else None
    )
    return file if file is not None and file.exists() else None


def _file(name: str, base: str, read: Sequence[Sequence[str]]) -> Path:
    """The file of a result that was made from the present contents of these facts and tables."""
    facts, tables = read
    known: dict[str, Fact] = {fact.id: fact for fact in load_facts().unread()}
    digest = hashlib.sha256(repr([known.get(fact_id) for fact_id in sorted(facts)]).encode())
    paths = {resource["name"]: resource["path"] for resource in resources()}
    for table in sorted(tables):
        digest.update(table.encode() + b"\0" + (DATA / paths[table]).read_bytes())
    return FOLDER / f"{name}.{base}.{digest.hexdigest()[:12]}.pickle"


def write_whole(file: Path, content: bytes) -> None:
    """Writes a file whole or not at all: who reads it meanwhile never finds half of it."""
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as part:
        part.write(content)
    os.chmod(part.name, 0o644)  # a temporary file is its owner's alone; some of these are published
    os.replace(part.name, file)


def _tidy(name: str) -> None:
    """Leaves the newest VERSIONS of a result."""
    for ending in ("pickle", "json"):
        for old in sorted(FOLDER.glob(f"{name}.*.{ending}"), key=lambda p: p.stat().st_mtime)[
            :-VERSIONS
        ]:
            old.unlink(missing_ok=True)
