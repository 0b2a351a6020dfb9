"""Copies of the book in scratch folders, built there, and compared with a build from nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

KEPT = (".kept", ".charts", ".chapters", ".chapter_results")


def copy_of(book: Path, to: Path, parts: tuple[str, ...]) -> None:
    """The book's files and these parts of its _build in another folder."""
    beside = ("_build", ".*", "__pycache__", "*.egg-info", "node_modules")
    shutil.copytree(book, to, ignore=shutil.ignore_patterns(*beside))
    for part in parts:
        if (book / "_build" / part).exists():
            shutil.copytree(book / "_build" / part, to / "_build" / part)


def try_to_build(book: Path) -> subprocess.CompletedProcess[str]:
    """A build of the copy with its own code, however it ends."""
    environment = os.environ | {"PYTHONPATH": str(book / "code"), "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "assessment.book.build"]
    return subprocess.run(command, cwd=book, env=environment, capture_output=True, text=True)


def build(book: Path) -> None:
    """A build of the copy, which must succeed."""
    done = try_to_build(book)
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"


def files(site: Path) -> dict[str, bytes]:
    found = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}


def differing_from_anew(book: Path, anew: Path) -> list[str]:
    """The files of the copy's site, PDF included, that a build of the same pages from nothing in the
    folder ``anew`` gives otherwise; long computations are found where they are kept.
    """
    copy_of(book, anew, KEPT)
    build(anew)
    here, there = files(book / "_build" / "html"), files(anew / "_build" / "html")
    shutil.rmtree(anew)
    return sorted(n for n in here.keys() | there.keys() if here.get(n) != there.get(n))
