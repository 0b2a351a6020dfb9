"""Editions are built while the English site is written: their faults stop the build, and they do not
outlive one that failed.
"""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import pytest

from assessment.book.building.build_inputs import InputsSeen
from assessment.book.building.logged_run import LoggedRun, log_file
from assessment.book.editions import edition_build

EDITION = SimpleNamespace(language="nb", name="Norsk", pages=["index"])


@pytest.fixture
def editions(tmp_path, monkeypatch):
    """Editions of a book whose one edition is built by ``programs``, one after the other."""
    programs: list[str] = []

    def begin(root, edition, _doctrees):
        folder = root / "_build"
        with log_file(folder, edition.language).open("w", encoding="utf-8") as kept:
            command = [sys.executable, "-c", programs.pop(0)]
            process = subprocess.Popen(command, stdout=kept, stderr=subprocess.STDOUT)
        edition_build.site_of(root, edition).mkdir(parents=True, exist_ok=True)
        return LoggedRun(folder, edition.language, process)

    monkeypatch.setattr(edition_build, "editions", lambda _root: [EDITION])
    monkeypatch.setattr(edition_build, "begin_edition", begin)
    monkeypatch.setattr(edition_build, "_made_from", lambda *_: "these inputs")
    monkeypatch.setattr(edition_build, "put_beside", lambda site, *_: site.mkdir())
    (tmp_path / "_build").mkdir()
    return lambda *given: programs.extend(given) or edition_build.Editions(tmp_path, tmp_path, None)


def test_an_edition_is_kept_while_nothing_changes(editions, tmp_path):
    with editions("print('built')") as first:
        first.begin()
        first.put_beside(tmp_path / "site")
    with editions() as again:  # no program is left that could build it
        again.begin()
        again.put_beside(tmp_path / "other")
    assert (tmp_path / "other").exists()


def test_a_fault_in_an_edition_stops_the_build(editions, tmp_path, capsys):
    with editions("raise ValueError('no such word')", "print('built')") as first:
        first.begin()
        with pytest.raises(SystemExit, match="nb.log"):
            first.put_beside(tmp_path / "site")
    assert "no such word" in capsys.readouterr().out and not (tmp_path / "site").exists()
    with editions() as again:
        again.begin()  # built anew: nothing says that it is made from these inputs
        again.put_beside(tmp_path / "site")
    assert (tmp_path / "site").exists()


def test_an_edition_does_not_outlive_a_build_that_failed(editions):
    begun = editions("import time; time.sleep(600)")
    with pytest.raises(SystemExit, match="a cell failed"), begun:
        begun.begin()
        sys.exit("a cell failed")
    (run, *_made) = begun._runs[0]
    assert run.process.poll() is not None


def test_none_begins_where_the_pages_could_not_be_read(editions, tmp_path, monkeypatch):
    """Then Sphinx removes what it knew of them, and its fault is the one to tell."""
    monkeypatch.undo()
    monkeypatch.setattr(edition_build, "editions", lambda _root: [EDITION])
    seen = InputsSeen("", (), {})
    with edition_build.Editions(tmp_path, tmp_path, seen) as none:
        none.begin()
    assert none._runs == []
