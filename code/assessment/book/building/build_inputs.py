"""What the site and the PDF are made from, and the pages they must have."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import yaml

from assessment.book.site.version import text_days, version

INPUTS = (
    "_config.yml",
    "_toc.yml",
    "_brief.yml",
    "_appendices.yml",
    "_print.yml",
    "index.md",
    "chapters",
    "code/assessment",
    "data",
    "references",
    "locale",
    "requirements.txt",
    "CHANGELOG.md",
    "CITATION.cff",
    "LICENSE",
    "tests/expected/headline.csv",
)


PAGES = ("index.md", "chapters/")
# They reach no English page that Sphinx writes.
NO_PAGE = ("CHANGELOG.md", "locale/", "_print.yml")
# made from inputs
MADE = (".mo",)


@dataclass(frozen=True)
class InputsSeen:
    """What the book was made from at one moment.

    ``version``: the commit as the pages quote it. ``settings``: those of the environment.
    ``files``: by path, the hash of the contents and the time of the last change (ns).
    """

    version: str
    settings: tuple[str, ...]
    files: dict[str, tuple[str, int]]

    @property
    def hash(self) -> str:
        """The same for the same contents, whenever they were written."""
        digest = hashlib.sha256("\0".join([self.version, *self.settings]).encode())
        for name, (content, _changed) in sorted(self.files.items()):
            digest.update(f"\0{name}\0{content}".encode())
        return digest.hexdigest()

    def changed_since(self, before: InputsSeen) -> list[str]:
        """Files written, added or removed since then, even with the same contents again: what read
        them in between has read others. A new commit counts, changes outside the inputs do not.
        """
        names = self.files.keys() | before.files.keys()
        changed = sorted(n for n in names if self.files.get(n) != before.files.get(n))
        commits = [seen.version.rstrip("+") for seen in (before, self)]
        return changed + (["the commit in git"] if commits[0] != commits[1] else [])


def all_but_pages(inputs: InputsSeen) -> str:
    """Hash of all inputs but the text of pages. Which pages there are is part of it."""
    digest = hashlib.sha256("\0".join((sys.version, *inputs.settings)).encode())
    for name, (content, _changed) in sorted(inputs.files.items()):
        if not name.startswith(NO_PAGE):
            digest.update(f"\0{name}\0{'' if name.startswith(PAGES) else content}".encode())
    return digest.hexdigest()


def see_inputs(root: Path) -> InputsSeen:
    """Looks at everything the site and the PDF are made from."""
    for seen in (version, text_days):  # a commit may have been made since
        seen.cache_clear()
    settings = [f"{k}={v}" for k, v in sorted(os.environ.items()) if k.startswith("ASSESSMENT_")]
    files = {}
    for path in _input_files(root):
        changed = path.stat().st_mtime_ns
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        files[path.relative_to(root).as_posix()] = content, changed
    return InputsSeen(version(root).commit, tuple(settings), files)


def see_times(root: Path) -> dict[str, int]:
    """Every file that the book is made from, with the time of its last change (ns)."""
    times = {}
    for path in _input_files(root):
        with suppress(OSError):  # an editor was replacing it
            times[path.relative_to(root).as_posix()] = path.stat().st_mtime_ns
    return times


def inputs_hash(root: Path) -> str:
    """Hash of everything the site and the PDF are made from, the version stamp and the settings of
    the environment included.
    """
    return see_inputs(root).hash


def _input_files(root: Path) -> Iterator[Path]:
    for part in INPUTS:
        top = root / part
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            left_out = {"__pycache__", ".ipynb_checkpoints"}.intersection(path.parts)
            if path.is_file() and not left_out and path.suffix not in MADE:
                yield path


def pages(root: Path) -> list[str]:
    """Every page named in _toc.yml, as paths below the site."""

    def files(node) -> list[str]:
        if isinstance(node, list):
            return [f for item in node for f in files(item)]
        found = [node[k] for k in ("root", "file") if k in node]
        return found + [
            f for k in ("parts", "chapters", "sections") for f in files(node.get(k, []))
        ]

    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    return [f"{name.removesuffix('.md')}.html" for name in files(toc)]
