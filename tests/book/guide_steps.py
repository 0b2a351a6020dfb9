"""Follows a guide of the book word for word: its commands, its files, and what it says they print.

A line `% follow: KIND ARGUMENT`, which readers do not see, says what the next block is; a block of `sh`
without one is run.

    fails                    commands that must end with a fault
    see                      lines that the last command printed, in this order; … stands for anything
    cells FILE               cells for the rows of a table that begin as these do
    append FILE              lines for the end of a file
    file FILE                the whole of a new file
    replace FILE             lines with - before and + after the change
    instead-of-first FILE    an entry in place of the first of a bibliography
    wrong FILE ROW COLUMN=VALUE, wrong-line FILE TEXT, without FILE
                             a mistake: `make check` must fail and say the block; taken back
    between                  commands run after each section
    elsewhere TEST           not run here; that test does it
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from assessment.evidence import ROOT

BLOCK = re.compile(
    r"(?:^% follow: (?P<kind>\S+) ?(?P<given>[^\n]*)\n\n)?"
    r"^```(?P<language>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
CHECK = "make check"
LEFT_OUT = {"PYTHONPATH", "PYTEST_CURRENT_TEST", "PYTEST_XDIST_WORKER", "MAKEFLAGS", "MFLAGS"}
WHO = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "A Reader"), ("EMAIL", "reader@example.org"))
}
KEPT = Path("_build") / ".kept"


@dataclass(frozen=True)
class Step:
    """A block of a guide: what to do with it, with which file, and the block."""

    section: str
    kind: str
    given: str
    text: str


def sections(page: Path) -> dict[str, str]:
    """{title: text} at both levels of headings, what stands before the first under ''."""
    first, *others = re.split(r"^###? ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {"": first} | {title: text for title, _, text in (o.partition("\n") for o in others)}


def steps(page: Path) -> list[Step]:
    """The blocks of a page in their order. A block that is neither commands nor marked is a fault."""
    found = []
    for section, text in sections(page).items():
        for block in BLOCK.finditer(text):
            kind = block["kind"] or ("run" if block["language"] == "sh" else "")
            assert kind, f"{page.name}, {section}: say what to do with\n{block['text']}"
            found.append(Step(section, kind, block["given"] or "", block["text"]))
    return found


def copy_book(here: Path) -> None:
    """The book's own files, as they are now, in another folder."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in listed.strip("\0").split("\0"):
        if (ROOT / name).is_file():
            (here / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, here / name)


def lend_results(here: Path) -> None:
    """The computed results that are kept in this checkout, for a copy of it: links where possible, for
    they are replaced whole and never written into.
    """

    def link(source: str, to: str) -> None:
        try:
            os.link(source, to)
        except OSError:
            shutil.copy2(source, to)

    if (ROOT / KEPT).exists():
        left = shutil.ignore_patterns("*.lock", "tmp*")
        shutil.copytree(ROOT / KEPT, here / KEPT, ignore=left, copy_function=link)


@dataclass
class Follower:
    """Follows steps in ``folder``; ``printed`` holds what each command said, the last at the end."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    printed: list[tuple[str, str]] = field(default_factory=list)

    def run(self, command: str, fails: bool = False) -> str:
        """Runs one line; whatever it says when it ends otherwise is the test's message."""
        outside = {k: v for k, v in os.environ.items() if k not in LEFT_OUT}
        done = subprocess.run(
            command,
            shell=True,
            cwd=self.folder,
            env=outside | WHO | self.environment,
            text=True,
            capture_output=True,
        )
        said = done.stdout + done.stderr
        assert (done.returncode != 0) == fails, f"{command}\n{said[-8000:]}"
        self.printed.append((command, said))
        return said

    def follow(self, step: Step, arrive: Callable[[Path], None] = lambda _folder: None) -> None:
        """Does what a block asks; ``arrive`` readies a folder that its commands go to."""
        commands, (file, _, more) = step.text.strip().splitlines(), step.given.partition(" ")
        path = self.folder / file
        match step.kind:
            case "run" | "fails" | "between":
                for command in commands:
                    if command.startswith("cd "):
                        self.folder = (self.folder / command.removeprefix("cd ")).resolve()
                        arrive(self.folder)
                    else:
                        self.run(command, step.kind == "fails")
            case "see":
                self._compare(step.text)
            case "cells":
                rows = csv.DictReader(io.StringIO(step.text))
                _put_cells(path, {next(iter(row.values())): row for row in rows})
            case "append":
                path.write_text(path.read_text(encoding="utf-8") + step.text, encoding="utf-8")
            case "file":
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(step.text, encoding="utf-8")
            case "replace":
                old, new = ([c[1:] for c in commands if c[0] == mark] for mark in "-+")
                _replace(path, "\n".join(old), "\n".join(new))
            case "instead-of-first":
                old_text = path.read_text(encoding="utf-8")
                rest = old_text[old_text.index("\n}\n") + 3 :]
                path.write_text(step.text + rest, encoding="utf-8")
            case "wrong" | "wrong-line" | "without":
                with _spoilt(path, step.kind, more):
                    self.run(CHECK, fails=True)
                self._compare(step.text)
            case "elsewhere":
                pass
            case other:
                raise ValueError(f"there is no step '{other}'; see {Path(__file__).name}")

    def _compare(self, expected: str) -> None:
        """The lines of a block are in what was printed last, in their order."""
        command, said = self.printed[-1]
        rest = iter(said.splitlines())
        for line in expected.strip().splitlines():
            pattern = ".*?".join(map(re.escape, line.split("…")))
            found = any(re.search(pattern, printed) for printed in rest)
            assert found, f"{command} does not say\n  {line}\nbut\n{said[-8000:]}"


def _put_cells(path: Path, wanted: dict[str, dict[str, str]]) -> None:
    """Writes cells into the rows of a table, named by their first cell."""
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    key = next(iter(rows[0]))
    missing = wanted.keys() - {row[key] for row in rows}
    assert not missing, f"{path.name} has no row {sorted(missing)}: the guide needs another"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | wanted.get(row[key], {}) for row in rows)


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert f"\n{old}\n" in text, f"{path.name} does not hold: {old}"
    path.write_text(text.replace(f"\n{old}\n", f"\n{new}\n", 1), encoding="utf-8")


@contextmanager
def _spoilt(path: Path, kind: str, more: str) -> Iterator[None]:
    """A file with a mistake in it, and then as it was."""
    before = path.read_bytes()
    if kind == "wrong":
        row, _, cell = more.partition(" ")
        column, _, value = cell.partition("=")
        _put_cells(path, {row: {column: value}})
    elif kind == "wrong-line":
        path.write_bytes(before + f"\n{more}\n".encode())
    else:
        path.unlink()
    try:
        yield
    finally:
        path.write_bytes(before)
