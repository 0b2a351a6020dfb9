"""One build of a book at a time: the next one waits."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

try:
    import fcntl
except ImportError:  # not on Windows: there two builds may meet
    fcntl = None  # type: ignore[assignment]


@contextmanager
def build_alone(folder: Path) -> Iterator[tuple[int, ...]]:
    """Holds ``folder/.lock`` while the block runs; says so when it has to wait for another build.

    Yields the open files that a process started meanwhile must inherit: it then holds the lock too,
    should it outlive this one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = _locked(folder / ".lock")
    with lock:
        yield (lock.fileno(),)


def _locked(path: Path) -> TextIO:
    while True:
        lock = path.open("a+", encoding="utf-8")
        if fcntl is None:
            return lock
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            other = lock.read().strip() or "unknown"
            print(
                f"Another build of this book is running (process {other}); waiting for its end.",
                flush=True,
            )
            fcntl.flock(lock, fcntl.LOCK_EX)
        # `make clean` may have removed the file that was waited for
        if path.exists() and os.path.samestat(os.fstat(lock.fileno()), path.stat()):
            lock.truncate(0)
            lock.write(f"{os.getpid()}\n")
            lock.flush()
            return lock
        lock.close()
