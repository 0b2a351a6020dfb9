"""What changes while the book is built is noticed, and nothing that mixes old and new is kept."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from assessment.book.building.build_inputs import INPUTS, inputs_hash, see_inputs
from assessment.book.building.watched_inputs import WatchedInputs
from assessment.book.chapters.chapter_results import FOLDER


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in INPUTS:
        path = tmp_path / name / "file.csv" if "." not in name else tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}\n", encoding="utf-8")
    (tmp_path / "_build").mkdir()
    kept(tmp_path, "old", 1_000_000)
    return tmp_path


def kept(root: Path, name: str, moment: float | None = None) -> Path:
    """The kept results of a chapter."""
    file = root / FOLDER / f"{name}.key.contents.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    if moment:
        os.utime(file, (moment, moment))
    return file


def kept_names(root: Path) -> set[str]:
    return {path.name.partition(".")[0] for path in (root / FOLDER).iterdir()}


def test_an_edit_is_named_and_its_chapters_are_forgotten(root):
    told = "being built: data/file.csv.*run the same"
    with pytest.raises(SystemExit, match=told), WatchedInputs(root) as watched:
        fresh = kept(root, "fresh")
        (root / "data/file.csv").write_text("other\n", encoding="utf-8")
        watched.refuse_changes()
    assert not fresh.exists() and kept_names(root) >= {"old"}


def test_an_edit_that_was_taken_back_is_noticed(root):
    file, before = root / "data" / "file.csv", inputs_hash(root)
    text = file.read_text(encoding="utf-8")
    with pytest.raises(SystemExit, match="data/file.csv"), WatchedInputs(root) as watched:
        fresh = kept(root, "fresh")
        file.write_text("other\n", encoding="utf-8")
        file.write_text(text, encoding="utf-8")
        watched.refuse_changes()
    assert inputs_hash(root) == before and not fresh.exists()


def test_files_added_and_removed_are_noticed(root):
    before = see_inputs(root)
    (root / "chapters" / "new.md").touch()
    (root / "references" / "file.csv").unlink()
    (root / "data" / ".ipynb_checkpoints").mkdir()
    (root / "data" / ".ipynb_checkpoints" / "file-checkpoint.csv").touch()
    assert see_inputs(root).changed_since(before) == ["chapters/new.md", "references/file.csv"]


def test_a_commit_is_noticed_and_a_change_beside_the_inputs_is_not(root):
    def git(*words: str) -> None:
        name = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *name, *words], cwd=root, check=True, capture_output=True)

    (root / "notes.txt").touch()
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "first")
    before = see_inputs(root)
    (root / "notes.txt").write_text("more\n", encoding="utf-8")
    assert see_inputs(root).version == before.version + "+"
    assert see_inputs(root).changed_since(before) == []
    git("commit", "-qam", "second")
    assert see_inputs(root).changed_since(before) == ["the commit in git"]


def test_without_a_change_chapters_stay(root):
    with WatchedInputs(root) as watched:
        fresh = kept(root, "fresh")
        watched.refuse_changes()
    assert fresh.exists() and not (root / "_build" / ".building").exists()


@pytest.mark.parametrize("edited", [True, False])
def test_after_a_killed_build_the_next_one_looks(root, edited):
    WatchedInputs(root).__enter__()  # and never leaves
    fresh = kept(root, "fresh")
    if edited:
        (root / "data" / "file.csv").write_text("other\n", encoding="utf-8")
    with WatchedInputs(root):
        assert fresh.exists() is not edited
    assert kept_names(root) >= {"old"}


def test_a_mark_that_cannot_be_read_trusts_no_chapter(root):
    (root / "_build" / ".building").write_text('{"files": 3', encoding="utf-8")
    with WatchedInputs(root):
        assert kept_names(root) == set()
