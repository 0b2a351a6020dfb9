"""What the cells of a page give, without a notebook: its glued texts, figures and tables, in the
order in which they stand there.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from assessment.book.chapters.waiting_sections import without_waiting
from assessment.book.page_prose import CELL
from assessment.evidence import ROOT
from assessment.presentation.show import Figure, Table

OPTIONS = re.compile(r"\A---\n.*?\n---\n|\A(?::[^\n]*\n)+", re.DOTALL)


@dataclass
class PageContents:
    """``texts`` by glue key; ``figures`` and ``tables`` in the order of the page."""

    texts: dict[str, str] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


def page_files(root: Path = ROOT) -> dict[str, Path]:
    """The file of every page by its name."""
    return {
        path.stem: path for path in (root / "index.md", *sorted((root / "chapters").glob("*.md")))
    }


def cells(path: Path) -> list[str]:
    """The code of each cell of a page, without its options; sections that wait for facts have none."""
    text = without_waiting(path.read_text(encoding="utf-8"))
    return [OPTIONS.sub("", cell) for cell in CELL.findall(text)]


def page_contents(path: Path) -> PageContents:
    """Runs a page's cells one after another in one namespace, as a notebook would. Whatever a cell
    raises is raised here.
    """
    contents, namespace = PageContents(), {"__name__": "__main__"}

    def glued(bundle, raw=False, metadata=None, **_) -> None:
        name = (metadata or {}).get("scrapbook", {}).get("name")
        if name:
            contents.texts[name] = ast.literal_eval(
                next(text for kind, text in bundle.items() if kind.endswith("text/plain"))
            )

    with patch("IPython.display.display", glued):
        for number, cell in enumerate(cells(path), 1):
            shown = _run(cell, f"{path.name}, cell {number}", namespace)
            if isinstance(shown, Figure):
                contents.figures.append(shown)
            elif isinstance(shown, Table):
                contents.tables.append(shown)
    return contents


def _run(cell: str, where: str, namespace: dict):
    """Runs one cell; returns the value of its last line, None where that is no expression."""
    code = ast.parse(cell, where)
    last = code.body[-1] if code.body else None
    if not isinstance(last, ast.Expr):
        exec(compile(code, where, "exec"), namespace)
        return None
    code.body.pop()
    exec(compile(code, where, "exec"), namespace)
    return eval(compile(ast.Expression(last.value), where, "eval"), namespace)
