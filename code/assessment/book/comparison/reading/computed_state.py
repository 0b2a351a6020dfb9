"""What an older commit's own code gives: its files in a folder of their own, run there."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import replace
from pathlib import Path

from assessment.book.comparison.reading.book_states import (
    BookState,
    NoSuchState,
    at_commit,
    full_hash,
)
from assessment.evidence import ROOT

SCRIPT = """
import json, os, sys
import assessment
if not (assessment.__file__ or "").startswith(os.getcwd() + os.sep):
    sys.exit("it holds no package of its own")
from assessment.book import expected
from assessment.case.model import precompute
if __name__ == "__main__":
    for made in precompute.make():
        print(f"      {made}", flush=True)
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        json.dump(expected.snapshot(), file)
"""


def computed_at(base: str, root: Path = ROOT) -> tuple[BookState, list[str]]:
    """The commit's book with what its own code gives now in place of what it accepted, and the names
    of the accepted files that are others. Results that are kept here are used where they hold for it.

    NoSuchState where there is no such commit, or its code cannot be run with today's packages.
    """
    accepted = at_commit(base, root)
    with tempfile.TemporaryDirectory(prefix="book-") as place:
        folder = Path(place).resolve() / "book"
        _write_files(full_hash(base, root), root, folder)
        shown = _snapshot(accepted.name, folder)
    other = sorted(
        name
        for name in accepted.shown.keys() | shown.keys()
        if accepted.shown.get(name) != shown.get(name)
    )
    return replace(accepted, shown=shown, computed=True), other


def _write_files(commit: str, root: Path, folder: Path) -> None:
    archive = subprocess.run(
        ["git", "-C", str(root), "archive", "--format=tar", commit], capture_output=True, check=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")
    kept = root / "_build" / ".kept"
    if kept.exists():
        shutil.copytree(kept, folder / "_build" / ".kept")


def _snapshot(name: str, folder: Path) -> dict[str, str]:
    script, result = folder.parent / "snapshot.py", folder.parent / "shown.json"
    script.write_text(SCRIPT, encoding="utf-8")
    settings = {"PYTHONPATH": str(folder / "code"), "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, str(script), str(result)],
        cwd=folder,
        env=os.environ | settings,
        stderr=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise NoSuchState(
            f"The code of {name} cannot be run with the packages here ({why}): leave COMPUTE out, and"
            " what that commit had accepted is compared."
        )
    return json.loads(result.read_text(encoding="utf-8"))
