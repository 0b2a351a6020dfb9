"""Data that change while a notebook's kernel goes on: told, and never mixed with what was read before."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from assessment.evidence import DATA, REFERENCES, ROOT, load_facts
from assessment.evidence.provenance import changed_data, kept_inputs

FACT, PRINTED, OTHER = "cabinet.os.epnet.hazard_ratio", ",0.86,", ",0.80,"


@pytest.fixture
def copied(tmp_path):
    """A copy of data and references, saved long ago."""
    shutil.copytree(DATA, tmp_path / "data")
    (tmp_path / "references").mkdir()
    shutil.copy(REFERENCES, tmp_path / "references")
    for path in tmp_path.rglob("*"):
        os.utime(path, (1, 1))
    return tmp_path


@pytest.fixture
def watch(copied, monkeypatch):
    monkeypatch.setattr(kept_inputs, "_data_since", [0.0])
    monkeypatch.setattr(changed_data, "loaded_code", lambda: [])
    return changed_data.DataWatch(copied / "data", copied / "references" / REFERENCES.name)


def edit(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith(f"{FACT},"))
    assert PRINTED in row
    path.write_text(text.replace(row, row.replace(PRINTED, OTHER)), encoding="utf-8")


def test_a_changed_file_is_told_once_and_read_again(watch, copied):
    def value() -> float:
        return load_facts(watch.data, watch.references)[FACT].number

    assert watch.reread() == ([], []) and value() == 0.86
    before = watch.digest()
    edit(copied / "data" / "facts" / "cabinet.csv")
    assert value() == 0.86, "what was read stays until the watch has looked"
    assert watch.reread() == ([copied / "data" / "facts" / "cabinet.csv"], [])
    assert value() == 0.80 and watch.digest() != before
    assert watch.reread() == ([], []) and value() == 0.80
    assert kept_inputs._data_since[0] > 1


def test_a_file_saved_without_a_change_is_no_news(watch, copied):
    (copied / "data" / "events.csv").touch()
    assert watch.reread() == ([], [])


def test_files_that_come_and_go_are_told(watch, copied):
    file = copied / "data" / "km" / "new.csv"
    file.write_text("time,survival\n", encoding="utf-8")
    assert watch.reread() == ([file], [])
    file.unlink()
    assert watch.reread() == ([file], [])


@pytest.mark.parametrize("name", kept_inputs.LAYOUT)
def test_what_is_read_only_at_the_start_is_told_until_there_is_a_new_one(watch, copied, name):
    with (copied / "data" / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert watch.reread() == watch.reread() == ([], [copied / "data" / name])


def test_code_saved_since_the_start_needs_a_new_one(watch, copied, monkeypatch):
    code = copied / "changed.py"
    code.touch()
    monkeypatch.setattr(kept_inputs, "STARTED", 2.0)
    monkeypatch.setattr(changed_data, "loaded_code", lambda: [code])
    assert watch.reread() == ([], [code])


def test_a_file_saved_while_the_process_began_is_read_again(copied, monkeypatch):
    monkeypatch.setattr(kept_inputs, "_data_since", [0.0])
    monkeypatch.setattr(kept_inputs, "STARTED", 2.0)
    file = copied / "data" / "events.csv"
    file.touch()
    watch = changed_data.DataWatch(copied / "data", copied / "references" / REFERENCES.name)
    assert watch.reread()[0] == [file] and watch.reread()[0] == []


@pytest.mark.slow
def test_a_kernel_says_so_and_goes_on_with_the_new_value(copied, monkeypatch):
    """A live notebook in a scratch copy of the book: the file is edited between two cells."""
    ignored = shutil.ignore_patterns("__pycache__", "assets", "book", "pages")
    shutil.copytree(ROOT / "code", copied / "code", ignore=ignored)
    for path in copied.rglob("*"):
        os.utime(path, (1, 1))
    monkeypatch.setenv("PYTHONPATH", str(copied / "code"))
    monkeypatch.setenv("JPY_SESSION_NAME", "chapters/trial-evidence.md")
    first = (
        "from assessment.evidence import load_facts\n"
        "from assessment.presentation import show\n"
        f"load_facts()['{FACT}'].printed"
    )
    cells = [nbformat.v4.new_code_cell(code) for code in (first, first, "1", "1")]
    client = NotebookClient(nbformat.v4.new_notebook(cells=cells), timeout=60)
    with client.setup_kernel():
        client.execute_cell(cells[0], 0)
        edit(copied / "data" / "facts" / "cabinet.csv")
        client.execute_cell(cells[1], 1)
        client.execute_cell(cells[2], 2)
        (copied / "data" / "units.csv").touch()
        with (copied / "data" / "case.csv").open("a", encoding="utf-8") as file:
            file.write("\n")
        client.execute_cell(cells[3], 3)

    def said(cell) -> str:
        return "".join(out.text for out in cell.outputs if out.output_type == "stream")

    def value(cell) -> str:
        return next(o.data["text/plain"] for o in cell.outputs if o.output_type != "stream")

    assert (value(cells[0]), said(cells[0])) == ("'0.86'", "")
    assert value(cells[1]) == "'0.80'"
    assert "data/facts/cabinet.csv: changed since this kernel read it" in said(cells[1])
    assert said(cells[2]) == ""
    assert "data/case.csv: changed since this kernel started" in said(cells[3])


CELLS = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.run_cell("from assessment.evidence import DATA, load_facts; seen = load_facts()")
shell.run_cell("print('held', load_facts() is seen)")
path = shell.user_ns["DATA"] / "facts" / "norway.csv"
path.write_bytes(path.read_bytes())
shell.run_cell("print('held', load_facts() is seen)")
"""


@pytest.mark.parametrize(("session", "held"), [("a notebook", "False"), ("", "True")])
def test_a_notebook_that_imports_evidence_alone_reads_edited_data_anew(tmp_path, session, held):
    """A copy of the project, and a cell before and after a file of facts is saved again."""
    for folder in ("code", "data", "references"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    path, home = str(tmp_path / "code"), str(tmp_path / "home")
    own = {"PYTHONPATH": path, "JPY_SESSION_NAME": session, "IPYTHONDIR": home}
    run = subprocess.run(
        [sys.executable, "-c", CELLS],
        env=os.environ | own,
        capture_output=True,
        text=True,
        check=True,
    )
    assert [line for line in run.stdout.splitlines() if "held" in line] == [
        "held True",
        f"held {held}",
    ]
