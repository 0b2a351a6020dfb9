"""What the cells of a chapter gave, kept as long as nothing that they read has changed.

A chapter's results are filed like those of a long computation (see ``provenance.result_cache``):
under a hash of its cells, the code they can reach, the packages, the layout of the data, and of those
facts, tables and files alone that they read.
"""

from __future__ import annotations

import ast
import hashlib
import json
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from myst_nb.core.read import read_myst_markdown_notebook
from nbformat import NotebookNode, from_dict

from assessment.book.chapters.waiting_sections import without_waiting
from assessment.evidence.provenance.kept_inputs import ReadNames, contents_key, layout_key
from assessment.evidence.provenance.reachable_code import (
    files_of,
    imported_names,
    reachable_code,
)
from assessment.evidence.provenance.result_cache import write_whole
from assessment.presentation.language import DOMAIN, ENGLISH, LANGUAGE

VERSIONS = 6  # of the results of one chapter that stay on disk
KERNEL = ("kernel_fork.py", "chapter_runs.py")
FOLDER = Path("_build", ".chapter_results")


@dataclass(frozen=True)
class ChapterCells:
    """The cells of one page, without those of sections that wait. ``page``: its path below the book's
    folder; ``sources``: the code of each cell, in order.
    """

    root: Path
    page: str
    sources: tuple[str, ...]

    @property
    def code(self) -> tuple[Path, ...]:
        """Every file of the package that the cells can reach."""
        names = {
            name
            for source in self.sources
            for name in imported_names(_parsed(source), self.root / self.page)
        }
        starts = {file for name in names for file in files_of(name)}
        return tuple(sorted({file for start in starts for file in reachable_code(start)}))

    @property
    def key(self) -> str:
        """Hash of what the results depend on besides what the cells read."""
        parts = [*self.sources, self.page, _runner(self.root), layout_key(self.code)]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]

    @property
    def stem(self) -> str:
        """The page's name as file names can have it."""
        return self.page.removesuffix(".md").replace("/", "-")

    def trace(self) -> Path:
        """The file that says what the cells read when they last ran."""
        return self.root / FOLDER / f"{self.stem}.{self.key}.trace"

    def found(self) -> Path | None:
        """The file with the results, if the cells would read now what they read then."""
        with suppress(OSError, ValueError, KeyError):
            kept = json.loads(self.trace().read_text(encoding="utf-8"))
            file = self.file(kept["read"])
            return file if file.exists() else None
        return None

    def file(self, read: ReadNames) -> Path:
        """The file of results that were made from the present contents of what was read."""
        return self.root / FOLDER / f"{self.stem}.{self.key}.{contents_key(read)}.json"

    def seconds(self) -> float:
        """How long the chapter ran when it last did; unknown ones are taken for long."""
        traces = (self.root / FOLDER).glob(f"{self.stem}.*.trace")
        with suppress(OSError, ValueError, KeyError):
            last = max(traces, key=lambda path: path.stat().st_mtime, default=None)
            if last is not None:
                return float(json.loads(last.read_text(encoding="utf-8"))["seconds"])
        return 60.0

    def keep(self, outputs: list[list[dict]], read: ReadNames, seconds: float) -> Path:
        """Keeps the outputs of each cell; returns the file."""
        file = self.file(read)
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, json.dumps(outputs, sort_keys=True).encode())
        write_whole(self.trace(), json.dumps({"read": read, "seconds": seconds}).encode())
        for ending in ("json", "trace"):
            kept = file.parent.glob(f"{self.stem}.*.{ending}")
            for old in sorted(kept, key=lambda path: path.stat().st_mtime)[:-VERSIONS]:
                old.unlink(missing_ok=True)
        return file


def _parsed(source: str) -> ast.AST:
    """The cell's code; what IPython alone understands imports nothing of ours."""
    with suppress(SyntaxError):
        return ast.parse(source)
    return ast.Module(body=[], type_ignores=[])


@cache
def _runner(root: Path) -> str:
    """Hash of what runs every chapter: the locked packages, Python, the code of the kernels, and the
    language that the code speaks.
    """
    digest = hashlib.sha256((root / "requirements.txt").read_bytes())
    for name in KERNEL:
        digest.update(Path(__file__).with_name(name).read_bytes())
    digest.update(repr(sys.version_info[:2]).encode())
    if LANGUAGE != ENGLISH:
        words = root / "locale" / LANGUAGE / "LC_MESSAGES" / f"{DOMAIN}.mo"
        digest.update(LANGUAGE.encode() + b"\0" + words.read_bytes())
    return digest.hexdigest()


def cells_of(root: Path, page: str) -> ChapterCells:
    """The cells of a page (its path below ``root``), without those of sections that wait."""
    text = without_waiting((root / page).read_text(encoding="utf-8"))
    notebook = read_myst_markdown_notebook(text)
    return ChapterCells(root, page, tuple(c.source for c in code_cells(notebook)))


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """The cells that run."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def fill(notebook: NotebookNode, results: Path) -> None:
    """Gives every cell its outputs. ValueError when the results are those of other cells."""
    outputs, cells = json.loads(results.read_text(encoding="utf-8")), code_cells(notebook)
    for number, (cell, given) in enumerate(zip(cells, outputs, strict=True), 1):
        cell.execution_count, cell.outputs = number, [from_dict(output) for output in given]
