"""Step after step of edits, in random order: what is built upon the last build is, byte for byte, what
is built from the pages anew in another folder.

``make steps STEPS=30`` takes steps (about a minute each); ``make test`` takes one, the changed fact of
tests/book/test_living.py, and compares it by what stands here. The other build finds long computations
where they are kept, by what they read; that these are right is tested in tests/evidence/test_result_cache.py.
"""

from __future__ import annotations

import os
import random
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assessment.evidence import ROOT

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parents[1]))
from built_copies import KEPT, build, copy_of, differing_from_anew

STEPS, SEED = int(os.environ.get("STEPS", "0")), int(os.environ.get("SEED", "8"))


def changed(path: str, pattern: str, new: str | Callable[[re.Match], str]):
    """An edit: one place of one file, which must be there."""

    def edit(book: Path) -> str:
        file = book / path
        text, count = re.subn(pattern, new, file.read_text(encoding="utf-8"), count=1)
        assert count, f"{pattern} is not in {path}"
        file.write_text(text, encoding="utf-8")
        return f"{path}: {pattern}"

    return edit


def appended(path: str, text: str):
    """An edit that adds to the end of a file."""

    def edit(book: Path) -> str:
        with (book / path).open("a", encoding="utf-8") as file:
            file.write(text)
        return f"{path} longer"

    return edit


EDITS = (
    changed("chapters/mechanism.md", r"It says nothing about", "It surely says nothing about"),
    changed("chapters/glossary.md", r"\n# (.*)\n", r"\n# \1 of terms\n"),
    changed("chapters/background.md", r"\n## (.*)\n", r"\n## \1, once more\n"),
    changed("chapters/pico.md", r"\n\n(?=## )", "\n\nSee {cite:p}`chan2025`.\n\n"),
    appended(
        "chapters/about.md", "\nWhat was said of {fact}`pharmacology.half_life.smpc|value`.\n"
    ),
    appended("index.md", "\nThe chapter {doc}`chapters/mechanism` says more.\n"),
    appended("chapters/accessibility.md", "\n```{code-cell} ipython3\n1 + 1\n```\n"),
    changed("data/facts/pharmacology.csv", r",~110,", ",~108,"),
    changed("data/events.csv", r"FDA", "The FDA"),
    changed("data/glossary.csv", r"\. ", ".  "),
    changed("references/references.bib", r"title = \{", "title = {On "),
    changed("code/assessment/book/assets/book.css", r"1px", "2px"),
    changed("code/assessment/presentation/theme.py", r"\n\n\n", "\n\n\n\n"),
    changed(
        "code/assessment/presentation/show.py",
        r"WIDE, NARROW = 700, 340",
        "WIDE, NARROW = 690, 340",
    ),
    changed("code/assessment/pages/accessibility.py", r"\n\n\n", "\n\n\n\n"),
    changed("code/assessment/case/trial/trial.py", r"\n\n\n", "\n\n\n\n"),
    appended("code/assessment/economics/__init__.py", "# one line more\n"),
    changed("code/assessment/survival/__init__.py", r'"""', '"""Survival: '),
    changed("code/assessment/evidence/__init__.py", r'"""', '"""Evidence: '),
    changed("code/assessment/book/site/status_banner.py", r"\n\n\n", "\n\n\n\n"),
    changed("requirements.txt", r"\A", "# read again\n"),
    changed("CITATION.cff", r"version: (\d+)", r"version: 1\1"),
)


@pytest.mark.slow
@pytest.mark.skipif(not STEPS, reason="a long test of its own: make steps")
def test_each_step_gives_what_a_build_from_nothing_gives(tmp_path, site):
    book = tmp_path / "book"
    copy_of(ROOT, book, (*KEPT, ".made"))
    steps = random.Random(SEED).choices(EDITS, k=STEPS)
    for number, edit in enumerate(steps, 1):
        told = edit(book)
        build(book)
        differing = differing_from_anew(book, tmp_path / f"anew {number} æ")
        assert not differing, f"step {number} ({told}): {differing}"
