"""Shared pieces of the tests: a scratch copy of data/ to spoil, and the built book."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assessment.evidence import DATA, REFERENCES, ROOT


class Scratch:
    """A copy of ``data/`` and ``references/`` that a test may damage."""

    def __init__(self, root: Path):
        self.data, self.references = root / "data", root / "references" / "references.bib"
        shutil.copytree(DATA, self.data)
        shutil.copytree(REFERENCES.parent, self.references.parent)

    def rows(self, path: str) -> list[list[str]]:
        return list(csv.reader((self.data / path).open(encoding="utf-8", newline="")))

    def write(self, path: str, rows: list[list[str]]) -> None:
        with (self.data / path).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    def set(self, path: str, row_id: str, **cells: str) -> int:
        """Changes cells of the row with this id; returns its row number as an error message would count it."""
        rows = self.rows(path)
        number = next(i for i, row in enumerate(rows) if row[0] == row_id)
        for field, text in cells.items():
            rows[number][rows[0].index(field)] = text
        self.write(path, rows)
        return number + 1


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    return Scratch(tmp_path)


@pytest.fixture(scope="session")
def site() -> Path:
    """The built site; built now unless it is up to date."""
    subprocess.run([sys.executable, "-m", "assessment.book.build"], cwd=ROOT, check=True)
    return ROOT / "_build" / "html"
