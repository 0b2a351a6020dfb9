"""The code that a new book takes along: what its pages and the making of the book can reach."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

from assessment.evidence import ROOT
from assessment.evidence.paths import PACKAGE
from assessment.evidence.provenance.reachable_code import files_of, imported_files, imported_names

# Rooms that know no case: taken whole.
WHOLE = ("evidence", "survival", "economics", "living", "presentation", "book")
LEFT = PACKAGE / "book" / "new_book"  # books are begun from the first one


def kept_code(sources: Iterable[str], replaced: set[Path]) -> list[Path]:
    """Files of the package, sorted, that a new book needs beside those of its template.

    ``sources``: code of the cells of its chapters and of the template's own files; ``replaced``: paths
    in the book of the files that the template brings, which are not taken and not followed.
    """
    found = {
        path
        for room in WHOLE
        for path in (PACKAGE / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and LEFT not in path.parents
    }
    waiting = [path for path in found if path.suffix == ".py"]
    waiting += [path for source in sources for path in _imported_by(source)]
    seen: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path in seen or path.relative_to(ROOT) in replaced:
            continue
        seen.add(path)
        waiting += [file for file in imported_files(path) if file.exists()]
    return sorted(path for path in found | seen if path.relative_to(ROOT) not in replaced)


def _imported_by(source: str) -> list[Path]:
    names = imported_names(ast.parse(source), Path("a cell or a file of the template"))
    return [file for name in names for file in files_of(name) if file.exists()]
