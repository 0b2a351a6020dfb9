"""The guide to a book for another drug, followed word for word in a scratch folder: its commands are
run as printed, its rows and documents put where it says.
"""

import csv
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assessment.evidence import ROOT

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
from borrowed_environment import borrow_environment

GUIDE = ROOT / "chapters" / "another-drug.md"
BLOCK = re.compile(r"^```(sh|text|bibtex)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def run(command: str, folder: Path) -> str:
    """Runs one line of the guide; whatever it says when it fails is the test's message."""
    # tests that hold for every book are run in this one
    shortened = {"PYTEST_ADDOPTS": "--ignore=tests/survival"}
    left_out = {"PYTHONPATH", "PYTEST_CURRENT_TEST", "PYTEST_XDIST_WORKER", "MAKEFLAGS"}
    environment = {k: v for k, v in os.environ.items() if k not in left_out} | shortened
    done = subprocess.run(
        command, shell=True, cwd=folder, env=environment, text=True, capture_output=True
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-6000:]}\n{done.stderr[-6000:]}"
    return done.stdout


def copy_book(here: Path) -> None:
    """The book's own files, as they are now, in another folder."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in listed.strip("\0").split("\0"):
        if (ROOT / name).is_file():
            (here / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, here / name)


def put_rows(text: str, book: Path) -> None:
    """Writes the guide's cells into the rows of data/facts/trial.csv with the same ids."""
    path = book / "data" / "facts" / "trial.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    given = {row["id"]: row for row in csv.DictReader(io.StringIO(text))}
    assert given.keys() <= {row["id"] for row in rows}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | given.get(row["id"], {}) for row in rows)


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """(the new book, what each command printed)."""
    here = tmp_path_factory.mktemp("guide") / "book"
    copy_book(here)
    borrow_environment(here)
    folder, printed = here, {}
    for kind, text in BLOCK.findall(GUIDE.read_text(encoding="utf-8")):
        if kind == "text":
            put_rows(text, folder)
        elif kind == "bibtex":
            path = folder / "references" / "references.bib"
            old = path.read_text(encoding="utf-8")
            path.write_text(text + old[old.index("\n}\n") + 3 :], encoding="utf-8")
        else:
            for command in text.strip().splitlines():
                if command.startswith("cd "):
                    folder = (folder / command.removeprefix("cd ")).resolve()
                    borrow_environment(folder)
                else:
                    printed.setdefault(command, []).append(run(command, folder))
    return folder, printed


def test_the_guide_leads_to_a_tested_book(followed):
    folder, printed = followed
    assert folder.name == "novatinib" and (folder / "_build/html/novatinib-assessment.pdf").exists()
    assert re.search(r"\d+ passed", printed["make test"][0])


def test_sections_wait_for_what_is_not_published(followed):
    folder, printed = followed
    assert "nova.os.colon.hazard_ratio" in printed["make check"][0]
    trial = (folder / "_build/html/chapters/trial-evidence.html").read_text(encoding="utf-8")
    assert "nova.os.colon.hazard_ratio" in trial and "This section waits for facts" in trial
    assert trial.count("<figure") >= 3  # medians, hazard ratios, curves
    economics = (folder / "_build/html/chapters/economics.html").read_text(encoding="utf-8")
    assert "This section waits for facts" in economics


def test_the_trial_s_numbers_are_on_its_page(followed):
    """The hazard ratio of the guide's table, with its interval."""
    folder, _printed = followed
    front = (folder / "_build/html/index.html").read_text(encoding="utf-8")
    assert "0.45" in front and "0.33" in front and "Colon" in front


def test_it_can_be_judged(followed):
    """The new book's own code passes its own judgement of layout, faults and types."""
    folder, _printed = followed
    assert "types" in run("make lint", folder)
