"""Long computations kept on disk, and found again as long as nothing they read has changed.

A result is filed under a hash of the code, of how the data are laid out and named, and of those
facts and tables alone that its computation read. So a change costs only the computations that depend on it,
and a result is never stale: a computation that reads the same things with the same contents takes
the same way (a verifying trace, Mokhov, Mitchell & Peyton Jones 2018, 4.2.2).
"""

from __future__ import annotations

import json
import os
import pickle
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache, wraps
from inspect import getsourcefile
from pathlib import Path

try:
    import fcntl
except ImportError:  # not on Windows: there two processes may do the same work
    fcntl = None  # type: ignore[assignment]

from assessment.evidence.paths import ROOT
from assessment.evidence.provenance.kept_inputs import (
    ReadNames,
    code_key,
    contents_key,
    names_of,
)
from assessment.evidence.read_log import log_read, record_reads

FOLDER = ROOT / "_build" / ".kept"
VERSIONS = 3  # of one result that stay on disk


def cached_result(
    maxsize: int | None = 1, disk: bool = False, refusal: type[Exception] | None = None
) -> Callable:
    """Decorator: remembers the results of a function, and what each was made from.

    ``maxsize`` results stay in memory (None: all). With ``disk``, whose arguments must be texts,
    they also stay in FOLDER until the code that the function can reach, a fact or table that it
    read, or a package that computes changes. Either way the facts and tables a result was made from are
    noted in open recordings as if it had been computed now, so that a number names its inputs.
    ``refusal``: an error of this kind is a result too, which stays on disk and is raised again.
    Where code or data have changed since this process began, it may hold older ones: then nothing
    is looked up on disk and nothing kept. A folder that cannot be written costs time only.
    """

    def wrap(function):
        made = _on_disk(function, refusal) if disk else function

        @lru_cache(maxsize)
        def remembered(*arguments, **named):
            with record_reads() as reads:
                result = made(*arguments, **named)
            return result, reads

        @wraps(function)
        def call(*arguments, **named):
            result, reads = remembered(*arguments, **named)
            log_read(*names_of(reads))
            return result

        def is_kept(*texts: str) -> bool:
            """Whether the result is on disk and nothing it was made from has changed."""
            base = code_key(Path(str(getsourcefile(function)))) if disk else None
            return base is not None and _found(_name(function, texts), base) is not None

        call.cache_clear, call.cache_info = remembered.cache_clear, remembered.cache_info
        call.is_kept = is_kept
        return call

    return wrap


def _name(function: Callable, texts: Sequence[str]) -> str:
    return "-".join((function.__name__.strip("_"), *texts))


def _on_disk(function: Callable, refusal: type[Exception] | None) -> Callable:
    """The function's results, looked up in FOLDER or made and put there."""
    refused = refusal or ()

    def given(result):
        if isinstance(result, refused):
            raise result
        return result

    def computed(*texts: str):
        try:
            return function(*texts)
        except refused as why:
            return why

    def call(*texts: str):
        base = code_key(Path(str(getsourcefile(function))))
        if base is None:
            return function(*texts)
        name = _name(function, texts)
        with _alone(name):
            if (file := _found(name, base)) is not None:
                result, read = pickle.loads(file.read_bytes())
                log_read(*read)
                return given(result)
            with record_reads() as reads:
                result = computed(*texts)
            read = names_of(reads)
            with suppress(OSError):
                write_whole(_file(name, base, read), pickle.dumps((result, read)))
                write_whole(_trace(name, base), json.dumps(read).encode())
                _tidy(name)
            return given(result)

    return call


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


def _file(name: str, base: str, read: ReadNames) -> Path:
    """The file of a result that was made from the present contents of what was read."""
    return FOLDER / f"{name}.{base}.{contents_key(read)}.pickle"


def write_whole(file: Path, content: bytes) -> None:
    """Writes a file whole or not at all: who reads it meanwhile never finds half of it, and where it
    cannot be written, as on a full disk (OSError), nothing is left behind.
    """
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as part:
        try:
            part.write(content)
            part.close()  # what is still held back is written now
            # a temporary file is its owner's alone; some of these are published
            os.chmod(part.name, 0o644)
            os.replace(part.name, file)
        except BaseException:
            with suppress(OSError):
                part.close()
            Path(part.name).unlink(missing_ok=True)
            raise


def _tidy(name: str) -> None:
    """Leaves the newest VERSIONS of a result."""
    for ending in ("pickle", "json"):
        for old in sorted(FOLDER.glob(f"{name}.*.{ending}"), key=lambda p: p.stat().st_mtime)[
            :-VERSIONS
        ]:
            old.unlink(missing_ok=True)
