"""Only one look at a time: two would ask twice as often and write over one another."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(RuntimeError):
    """Another look is under way."""


@contextmanager
def only_one(file: Path) -> Iterator[None]:
    """Holds the lock for as long as the block runs; it goes with the process, so none is left over.

    Raises AlreadyRunning where another process holds it.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(file, "a", encoding="utf-8") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            raise AlreadyRunning(f"another look is under way (it holds {file}).") from fault
        yield
