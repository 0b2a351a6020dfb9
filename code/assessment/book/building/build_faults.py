"""Faults of the machine, told in one sentence."""

from __future__ import annotations

import errno
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from assessment.book.site.version import git

# what a build from nothing writes: kept results, chapters, pages, PDF
ROOM = 150_000_000
LEFT = 20_000_000  # less than this at the end of a failed build: the disk was full
PARTIAL_AGE = 600  # seconds after which nobody is still writing a partial file
FULL = "The disk is full"


def check_disk(folder: Path, needed: int = ROOM) -> None:
    """Exits with a sentence when ``folder``'s disk has not ``needed`` bytes left."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        sys.exit(
            f"{FULL}: {free / 1e6:.0f} MB are left for {folder}, and a build needs about"
            f" {ROOM / 1e6:.0f} MB. Make room and run the same command again."
        )


@contextmanager
def faults_told(folder: Path) -> Iterator[None]:
    """Exits with a sentence when the disk is full, the folder cannot be written, or the keyboard
    stops the build.
    """
    try:
        yield
    except KeyboardInterrupt:
        sys.exit("Stopped. The last complete site and PDF, if there are any, are as they were.")
    except OSError as fault:
        if fault.errno == errno.ENOSPC:
            check_disk(folder, sys.maxsize)
        if fault.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            sys.exit(
                f"Cannot write {fault.filename or folder}: {fault.strerror}. Builds write to"
                f" {folder}; make it writable, or copy the book to a folder that is."
            )
        raise


def remove_partial_files(*folders: Path) -> None:
    """Removes what interrupted writing has left: files named tmp… that nobody writes any more."""
    for folder in folders:
        for path in folder.glob("tmp*"):
            with suppress(OSError):
                if path.is_file() and time.time() - path.stat().st_mtime > PARTIAL_AGE:
                    path.unlink()


def why_unversioned(root: Path) -> str:
    """A sentence on what keeps git from telling the version of a checkout; empty when nothing does,
    or when ``root`` is none.
    """
    try:
        git(root, "rev-parse", "--show-toplevel")
    except subprocess.CalledProcessError as refused:
        if "dubious ownership" in refused.stderr:
            return (
                "The book will be unversioned: its folder belongs to another user, so git does not"
                f" tell the version. Type: git config --global --add safe.directory '{root}'"
            )
    except OSError:
        if (root / ".git").exists():
            return "The book will be unversioned: git is not installed."
    return ""
