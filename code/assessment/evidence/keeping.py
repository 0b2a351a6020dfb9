"""Long computations kept on disk, and found again as long as nothing they read has changed.

A result is filed under a hash of the code, of every file of ``data/`` but the values of facts, and of those facts alone that its computation
read. So a changed fact costs only the computations that depend on it, and a result is never stale: a computation that reads the same facts
with the same values takes the same way (a verifying trace, Mokhov, Mitchell & Peyton Jones 2018, 4.2.2).
"""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache, wraps
from importlib.metadata import version
from inspect import getsourcefile
from pathlib import Path

try:
    import fcntl
except ImportError:  # not on Windows: there two processes may do the same work
    fcntl = None

from .facts import Fact
from .loading import load_facts
from .paths import DATA, REFERENCES, ROOT
from .recording import note, reading

FOLDER = ROOT / "_build" / ".kept"
PACKAGES = ("numpy", "scipy", "pandas", "lifelines")
ROOMS = ("evidence", "survival", "economics")
VERSIONS = 3  # of one result that stay on disk
# What a computation may see of a fact without reading it: the fields by which facts are selected.
SEEN = ("id", "subject", "population", "arm", "endpoint", "measure", "assessor", "analysis_set", "data_cut", "interval", "unit", "source", "status")
STARTED = time.time()


def kept(*rooms: str) -> Callable:
    """Decorator: ``function(*texts)``, or what it gave before with the same code of ``rooms`` (default ROOMS), the same data and PACKAGES.

    The facts that the result was made from are noted in open recordings as if it had been computed. Where code or data
    have changed since this process began, it may hold older ones: then nothing is looked up and nothing kept. A folder that cannot be written costs time only.
    """
    def wrap(function):
        @wraps(function)
        def call(*texts: str):
            base = _base(rooms or ROOMS, Path(getsourcefile(function)))
            if base is None:
                return function(*texts)
            name = "-".join((function.__name__.strip("_"), *texts))
            with _alone(name):
                if (file := _found(name, base)) is not None:
                    result, facts, tables = pickle.loads(file.read_bytes())
                    note(facts, tables)
                    return result
                with reading() as reads:
                    result = function(*texts)
                with suppress(OSError):
                    _write(_file(name, base, reads.facts), pickle.dumps((result, reads.facts, reads.tables)))
                    _write(_trace(name, base), "\n".join(reads.facts).encode())
                    _tidy(name)
                return result
        return call
    return wrap


def _base(rooms: tuple[str, ...], own: Path) -> str | None:
    """Hash of all but the facts' values; None when code or data may have changed since this process read them."""
    files = sorted({own, *(path for room in rooms for path in (Path(__file__).parents[1] / room).rglob("*.py"))})
    return None if max(path.stat().st_mtime for path in (*files, *_data())) > STARTED else _hash(tuple(files))


def _data() -> list[Path]:
    return [*sorted(p for p in DATA.rglob("*") if p.is_file()), REFERENCES]


@lru_cache(maxsize=None)
def _hash(code: tuple[Path, ...]) -> str:
    digest = hashlib.sha256(repr([(p, version(p)) for p in PACKAGES]).encode())
    values = DATA / "facts"
    for path in (*code, *(p for p in _data() if values not in p.parents)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    for fact in load_facts().unread():
        digest.update(repr([getattr(fact, field) for field in SEEN]).encode())
    return digest.hexdigest()[:12]


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """One process at a time makes a result; the others wait, and then find it. Chapters run side by side."""
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
    return FOLDER / f"{name}.{base}.facts"


def _found(name: str, base: str) -> Path | None:
    """Where the result is, if the facts read when it was last made still have a result."""
    trace = _trace(name, base)
    file = _file(name, base, trace.read_text(encoding="utf-8").split()) if trace.exists() else None
    return file if file is not None and file.exists() else None


def _file(name: str, base: str, read: tuple[str, ...] | list[str]) -> Path:
    known: dict[str, Fact] = {fact.id: fact for fact in load_facts().unread()}
    digest = hashlib.sha256(repr([known.get(fact_id) for fact_id in sorted(read)]).encode())
    return FOLDER / f"{name}.{base}.{digest.hexdigest()[:12]}.pickle"


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all."""
    with tempfile.NamedTemporaryFile(dir=FOLDER, delete=False) as part:
        part.write(content)
    os.replace(part.name, file)


def _tidy(name: str) -> None:
    """Leaves the newest VERSIONS of a result."""
    for ending in ("pickle", "facts"):
        for old in sorted(FOLDER.glob(f"{name}.*.{ending}"), key=lambda p: p.stat().st_mtime)[:-VERSIONS]:
            old.unlink(missing_ok=True)
