"""The guide to a book for another drug, followed word for word in a scratch folder: its commands are
run as printed, its rows and documents put where it says.
"""

import re
import shutil
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from assessment.evidence import ROOT

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))
from borrowed_environment import borrow_environment
from guide_steps import Follower, copy_book, steps

pytestmark = pytest.mark.long
GUIDE = ROOT / "chapters" / "another-drug.md"
# tests that hold for every book are run in this one
SHORTENED = {"PYTEST_ADDOPTS": "--ignore=tests/survival"}


@pytest.fixture(scope="module")
def followed(tmp_path_factory) -> Follower:
    """The new book, and what each command printed."""
    here = tmp_path_factory.mktemp("guide") / "book"
    copy_book(here)
    borrow_environment(here)
    follower = Follower(here, SHORTENED)
    for step in steps(GUIDE):
        follower.follow(step, borrow_environment)
    return follower


def said(followed: Follower, command: str) -> str:
    """What a command printed, the first time."""
    return next(text for asked, text in followed.printed if asked == command)


def test_the_guide_leads_to_a_tested_book(followed):
    folder = followed.folder
    assert folder.name == "novatinib" and (folder / "_build/html/novatinib-assessment.pdf").exists()
    assert re.search(r"\d+ passed", said(followed, "make test"))


def test_what_github_runs_beside_it_passes_too(followed):
    """Its workflows run the long tests, of which a new book has none."""
    assert "no tests ran" in followed.run("make long")


def test_sections_wait_for_what_is_not_published(followed):
    folder = followed.folder
    assert "nova.os.colon.hazard_ratio" in said(followed, "make check")
    trial = (folder / "_build/html/chapters/trial-evidence.html").read_text(encoding="utf-8")
    assert "nova.os.colon.hazard_ratio" in trial and "This section waits for facts" in trial
    assert trial.count("<figure") >= 3  # medians, hazard ratios, curves
    economics = (folder / "_build/html/chapters/economics.html").read_text(encoding="utf-8")
    assert "This section waits for facts" in economics


def test_the_trial_s_numbers_are_on_its_page(followed):
    """The hazard ratio of the guide's table, with its interval."""
    front = (followed.folder / "_build/html/index.html").read_text(encoding="utf-8")
    assert "0.45" in front and "0.33" in front and "Colon" in front


def test_complete_lists_stand_last_in_the_report(followed):
    report = PdfReader(followed.folder / "_build/html/novatinib-assessment.pdf")
    titles = [str(mark.title) for mark in report.outline if not isinstance(mark, list)]
    last = ["Conflicts", "Data", "Sources", "Glossary", "References"]
    assert [title.split(" · ")[0] for title in titles[-5:]] == last
    listed = next(
        text for page in report.pages[:6] if "Appendices" in (text := page.extract_text())
    )
    assert listed.index("About this book") < listed.index("Appendices") < listed.index("Conflicts")


def test_it_can_be_judged(followed):
    """The new book's own code passes its own judgement of layout, faults and types."""
    known = ROOT / ".mypy_cache"
    if known.exists():  # types of files that are the same here are not worked out again
        shutil.copytree(known, followed.folder / known.name, dirs_exist_ok=True)
    assert "types" in followed.run("make lint")
