"""Each document's HTML for print, kept in a file of its own until the document, or anything that pages
share, changes.
"""

from __future__ import annotations

from pathlib import Path

from assessment.evidence.provenance.result_cache import write_whole


class Fragments:
    """A folder of fragments. Each begins with a line that says for which state of document and book
    it was written, so that an old one is never taken for a new one.
    """

    def __init__(self, folder: Path):
        self._folder = folder

    def read(self, name: str, key: str) -> str | None:
        """The fragment of a document for this state; None when it has to be written."""
        try:
            said, _, fragment = self._file(name).read_text(encoding="utf-8").partition("\n")
        except (OSError, ValueError):
            return None
        return fragment if key and said == _line(key) else None

    def write(self, name: str, key: str, fragment: str) -> None:
        """Keeps a fragment; with an empty ``key`` it never holds again."""
        file = self._file(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, f"{_line(key)}\n{fragment}".encode())

    def tidy(self, names: set[str]) -> None:
        """Removes the fragments of documents that are no more."""
        there = {self._file(name) for name in names}
        for file in set(self._folder.rglob("*.html")) - there:
            file.unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.html"


def _line(key: str) -> str:
    return f"<!-- {key} -->"
