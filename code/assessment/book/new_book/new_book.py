"""Writes a new book into an empty folder, whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from assessment.book.new_book.answers import Answers
from assessment.book.new_book.kept_code import kept_code
from assessment.book.new_book.kept_data import (
    carried_over,
    kept_references,
    kept_tables,
    merged,
    new_descriptor,
)
from assessment.book.new_book.template_files import TEMPLATE, filled, template_files
from assessment.book.page_contents import OPTIONS
from assessment.book.page_prose import CELL
from assessment.evidence import ROOT


def new_book(answers: Answers, template: Path = TEMPLATE) -> list[str]:
    """Writes the book into ``answers.folder`` and returns a line for each part of what it holds.

    Raises WrongAnswer before anything is written. The book is put together beside the folder and
    moved there when it is complete.
    """
    answers.check()
    files = book_files(answers, template)
    answers.folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=answers.folder.parent, prefix=".new-book-") as made:
        for name, content in files.items():
            path = Path(made) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            if (ROOT / name).exists():
                shutil.copymode(ROOT / name, path)
        _write_down_results(Path(made))
        _begin_history(Path(made))
        if answers.folder.exists():
            answers.folder.rmdir()
        shutil.copytree(made, answers.folder)
    return list(_told(files))


def book_files(answers: Answers, template: Path = TEMPLATE) -> dict[Path, bytes]:
    """Every file of the new book by its path in it."""
    carried = carried_over(template)
    files = template_files(answers, template / "files")
    brought = {p.relative_to("data") for p in files if p.parts[0] == "data"}
    for path, text in kept_tables(carried, brought).items():
        name = Path("data") / path
        own = files.get(name)
        files[name] = (merged(own.decode(), text) if own else text).encode()
    described = new_descriptor(carried, answers)
    files[Path("data/datapackage.json")] = described.encode()
    tables = [content.decode() for name, content in files.items() if name.suffix == ".csv"]
    bibliography = Path("references/references.bib")
    files[bibliography] = files.get(bibliography, b"") + kept_references(tables, described).encode()
    for path in _copied(carried):
        files.setdefault(path, _adapted(path, carried, answers).encode())
    sources = [content.decode() for name, content in files.items() if name.suffix == ".py"]
    sources += [
        OPTIONS.sub("", cell)
        for name, content in files.items()
        if name.suffix == ".md"
        for cell in CELL.findall(content.decode())
    ]
    for file in kept_code(sources, set(files)):
        files[file.relative_to(ROOT)] = file.read_bytes()
    return files


def _copied(carried: dict) -> Iterator[Path]:
    """Files outside code/ and data/ that are taken as they are, with the tests."""
    patterns = [*carried["files"], *(f"tests/{test}" for test in carried["tests"])]
    for pattern in patterns:
        found = sorted(p for p in ROOT.glob(pattern) if p.is_file())
        if not found:
            raise FileNotFoundError(f"template/carried_over.toml: no file is '{pattern}'")
        yield from (path.relative_to(ROOT) for path in found)


def _adapted(path: Path, carried: dict, answers: Answers) -> str:
    """A copied file without the passages that only this book needs, under its new names."""
    text = (ROOT / path).read_text(encoding="utf-8")
    for beginning in carried["without"].get(path.as_posix(), []):
        text = re.sub(rf"^{re.escape(beginning)}.*?(?:\n\n|\Z)", "", text, flags=re.M | re.S)
    for row in carried["replaced"]:
        if row["file"] == path.as_posix():
            if row["words"] not in text:
                raise ValueError(
                    f"template/carried_over.toml: {path} does not hold '{row['words']}'"
                )
            text = text.replace(row["words"], filled(row["by"], answers, repeat_lines=False))
    return text


def _write_down_results(folder: Path) -> None:
    """What the new pages show becomes what is expected of them, so that their tests pass at once."""
    environment = os.environ | {"PYTHONPATH": str(folder / "code"), "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "assessment.book.expected", "--accept"]
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(folder / "_build", ignore_errors=True)


def _begin_history(folder: Path) -> None:
    """A first commit, since the book names its version by it; none where git is not there."""
    if shutil.which("git") is None:
        return
    name = ["-c", "user.name=The assessment's contributors", "-c", "user.email=nobody@example.org"]
    for command in (["init", "-q", "-b", "main"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    message = "A new book, with everything still to fill in"
    subprocess.run(["git", *name, "commit", "-q", "-m", message], cwd=folder, check=True)


def _told(files: dict[Path, bytes]) -> Iterator[str]:
    for part in ("chapters", "data", "code", "tests"):
        n = sum(name.parts[0] == part for name in files)
        yield f"{part}/: {n} files"
