"""The version of the book is that of its own repository, or none."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from assessment.book.building import build_faults
from assessment.book.site.version import version


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    name = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "first"]):
        subprocess.run(["git", *name, *command], cwd=tmp_path, check=True)
    version.cache_clear()
    yield tmp_path
    version.cache_clear()


def test_a_folder_inside_another_repository_is_unversioned(repository):
    inside = repository / "book æ 1"
    inside.mkdir()
    assert version(inside).commit == "unversioned"
    version.cache_clear()
    assert version(repository).day is not None


def test_through_a_link_it_is_the_same_repository(repository, tmp_path_factory):
    link = tmp_path_factory.mktemp("link") / "book"
    link.symlink_to(repository)
    assert version(link).day is not None


def test_a_folder_of_another_user_is_told(repository, monkeypatch):
    assert build_faults.why_unversioned(repository) == ""
    # git's own switch for its tests: it takes the folder for another user's
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    said = build_faults.why_unversioned(repository)
    assert "belongs to another user" in said and f"safe.directory '{repository}'" in said
    assert version(repository).commit == "unversioned"


def test_a_folder_without_git_is_nothing_to_tell(tmp_path):
    assert build_faults.why_unversioned(tmp_path) == ""
