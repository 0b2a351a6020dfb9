"""The book at one moment: what its pages show and what they rest on, from git or from the files."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assessment.book.page_prose import LITERAL
from assessment.evidence import ROOT

SHOWN = "tests/expected/"
# What a page is made of, beside code.
PARTS = ("tests/expected", "index.md", "chapters", "data", "references", "_toc.yml", "CITATION.cff")
ENDINGS = (".md", ".csv", ".json", ".bib", ".yml", ".cff")
VERSION = re.compile(r"^version:\s*(\S+)", re.MULTILINE)
GLUED = re.compile(r"\{glue:text\}`([^`:]+)")


class NoSuchState(Exception):
    """There is nothing to compare with; the message says why and what to do."""


@dataclass(frozen=True)
class BookState:
    """``shown``: {file below tests/expected: content}; ``files``: {path in the checkout: content} of
    pages, data, bibliography, table of contents and citation. ``computed``: ``shown`` is what its code
    gives, not what was accepted.
    """

    name: str
    shown: dict[str, str]
    files: dict[str, str]
    computed: bool = False

    def pages(self) -> dict[str, str]:
        """{page: its Markdown}, in the order of the table of contents; pages outside it come last."""
        listed = re.findall(r"(?:file|root):\s*(\S+)", self.files.get("_toc.yml", ""))
        paths = {
            path.removesuffix(".md"): text
            for path, text in sorted(self.files.items())
            if path == "index.md" or re.fullmatch(r"chapters/[^/]+\.md", path)
        }
        order = [*(path for path in listed if path in paths), *paths]
        return {path.rpartition("/")[2]: paths[path] for path in dict.fromkeys(order)}

    def texts(self, page: str) -> dict[str, str]:
        """What a page's cells give to its sentences, by glue key."""
        rows = csv.DictReader(io.StringIO(self.shown.get(f"texts/{page}.csv", "")))
        return {row["key"]: row["text"] for row in rows}

    def written(self, page: str) -> set[str]:
        """The glue keys of the texts that a page's sentences hold."""
        return set(GLUED.findall(LITERAL.sub("", self.pages().get(page, ""))))

    def data(self) -> dict[str, str]:
        """{path below data/: content}."""
        return {
            path.removeprefix("data/"): text
            for path, text in self.files.items()
            if path.startswith("data/")
        }


def divided(name: str, files: dict[str, str]) -> BookState:
    """A state from {path in the checkout: content}."""
    shown = {p.removeprefix(SHOWN): t for p, t in files.items() if p.startswith(SHOWN)}
    others = {p: t for p, t in files.items() if not p.startswith("tests/")}
    return BookState(name, shown, others)


def of_files(root: Path = ROOT, shown: dict[str, str] | None = None) -> BookState:
    """The files as they lie in a checkout; ``shown``: what was computed in place of tests/expected."""
    found = {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for part in PARTS
        for path in sorted([root / part] if (root / part).is_file() else (root / part).rglob("*"))
        if path.is_file() and path.suffix in ENDINGS and ".ipynb_checkpoints" not in path.parts
    }
    state = divided("this checkout", found)
    return state if shown is None else BookState(state.name, shown, state.files, computed=True)


def _git(root: Path, *words: str, given: bytes = b"") -> bytes:
    """What git prints. CalledProcessError where it refuses, OSError where there is no git."""
    command = ["git", "-C", str(root), *words]
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout


def full_hash(base: str, root: Path = ROOT) -> str:
    """The commit that ``base`` names. NoSuchState where there is none, or no git."""
    try:
        _git(root, "rev-parse", "--git-dir")
    except OSError:
        raise NoSuchState(
            "BASE is a commit, and git is not installed: install git and ask again."
        ) from None
    except subprocess.CalledProcessError:
        raise NoSuchState(
            f"BASE is a commit, and {root} is no git repository: clone the book, or unpack the older"
            " book elsewhere and compare by hand."
        ) from None
    try:
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}")
        return _git(root, *asked).decode().strip()
    except subprocess.CalledProcessError:
        raise NoSuchState(
            f"BASE: '{base}' names no commit here. Allowed: a commit, branch or tag that `git log`"
            " knows; fetch it first (git fetch origin) if it is elsewhere."
        ) from None


def at_commit(base: str, root: Path = ROOT) -> BookState:
    """The book as a commit has it. NoSuchState where it names none, or the commit holds no book."""
    commit = full_hash(base, root)
    listed = _git(root, "ls-tree", "-r", "-z", commit, "--", *PARTS).decode().split("\0")
    wanted = {}
    for line in filter(None, listed):
        kind, path = line.split("\t", 1)
        if path.endswith(ENDINGS):
            wanted[path] = kind.split()[2]
    if "index.md" not in wanted:
        raise NoSuchState(
            f"BASE: commit {commit[:9]} holds no book (no index.md beside this Makefile): choose a"
            " later commit."
        )
    name = _git(root, "log", "-1", "--format=commit %h of %cs", commit).decode().strip()
    return divided(name, dict(zip(wanted, _contents(root, list(wanted.values())))))


def _contents(root: Path, hashes: list[str]) -> Iterator[str]:
    """The content of each blob, all asked for at once."""
    out = io.BytesIO(_git(root, "cat-file", "--batch", given="\n".join(hashes).encode() + b"\n"))
    for _number in hashes:
        size = int(out.readline().split()[2])
        yield out.read(size).decode("utf-8", "replace").replace("\r\n", "\n")
        out.read(1)


def doubts(state: BookState) -> list[str]:
    """Sentences on why what this state is said to show may not be what its code gives."""
    if state.computed:
        return []
    if not state.shown:
        return [
            f"{state.name} holds no accepted results (tests/expected): of it, only words and data"
            " are compared."
        ]
    found = []
    versions = re.findall(r"^([^,\n]+),", state.shown.get("headline.csv", ""), re.MULTILINE)[1:]
    cited = VERSION.search(state.files.get("CITATION.cff", ""))
    if not versions:
        found.append(f"{state.name} holds no accepted headline results.")
    elif cited and cited[1] != versions[-1]:
        found.append(
            f"{state.name} is version {cited[1]}, and its last accepted headline results are of"
            f" version {versions[-1]}."
        )
    for page in state.pages():
        lacking = sorted(state.written(page) - state.texts(page).keys())
        if lacking:
            found.append(
                f"{state.name}: page {page} writes {lacking[0]}"
                + (f" and {len(lacking) - 1} more numbers" if lacking[1:] else "")
                + ", which its accepted results do not hold: they are older than the page."
            )
    return found
