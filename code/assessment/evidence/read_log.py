"""Which facts and tables a computation read, so that its result can name its inputs.

Reading a fact from a FactSet, or loading a table, notes its name in every recording open at the
time. Nothing is noted, and nothing costs time, while no recording is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

_open: list[Reads] = []


class Reads:
    """The ids of facts and the names of tables read, each in order of first reading."""

    def __init__(self) -> None:
        self._facts: dict[str, None] = {}
        self._tables: dict[str, None] = {}

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of the facts read."""
        return tuple(self._facts)

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables read, as in ``data/datapackage.json``."""
        return tuple(self._tables)


def log_read(facts: tuple[str, ...] = (), tables: tuple[str, ...] = ()) -> None:
    """Notes these facts and tables in every open recording."""
    for reads in _open:
        reads._facts.update(dict.fromkeys(facts))
        reads._tables.update(dict.fromkeys(tables))


@contextmanager
def record_reads() -> Iterator[Reads]:
    """Records what is read inside the block.

    >>> with record_reads() as reads:                     # doctest: +SKIP
    ...     load_facts()["trial.n.cohort"].number
    >>> reads.facts                                       # doctest: +SKIP
    ('trial.n.cohort',)
    """
    reads = Reads()
    _open.append(reads)
    try:
        yield reads
    finally:
        _open[:] = [r for r in _open if r is not reads]


def start_recording() -> Reads:
    """Opens a recording that stays open, for a notebook that closes nothing. ``stop_recording`` ends it."""
    reads = Reads()
    _open.append(reads)
    return reads


def stop_recording(reads: Reads) -> None:
    """Ends a recording opened by ``start_recording``."""
    _open[:] = [r for r in _open if r is not reads]
