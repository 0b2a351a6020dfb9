"""What happens to cells, told at once: which chapter runs, and which cell failed why and where.

Chapters are read by several processes, and Sphinx hears of what one of them logged when it has read
its whole share, or never when a chapter fails.
"""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path

RUNNING, FAILED = "chapter runs: ", "cell failed: "
LINES = 8  # of an exception's message
RULE = "-" * 18
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def report_cells(app, docname: str, _source: list[str]) -> None:
    """Handler of Sphinx's event ``source-read``: reports on this chapter go to the build's log."""
    logger = logging.getLogger(f"sphinx.mystnb-{docname}")
    if not any(isinstance(known, _Reports) for known in logger.filters):
        logger.addFilter(_Reports(Path(app.env.doc2path(docname)), Path(app.srcdir)))


class _Reports(logging.Filter):
    """Passes everything on. A filter, since Sphinx takes handlers away from its processes."""

    def __init__(self, chapter: Path, root: Path):
        super().__init__()
        self.chapter, self.page = chapter, chapter.relative_to(root).as_posix()

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if said.startswith("Executing notebook using"):
            _say(f"{RUNNING}{self.page}")
        elif said.startswith("Executing notebook failed"):
            text = self.chapter.read_text(encoding="utf-8")
            _say(FAILED + cell_failure(self.page, text, said))
        return True


def _say(text: str) -> None:
    os.write(2, f"\n{text}\n\n".encode())  # whole, whatever other processes write


def cell_failure(page: str, text: str, said: str) -> str:
    """Page, line and exception of a failed cell. ``text``: the page's source. ``said``: what
    myst-nb logged, the traceback included.
    """
    said = re.sub(r"\s*\[mystnb\.exec\]$", "", COLOUR.sub("", said)).rstrip()
    line = _line(text, said)
    return f"{page}{f', line {line}' if line else ''}: {_exception(said)}"


def _exception(said: str) -> str:
    """The exception with its message, which may have several lines."""
    names = re.findall(r"^(\S+) +Traceback \(most recent call last\)", said, re.M)
    found = said.rfind(f"\n{names[-1]}: ") if names else -1
    told = said[found + 1 :] if found >= 0 else said.splitlines()[-1]
    return "\n".join([line for line in told.splitlines() if line.strip()][:LINES])


def _line(text: str, said: str) -> int | None:
    """The line of the page: of the cell's statement that failed, else where the cell begins."""
    parts = said.split(f"\n{RULE}\n")
    cell = parts[1].strip("\n") if len(parts) > 1 else ""
    at = text.find(f"\n{cell}\n") if cell else -1
    if at < 0:
        return None
    inside = re.search(r"\bCell In\[\d+\], line (\d+)", said)
    return text[: at + 1].count("\n") + (int(inside[1]) if inside else 1)
