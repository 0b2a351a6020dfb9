"""Kept results of chapters that may not stay."""

from __future__ import annotations

from pathlib import Path

from assessment.book.chapters.chapter_results import FOLDER


def forget_chapters_since(root: Path, moment: float) -> None:
    """Removes the results that were made since ``moment`` (seconds since 1970): their chapters may
    have read something else than their key says.
    """
    for file in (root / FOLDER).glob("*.*"):
        # file systems round times, some to two seconds
        if file.stat().st_mtime >= moment - 2:
            file.unlink(missing_ok=True)
