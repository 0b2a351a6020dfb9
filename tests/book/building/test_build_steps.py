"""A build beside the last one: it replaces it when it is complete, is alone, and says what fails."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from assessment.book import build as building
from assessment.book.building import build_faults
from assessment.book.building.build_faults import faults_told, remove_partial_files
from assessment.book.building.build_lock import build_alone
from assessment.book.building.next_build import NextBuild
from assessment.book.site.version import PDF_ON_SITE
from assessment.evidence import ROOT

PAGE = "x" * 3000


@pytest.fixture
def root(tmp_path: Path, monkeypatch) -> Path:
    """A book of one page whose chapters no Sphinx runs: ``_site_and_pdf`` writes what it is told."""
    for name, text in (("_toc.yml", "root: index"), ("index.md", "# Page"), ("data/a.csv", "id")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(building, "check", lambda: ["facts: 1"])
    monkeypatch.setattr(building, "unknown_names", lambda _root: ())
    monkeypatch.setattr(building.precompute, "make", lambda _more: iter(()))
    for last_step in ("finish_site", "site_address", "put_workbook"):
        monkeypatch.setattr(building, last_step, lambda *_: "")
    return tmp_path


def writes(monkeypatch, page: str, meanwhile=lambda: None) -> None:
    def run(_root: Path, made: Path, _when_read) -> None:
        for name, content in (("html/index.html", page), ("assessmentpdf/assessment.pdf", "%PDF")):
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            (made / name).write_text(content.ljust(60_000), encoding="utf-8")
        meanwhile()

    monkeypatch.setattr(building, "_site_and_pdf", run)


def last(root: Path) -> str:
    return (root / "_build/html/index.html").read_text(encoding="utf-8").strip()


def test_a_build_that_fails_leaves_the_last_one(root, monkeypatch, capsys):
    writes(monkeypatch, "first")
    building.build(root)
    (root / "data/a.csv").write_text("other", encoding="utf-8")
    writes(monkeypatch, "second", lambda: sys.exit("a cell failed"))
    with pytest.raises(SystemExit, match="a cell failed"):
        building.build(root)
    assert last(root) == "first" and (root / "_build/html" / PDF_ON_SITE).exists()
    assert "stay in" in capsys.readouterr().out
    # and it is still the site of the state it was built from
    (root / "data/a.csv").write_text("id", encoding="utf-8")
    building.build(root)
    assert "Nothing changed" in capsys.readouterr().out
    (root / "data/a.csv").write_text("other", encoding="utf-8")
    writes(monkeypatch, "third")
    building.build(root)
    assert last(root) == "third"
    assert not (root / "_build/next").exists() and not (root / "_build/.former").exists()


def test_a_build_that_was_not_finished_leaves_no_page_to_keep(root, monkeypatch):
    """What Sphinx left half written, or wrote from two states of a file, is not built upon."""
    edit = root / "data/a.csv"
    for end in (lambda: sys.exit("stopped"), lambda: edit.write_text("other", encoding="utf-8")):
        writes(monkeypatch, "half", end)
        with pytest.raises(SystemExit):
            building.build(root)
        (root / "_build/.made/html/left.html").touch()
        writes(monkeypatch, "whole")
        building.build(root)
        assert last(root) == "whole" and not (root / "_build/html/left.html").exists()
        edit.write_text("once more", encoding="utf-8")


def test_pages_stay_as_long_as_nothing_but_pages_changes(root, monkeypatch):
    writes(monkeypatch, "first")
    building.build(root)
    (root / "_build/.made/html/kept.html").touch()
    (root / "index.md").write_text("# Other words", encoding="utf-8")
    building.build(root)
    assert (root / "_build/html/kept.html").exists()
    (root / "data/a.csv").write_text("other", encoding="utf-8")
    building.build(root)
    assert not (root / "_build/html/kept.html").exists()


def test_an_empty_page_is_refused_before_it_replaces_the_last(root, monkeypatch):
    writes(monkeypatch, "first")
    building.build(root)
    (root / "_toc.yml").write_text("root: index\nchapters: [{file: more}]", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"missing or empty: more\.html"):
        building.build(root)
    assert last(root) == "first"


def test_an_edit_while_chapters_run_leaves_no_stamp_and_the_last_site(root, monkeypatch, capsys):
    writes(monkeypatch, "first")
    building.build(root)
    (root / "data/a.csv").write_text("second", encoding="utf-8")
    edit = root / "data" / "a.csv"
    writes(monkeypatch, "mixed", lambda: edit.write_text("third", encoding="utf-8"))
    with pytest.raises(SystemExit, match="being built: data/a.csv"):
        building.build(root)
    assert last(root) == "first"
    edit.write_text("second", encoding="utf-8")
    writes(monkeypatch, "second")
    building.build(root)
    assert last(root) == "second" and "Nothing changed" not in capsys.readouterr().out


def test_killed_between_two_renames_the_last_site_comes_back(tmp_path):
    (tmp_path / ".former" / "html").mkdir(parents=True)
    (tmp_path / ".former" / "html" / "index.html").touch()
    NextBuild(tmp_path)
    assert (tmp_path / "html" / "index.html").exists() and not (tmp_path / ".former").exists()


def test_the_second_build_waits_and_says_so(tmp_path):
    code = (
        "import sys, pathlib; from assessment.book.building.build_lock import build_alone\n"
        "with build_alone(pathlib.Path(sys.argv[1])): print('alone')"
    )
    with build_alone(tmp_path):
        second = subprocess.Popen(
            [sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE, text=True
        )
        said = second.stdout.readline()
        assert said.startswith(f"Another build of this book is running (process {os.getpid()})")
        time.sleep(0.3)
        assert second.poll() is None
    assert second.communicate(timeout=20)[0] == "alone\n"


def test_what_a_build_started_holds_the_lock_too(tmp_path):
    with build_alone(tmp_path) as held:
        child = subprocess.Popen(
            [sys.executable, "-c", "import sys; print(1, flush=True); sys.stdin.read()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=held,
        )
        child.stdout.readline()
    command = ["flock", "--nonblock", tmp_path / ".lock", "true"]
    if shutil.which("flock"):
        assert subprocess.run(command).returncode == 1
    child.communicate()
    if shutil.which("flock"):
        assert subprocess.run(command).returncode == 0


def test_a_full_disk_is_told_before_anything_is_made(root, monkeypatch):
    usage = SimpleNamespace(free=3_000_000)
    monkeypatch.setattr(build_faults.shutil, "disk_usage", lambda _folder: usage)
    with pytest.raises(SystemExit, match=r"The disk is full: 3 MB are left for .*_build"):
        building.build(root)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "/a/_build/x"), "Cannot write /a/_bui"),
        (OSError(errno.EROFS, "Read-only file system", "/a/_build/x"), "make it writable"),
        (KeyboardInterrupt(), "Stopped. The last complete site"),
    ],
)
def test_faults_of_the_machine_are_one_sentence(tmp_path, fault, said):
    with pytest.raises(SystemExit, match=said), faults_told(tmp_path):
        raise fault


def test_partial_files_go_and_those_being_written_stay(tmp_path):
    old, new, whole = (tmp_path / name for name in ("tmpold", "tmpnew", "run.pickle"))
    for path in (old, new, whole):
        path.touch()
    for path in (old, whole):
        os.utime(path, (1e9, 1e9))
    remove_partial_files(tmp_path, tmp_path / "missing")
    assert not old.exists() and new.exists() and whole.exists()


def test_another_checkout_s_code_is_refused(tmp_path, monkeypatch):
    (tmp_path / "code" / "assessment").mkdir(parents=True)
    (tmp_path / "_toc.yml").touch()
    with pytest.raises(SystemExit, match=f"is that of {ROOT}"):
        building.build(tmp_path)
    monkeypatch.chdir(tmp_path / "code")
    assert building.here() == tmp_path
    monkeypatch.chdir("/")
    assert building.here() is None
