"""Data that change while a process that has read them goes on: noticed, and read anew.

A notebook's process outlives an edit. What it remembers was made from what the files held before;
nothing may be shown that mixes the two.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from assessment.evidence.paths import DATA, PACKAGE, REFERENCES, ROOT
from assessment.evidence.provenance import kept_inputs
from assessment.evidence.provenance.reachable_code import reachable_code

REMEMBERING = type(lru_cache(lambda: None))


class DataWatch:
    """What the files of ``data``, of the bibliography and of the code that is loaded held when this
    process read them.

    ``reread()`` says what has changed since, and has the changed data read anew by whoever asks for
    them next. ``must_restart`` holds what only a new process reads: code, and the tables that name
    and lay out the data, which modules read when they are loaded.
    """

    def __init__(self, data: Path = DATA, references: Path = REFERENCES) -> None:
        self.data, self.references = data, references
        self._contents = {path: _content(path) for path in self._files()}
        # Saved between the start of the process and now: who knows which of the two was read.
        late = [p for p in self._contents if _saved(p) > kept_inputs.STARTED]
        self._contents |= dict.fromkeys(late, b"")
        self._saved = {path: _saved(path) for path in self._contents}
        self.must_restart: set[Path] = set()

    def reread(self) -> tuple[list[Path], list[Path]]:
        """(files of data that have changed since the last call and are read anew from now on, all
        files that need a new process); relative to the project where they lie in it.
        """
        now = time.time()
        files = self._files()
        saved = {path: _saved(path) for path in files}
        touched = [p for p in {*files, *self._saved} if saved.get(p) != self._saved.get(p)]
        late = [p for p in self._contents if not self._contents[p] and p not in touched]
        contents = {path: _content(path) for path in (*touched, *late)}
        changed = {p for p in contents if contents[p] != self._contents.get(p)}
        self._saved = saved
        self._contents = {p: c for p, c in (self._contents | contents).items() if p in saved}
        layout = {path for path in changed if path.name in kept_inputs.LAYOUT}
        code = {path for path in loaded_code() if _saved(path) > kept_inputs.STARTED}
        self.must_restart |= layout | code
        if touched or late:
            forget_results()
            kept_inputs.data_read_anew(now)
        return _named(changed - layout), _named(self.must_restart)

    def digest(self) -> str:
        """Hash of what the files held when they were last looked at."""
        parts = sorted((path.name.encode(), held) for path, held in self._contents.items())
        return sha256(repr(parts).encode()).hexdigest()[:16]

    def _files(self) -> list[Path]:
        files = [p for p in self.data.rglob("*") if p.is_file() and not p.name.startswith(".")]
        return [p for p in (*files, self.references) if "checkpoints" not in p.parent.name]


def follow_edits() -> None:
    """In a notebook that somebody works in, has edited data read anew from the next cell on. Called once,
    when ``evidence`` is imported; ``presentation.show`` tells of the edit as well.
    """
    shell = sys.modules.get("IPython") and sys.modules["IPython"].get_ipython()
    if shell and os.environ.get("JPY_SESSION_NAME"):
        watch = DataWatch()
        shell.events.register("pre_run_cell", lambda *_: watch.reread())


def loaded_code() -> list[Path]:
    """The files of this package that the process has loaded."""
    files = [getattr(m, "__file__", None) for n, m in list(sys.modules.items()) if _ours(n)]
    return [Path(file) for file in files if file]


def memories() -> list[Any]:
    """Every memory of results in this package. Those of which code imports which are none: code is
    read once in the life of a process.
    """
    return [
        thing
        for thing in gc.get_objects()
        if isinstance(thing, REMEMBERING)
        and _ours(thing.__module__ or "")
        and thing.__module__ != reachable_code.__module__
    ]


def forget_results(known: Sequence[Any] | None = None) -> None:
    """Empties every memory of results in this package, so that all is read and computed anew.

    ``known``: the memories, where they are at hand. Objects that somebody still holds keep what they
    were made from.
    """
    for memory in memories() if known is None else known:
        memory.cache_clear()


def _ours(module: str) -> bool:
    return module.split(".")[0] == PACKAGE.name


def _saved(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _content(path: Path) -> bytes:
    try:
        return sha256(path.read_bytes()).digest()
    except OSError:
        return b""


def _named(paths: set[Path]) -> list[Path]:
    return sorted(p.relative_to(ROOT) if ROOT in p.parents else p for p in paths)
