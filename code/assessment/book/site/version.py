"""Which version of the book this is: the commit and its date. Never the day of the build, so the
same commit gives the same book.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from assessment.case.definition import load_case
from assessment.evidence import ROOT

PAGES = ("index.md", "chapters")
PDF_ON_SITE = f"{load_case().document_stem}.pdf"
BRIEF_ON_SITE = f"{load_case().document_stem}-brief.pdf"  # where the book has one
BRIEF_LIST = "_brief.yml"  # what the brief holds; a book without it has none


def pdfs_on_site(root: Path) -> dict[str, str]:
    """The PDFs of the book: "brief", where it has one, and "whole", by their names on the site."""
    brief = {"brief": BRIEF_ON_SITE} if (root / BRIEF_LIST).exists() else {}
    return brief | {"whole": PDF_ON_SITE}


@dataclass(frozen=True)
class Version:
    """``commit`` (short hash, '+' when files differ from it, 'unversioned' outside git) and ``day``
    of the commit (None outside git).
    """

    commit: str
    day: date | None


UNVERSIONED = Version("unversioned", None)


def git(root: Path, *words: str) -> str:
    """What git says of the checkout at ``root``.

    Raises OSError without git, CalledProcessError when git refuses."""
    # in English: why it refuses is looked at
    environment = os.environ | {"LC_ALL": "C"}
    return subprocess.run(
        ["git", "-C", str(root), *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env=environment,
    ).stdout.strip()


@lru_cache(maxsize=1)
def text_days(root: Path = ROOT) -> dict[str, date]:
    """The day of the last commit that changed each page's text, by the page's name (chapters/sources);
    nothing for pages that differ from their last commit, in a copy without the whole history or outside
    git.
    """
    try:
        if git(root, "rev-parse", "--is-shallow-repository") == "true":
            return {}
        changed = git(root, "diff", "--name-only", "--relative", "HEAD", "--", *PAGES).splitlines()
        log = git(root, "log", "--format=\t%cs", "--name-only", "--relative", "--", *PAGES)
    except (OSError, subprocess.CalledProcessError):
        return {}
    found: dict[str, date] = {}
    for commit in filter(None, log.split("\t")):  # the first mark is gone
        day, *files = commit.split()
        for file in files:
            found.setdefault(file, date.fromisoformat(day))
    return {
        file.removesuffix(".md"): day for file, day in found.items() if file not in set(changed)
    }


@lru_cache(maxsize=1)
def version(root: Path = ROOT) -> Version:
    """The version of the working tree at ``root``; unversioned when the repository around it is
    that of something else.
    """
    try:
        if not Path(git(root, "rev-parse", "--show-toplevel")).samefile(root):
            return UNVERSIONED
        commit, day = git(root, "log", "-1", "--format=%h %cs").split()
        changed = "+" if git(root, "status", "--porcelain", "--untracked-files=no") else ""
        return Version(commit + changed, date.fromisoformat(day))
    except (OSError, subprocess.CalledProcessError, ValueError):
        return UNVERSIONED
