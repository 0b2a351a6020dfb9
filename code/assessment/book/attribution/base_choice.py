"""Which commit the present book is compared with when nobody names one: the version before."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from assessment.book.comparison.reading.book_states import VERSION, NoSuchState, full_hash
from assessment.evidence import ROOT

RELEASE = re.compile(r"v\d+\.\d+\.\d+")
CITATION = "CITATION.cff"


def _git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, check=True)
    return done.stdout.decode("utf-8").strip()


def version_before(root: Path = ROOT) -> str:
    """The newest release tag below this commit whose version is not the present one, else the last
    commit whose citation names another version. NoSuchState where there is neither, or no git.
    """
    full_hash("HEAD", root)
    said = VERSION.search((root / CITATION).read_text(encoding="utf-8"))
    now = said[1] if said else ""
    tags = _git(root, "tag", "--merged", "HEAD", "--sort=-creatordate").splitlines()
    for tag in tags:
        if RELEASE.fullmatch(tag) and tag != f"v{now}":
            return tag
    newer = ""
    for commit in _git(root, "log", "--format=%H", "--", CITATION).splitlines():
        found = VERSION.search(_shown(root, commit))
        if found and found[1] != now:
            return _git(root, "rev-parse", "--short", f"{newer}^" if newer else "HEAD")
        newer = commit
    raise NoSuchState(
        f"No commit here has another version than {now}: name one, as in make attribution BASE=v0.1.0."
    )


def _shown(root: Path, commit: str) -> str:
    try:
        return _git(root, "show", f"{commit}:{CITATION}")
    except subprocess.CalledProcessError:
        return ""


def day_of(base: str, root: Path = ROOT) -> str:
    """The day of a commit (ISO)."""
    return _git(root, "log", "-1", "--format=%cs", full_hash(base, root))
