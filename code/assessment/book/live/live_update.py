"""One update of the live site: what can be right at once is written at once, pages that wait for the
economic model when their numbers are there.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from assessment.book.building import unchanged_pages
from assessment.book.building.build_events import LEFT_OPEN
from assessment.book.building.build_inputs import pages
from assessment.book.building.logged_run import LoggedRun, why_it_failed
from assessment.book.building.sphinx_run import forked, sphinx
from assessment.book.chapters.chapter_results import ChapterCells, cells_of
from assessment.book.live.live_state import StateFile, show_pages
from assessment.case.model import precompute
from assessment.evidence import DataError
from assessment.evidence.checking import check

QUICK = 5.0  # seconds: a chapter that ran longer the last time is waited for by itself
SHOWN = 12  # lines of warnings


class LiveUpdate:
    """Updates the live site below ``folder`` from the book at ``root``."""

    def __init__(self, root: Path, folder: Path):
        self.root, self.folder, self.state = root, folder, StateFile(folder)

    def run(self, changed: Sequence[str]) -> None:
        """Writes what has changed. ``changed``: the files, for the message; none at the start."""
        why = f"{', '.join(changed[:3])} changed. " if changed else ""
        texts = bool(changed) and all(name.endswith(".md") for name in changed)
        texts_only = texts and not self.state.read().pending
        if not texts_only:
            try:
                check()
            except DataError as fault:
                held = dict.fromkeys(pages(self.root), f"{why}There is a fault in data/.")
                self.state.written(busy="", message=str(fault), pending=held)
                return
        late = self._late() if self._documents_there() and not texts_only else []
        reason = f"{why}Its numbers come from computations that are running."
        held = {page.removesuffix(".md") + ".html": reason for page in late}
        self._write([page.removesuffix(".md") for page in late], held)
        if not late:
            return
        self.state.tell(busy=f"{len(late)} pages wait for computations")
        for made in precompute.make():
            self.state.tell(busy=f"{len(late)} pages wait for computations; made: {made}")
        self._write([], {})

    def _documents_there(self) -> bool:
        return (self.folder / "doctrees" / "environment.pickle").exists()

    def _late(self) -> list[str]:
        """Pages whose cells must run and wait for shared computations, or took long the last time."""
        makers = precompute.not_kept()
        sources = [page.removesuffix(".html") + ".md" for page in pages(self.root)]
        chapters = [cells_of(self.root, page) for page in sources]
        return [c.page for c in chapters if c.sources and c.found() is None and _long(c, makers)]

    def _write(self, withheld: list[str], held: dict[str, str]) -> None:
        """Runs Sphinx. As soon as the pages are written they are shown."""

        def written() -> None:
            show_pages(self.folder)
            self.state.written(pending=held, busy="", message="")

        run = forked(self.folder, "live", lambda: self._sphinx(withheld, written))
        failed = run.process.wait()
        said = self._warnings(run)
        if failed and not self.state.read().message:
            said = said or "The pages could not be written; see " + str(run.log)
        # nothing had to be written, or faults are to be told
        self.state.written(pending=held, busy="", message=said)

    def _sphinx(self, withheld: list[str], written: Callable[[], None]) -> int:
        os.environ[LEFT_OPEN] = "yes"
        unchanged_pages.begin_live(withheld, written)
        result = sphinx(self.root, self.folder / "html", self.folder / "doctrees", strict=False)
        return int(bool(result))

    def _warnings(self, run: LoggedRun) -> str:
        lines = why_it_failed(run.log.read_text(encoding="utf-8", errors="replace"))
        root = f"{self.root}{os.sep}"
        return "\n".join(line.replace(root, "") for line in lines[:SHOWN])


def _long(chapter: ChapterCells, makers: set[Path]) -> bool:
    return chapter.seconds() > QUICK or bool(makers & set(chapter.code))


def update(root: Path, folder: Path, changed: Sequence[str]) -> int:
    """Runs an update in a process of its own, which its watcher may end at any time; its exit code."""
    os.setpgid(0, 0)
    LiveUpdate(root, folder).run(changed)
    sys.stdout.flush()
    return 0
