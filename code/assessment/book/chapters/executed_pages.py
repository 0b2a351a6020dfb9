"""Where Sphinx gets the outputs of cells: from kept results of chapters, which are made before a page
is read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from myst_nb import sphinx_
from myst_nb.core.execute.base import NotebookClientBase
from nbformat import NotebookNode
from sphinx.errors import SphinxError

from assessment.book.chapters.cell_reports import FAILED, RUNNING, say
from assessment.book.chapters.chapter_results import ChapterCells, cells_of, fill
from assessment.book.chapters.chapter_runs import CellsFailed, run_chapters


class KeptOutputs(NotebookClientBase):
    """Stands where MyST-NB expects what runs a page: it takes the outputs that are kept."""

    def start_client(self) -> None:
        results = _results.get(str(self.path))
        if results is not None:
            fill(self.notebook, results)


_results: dict[str, Path] = {}  # by the path of a page


def read_kept_outputs() -> None:
    """Makes MyST-NB ask KeptOutputs; it has no setting for who runs a page."""
    sphinx_.create_client = _create_client


def _create_client(notebook: NotebookNode, source: str, nb_config, logger, _format=None):
    return KeptOutputs(notebook, Path(source), nb_config, logger)


def run_before_reading(app, env, docnames: list[str]) -> None:
    """Handler of Sphinx's ``env-before-read-docs``: runs the cells of the pages about to be read
    where their results are not kept. SphinxError names page, line and exception of what failed.
    """
    root = Path(app.srcdir)
    pages = [Path(env.doc2path(name)).relative_to(root).as_posix() for name in docnames]
    chapters = [cells_of(root, page) for page in pages if page.endswith(".md")]
    made = make(chapter for chapter in chapters if chapter.sources)
    if not hasattr(env, "assessment_cells"):
        env.assessment_cells = {}
    env.assessment_cells |= dict.fromkeys(docnames, "") | {
        name: made[page].name for name, page in zip(docnames, pages) if page in made
    }


def make(chapters: Iterable[ChapterCells]) -> dict[str, Path]:
    """Sees to it that every chapter's results are kept; returns the files, by page."""
    made = {}
    found = {chapter: chapter.found() for chapter in chapters}
    try:
        for page in run_chapters(chapter for chapter, file in found.items() if file is None):
            say(f"{RUNNING}{page}")
    except CellsFailed as fault:
        for message in fault.messages:
            say(FAILED + message)
        raise SphinxError("Cells failed; no page was read.") from None
    for chapter, file in found.items():
        results = file or chapter.found()
        if results is None:
            raise SphinxError(f"The results of {chapter.page} were not kept.")
        _results[str(chapter.root / chapter.page)] = made[chapter.page] = results
    return made
