"""Which facts, tables and files a computation read, so that its result can name its inputs.

Reading a fact from a FactSet, or loading a table, notes its name in every recording open at the
time. Files are noted besides, for what no reader is told and a kept result depends on all the same.
Nothing is noted, and nothing costs time, while no recording is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assessment.evidence.paths import ROOT

_open: list[Reads] = []


class Reads:
    """The ids of facts, the names of tables and the files read, each in order of first reading."""

    def __init__(self) -> None:
        self._facts: dict[str, None] = {}
        self._tables: dict[str, None] = {}
        self._files: dict[str, None] = {}

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of the facts read."""
        return tuple(self._facts)

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables read, as in ``data/datapackage.json``."""
        return tuple(self._tables)

    @property
    def files(self) -> tuple[str, ...]:
        """Files read, as paths below the book's folder."""
        return tuple(self._files)


def log_read(
    facts: tuple[str, ...] = (), tables: tuple[str, ...] = (), files: tuple[str, ...] = ()
) -> None:
    """Notes these facts, tables and files in every open recording."""
    for reads in _open:
        reads._facts.update(dict.fromkeys(facts))
        reads._tables.update(dict.fromkeys(tables))
        reads._files.update(dict.fromkeys(files))


def log_file(path: Path) -> None:
    """Notes a file of the book in every open recording; one elsewhere is no part of the book."""
    if _open and ROOT in path.parents:
        log_read(files=(path.relative_to(ROOT).as_posix(),))


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


def first_recording() -> Reads:
    """The recording that has been open longest. IndexError when none is open."""
    return _open[0]


def stop_recording(reads: Reads) -> None:
    """Ends a recording opened by ``start_recording``."""
    _open[:] = [r for r in _open if r is not reads]
