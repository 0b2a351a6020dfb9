"""The guides for editors, each followed word for word in a practice copy: commands are run as printed,
edits made as shown, and what they are said to print is what they print.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from assessment.book.page_prose import page_prose
from assessment.evidence import ROOT

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent / "new_book"))
from borrowed_environment import borrow_environment
from guide_steps import Follower, copy_book, lend_results, sections, steps

GUIDE = ROOT / "chapters" / "keeping-this-book.md"
TITLES = list(dict.fromkeys(step.section for step in steps(GUIDE) if step.section))
LONGEST = 300  # words of one guide
COMING: set[str] = set()  # commands that are promised and not there yet


@pytest.fixture(scope="module")
def practice(tmp_path_factory) -> Follower:
    """The practice copy, made as the page says."""
    here = tmp_path_factory.mktemp("guides") / "book"
    copy_book(here)
    follower = Follower(here)
    for command in ("git init -q -b main", "git add -A", "git commit -qm Book"):
        follower.run(command)
    for step in steps(GUIDE):
        if step.section == "" and step.kind == "run":
            follower.follow(step, _ready)
    return follower


def _ready(folder: Path) -> None:
    borrow_environment(folder)
    lend_results(folder)


@pytest.mark.long
@pytest.mark.parametrize("title", TITLES)
def test_a_guide_is_true_word_for_word(practice, title):
    try:
        for step in steps(GUIDE):
            if step.section == title:
                practice.follow(step)
    finally:
        for step in steps(GUIDE):
            if step.kind == "between":
                practice.follow(step)
    left = practice.run("git status --porcelain")
    assert not left, "the commands between guides take everything back"


def test_eight_guides():
    assert len(TITLES) == 8


@pytest.mark.parametrize("title", TITLES)
def test_a_guide_is_short(title):
    words = re.findall(r"[^\W\d]{2,}", page_prose(sections(GUIDE)[title]))
    assert len(words) <= LONGEST


@pytest.mark.parametrize("title", TITLES)
def test_every_file_of_a_guide_is_named_where_readers_see_it(title):
    shown = re.sub(r"^% follow:.*$", "", sections(GUIDE)[title], flags=re.MULTILINE)
    changed = ("cells", "append", "file", "replace")
    for step in steps(GUIDE):
        if step.section == title and step.kind in changed:
            assert Path(step.given).name in shown, step.given


def test_what_is_not_run_here_is_run_by_another_test():
    left = [step for step in steps(GUIDE) if step.kind == "elsewhere"]
    assert {step.text.strip() for step in left} == {
        "make book",
        "make lab",
        "make accept",
        "make watch",
    }
    for step in left:
        file, _, test = step.given.partition("::")
        text = (ROOT / file).read_text(encoding="utf-8")
        assert not test or f"def {test}(" in text, step.given


def test_commands_files_and_settings_that_it_names_are_there():
    text = GUIDE.read_text(encoding="utf-8")
    files = ("Makefile", "tools/publishing.mk")
    makefile = "".join((ROOT / name).read_text(encoding="utf-8") for name in files)
    for target in set(re.findall(r"(?:`|^)make ([a-z]+)", text, re.MULTILINE)) - COMING:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for name in re.findall(r"`((?:data|references|\.github)/[\w./-]+\.\w+)`", text):
        assert (ROOT / name).exists(), name
    for name in ("_config.yml", "CITATION.cff", "pyproject.toml", "CHANGELOG.md"):
        assert name in text and (ROOT / name).exists()
    config = (ROOT / "_config.yml").read_text(encoding="utf-8")
    for setting in re.findall(r"`(assessment_\w+)`", text):
        assert f"{setting}:" in config
    assert (ROOT / "code/assessment/case/model/scenarios/scenario_runs.py").exists()


def test_a_book_has_no_secrets():
    """The guide says so to whoever takes it over."""
    found = subprocess.run(
        ["git", "grep", "-lE", r"secrets\.[A-Z]", "--", ".github"], cwd=ROOT, capture_output=True
    )
    assert not found.stdout
