"""Kept results of chapters: which may stay."""

from __future__ import annotations

import shutil
from pathlib import Path

KEPT = 5  # states of code and data whose chapters stay on disk


def chapters_folder(root: Path) -> Path:
    """Where the results of chapters are kept, one folder for each state of what they depend on."""
    return root / "_build" / ".jupyter_cache"


def remove_old_chapters(root: Path) -> None:
    """Leaves the results of the KEPT states that were used last."""
    for old in sorted(_states(root), key=_last_use)[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def forget_chapters_since(root: Path, moment: float) -> None:
    """Removes the states to which anything was added since ``moment`` (seconds since 1970): their
    chapters may have read something else than their key says.
    """
    for state in _states(root):
        # file systems round times, some to two seconds
        if _last_use(state) >= moment - 2:
            shutil.rmtree(state, ignore_errors=True)


def _states(root: Path) -> list[Path]:
    folder = chapters_folder(root)
    return [path for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []


def _last_use(state: Path) -> float:
    return max(path.stat().st_mtime for path in (state, *state.rglob("*")))
