"""Which files of this project a module can reach by its imports: the code that its results depend on.

Found by reading import statements, also those inside functions, from file to file; so a file that
is moved, or newly imported, is counted without a list that somebody has to keep.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from assessment.evidence.paths import PACKAGE


@cache
def reachable_code(start: Path) -> tuple[Path, ...]:
    """``start`` and every file of the package that it imports, directly or through others, sorted."""
    found = {start, *_packages_of(start)}
    waiting = list(found)
    while waiting:
        new = set(imported_files(waiting.pop())) - found
        found |= new
        waiting += new
    return tuple(sorted(found))


def _packages_of(path: Path) -> Iterator[Path]:
    """The ``__init__`` files run before a file of the package; none for a file elsewhere."""
    if PACKAGE in path.parents:
        for folder in path.relative_to(PACKAGE).parents:
            yield PACKAGE / folder / "__init__.py"


@cache
def imported_files(path: Path) -> tuple[Path, ...]:
    """The package's files that one file imports; a package's ``__init__`` is run on the way.

    Raises ValueError for a relative import: it says nothing without knowing where the file lies.
    """
    names = list(imported_names(ast.parse(path.read_text(encoding="utf-8")), path))
    return tuple(sorted({file for name in names for file in files_of(name)}))


def imported_names(tree: ast.AST, path: Path) -> Iterator[str]:
    """Full names of what a parsed file imports; ``path`` is for the message of a ValueError."""
    for node in _statements(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                raise ValueError(f"{path.name}, line {node.lineno}: write the import absolutely")
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _statements(tree: ast.AST) -> Iterator[ast.AST]:
    """A parsed file and all statements in it, however deep; not the expressions, which are most of
    it and import nothing.
    """
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for part in ("body", "handlers", "orelse", "finalbody", "cases"):
            within = getattr(node, part, None)
            waiting += within if isinstance(within, list) else []


def files_of(name: str) -> Iterator[Path]:
    """The files run when ``name``, a module or something in one, is imported."""
    parts = name.split(".")
    if parts[0] != PACKAGE.name:
        return
    place = PACKAGE
    for part in parts[1:]:
        yield place / "__init__.py"
        if (place / f"{part}.py").exists():
            yield place / f"{part}.py"
            return
        if not (place / part / "__init__.py").exists():
            return
        place = place / part
    yield place / "__init__.py"
