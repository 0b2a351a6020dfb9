"""Runs the cells of chapters whose results are not kept, as many chapters at once as there are
processors."""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell

from assessment.book.chapters.cell_reports import cell_failure
from assessment.book.chapters.chapter_results import ChapterCells, code_cells
from assessment.book.chapters.kernel_fork import forked_kernel, shared_memory

TIMEOUT = 300  # seconds for one cell
# The ports of a kernel are chosen before it takes them; where another process was quicker it ends at once,
# and the chapter begins again with others.
ENDED_AT_ONCE, BEGINNINGS = "Kernel died before replying", 3
NOT_BEGUN = 75  # exit code
LAST = "from assessment.book.chapters.chapter_runs import say_reads as _; _()"


class CellsFailed(Exception):
    """Cells of chapters failed; one message a chapter: page, line, exception."""

    def __init__(self, messages: Sequence[str]):
        super().__init__("\n".join(messages))
        self.messages = list(messages)


def run_chapters(chapters: Iterable[ChapterCells]) -> Iterator[str]:
    """Runs each chapter in a kernel of its own and keeps what its cells gave.

    Yields a line as each begins. Raises CellsFailed when all have run and some failed. This process
    must have no other threads.
    """
    waiting = sorted(chapters, key=lambda chapter: -chapter.seconds())
    _import_for(waiting)
    with shared_memory():
        yield from _side_by_side(waiting)


def _side_by_side(waiting: list[ChapterCells]) -> Iterator[str]:
    running: dict[int, tuple[ChapterCells, Path]] = {}
    begun: Counter[str] = Counter()
    failures = []
    try:
        while waiting or running:
            while waiting and len(running) < min(4, os.cpu_count() or 1):
                chapter = waiting.pop(0)
                yield chapter.page
                told = chapter.trace().with_suffix(".failed")
                running[_begin(chapter, told)] = chapter, told
                begun[chapter.page] += 1
            done, status = _next_done(running)
            chapter, told = running.pop(done)
            if os.waitstatus_to_exitcode(status) == NOT_BEGUN and begun[chapter.page] < BEGINNINGS:
                told.unlink(missing_ok=True)
                waiting.append(chapter)
            elif status:
                failures.append(_said(told, chapter))
    finally:
        for child in running:
            with suppress(ProcessLookupError, ChildProcessError):
                os.killpg(child, 9)
                os.waitpid(child, 0)
    if failures:
        raise CellsFailed(failures)


def _next_done(running: dict[int, tuple[ChapterCells, Path]]) -> tuple[int, int]:
    """The next of our children that ends, and how; other children are left to who began them."""
    while True:
        for child in running:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                return done, status
        time.sleep(0.02)


def _begin(chapter: ChapterCells, told: Path) -> int:
    """Forks a process that runs a chapter and ends; its id."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.setpgid(0, 0)
        told.parent.mkdir(parents=True, exist_ok=True)
        try:
            _run(chapter)
            code = 0
        except Exception as fault:  # told by the parent, with the page
            told.write_text(_why(chapter, fault), encoding="utf-8")
            code = NOT_BEGUN if ENDED_AT_ONCE in str(fault) else 1
    finally:
        os._exit(code)


def _run(chapter: ChapterCells) -> None:
    manager, kernel = forked_kernel()
    notebook = nbformat.v4.new_notebook(cells=[new_code_cell(s) for s in chapter.sources])
    notebook.cells.append(new_code_cell(LAST))
    began = time.monotonic()
    client = NotebookClient(
        notebook,
        km=manager,
        timeout=TIMEOUT,
        shutdown_kernel="immediate",
        resources={"metadata": {"path": str((chapter.root / chapter.page).parent)}},
    )
    try:
        client.execute()
    finally:
        kernel.kill()
    *cells, last = code_cells(notebook)
    read = json.loads("".join(output["text"] for output in last.outputs))
    chapter.keep([cell.outputs for cell in cells], read, round(time.monotonic() - began, 1))


def _why(chapter: ChapterCells, fault: Exception) -> str:
    if isinstance(fault, CellExecutionError):
        text = (chapter.root / chapter.page).read_text(encoding="utf-8")
        return cell_failure(chapter.page, text, str(fault))
    if isinstance(fault, CellTimeoutError):
        return f"{chapter.page}: a cell ran longer than {TIMEOUT} seconds"
    if isinstance(fault, DeadKernelError):
        return f"{chapter.page}: the process that ran its cells ended; was there enough memory?"
    return f"{chapter.page}: {type(fault).__name__}: {fault}"


def _said(told: Path, chapter: ChapterCells) -> str:
    try:
        return told.read_text(encoding="utf-8")
    except OSError:
        return f"{chapter.page}: its process ended without a word; was there enough memory?"
    finally:
        told.unlink(missing_ok=True)


def _import_for(chapters: Iterable[ChapterCells]) -> None:
    """Imports what kernels would each import; what fails here fails there, and is told there."""
    importlib.import_module("ipykernel.kernelapp")
    for path in {path for chapter in chapters for path in chapter.code}:
        parts = path.with_suffix("").parts
        name = ".".join(parts[len(parts) - parts[::-1].index("assessment") - 1 :])
        with suppress(Exception):
            importlib.import_module(name.removesuffix(".__init__"))


def say_reads() -> None:
    """Prints, as JSON, what this kernel has read since it began: facts, tables, files."""
    from assessment.evidence.provenance.kept_inputs import names_of
    from assessment.evidence.read_log import first_recording

    print(json.dumps(names_of(first_recording())))
