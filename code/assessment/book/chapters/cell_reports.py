"""What happens to cells, told at once: which chapter runs, and which cell failed why and where."""

from __future__ import annotations

import os
import re

RUNNING, FAILED = "chapter runs: ", "cell failed: "
LINES = 8  # of an exception's message
RULE = "-" * 18
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def say(text: str) -> None:
    """Tells a line, whole, whatever other processes write."""
    os.write(2, f"\n{text}\n\n".encode())


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
