"""Step after step of edits, in random order: what is built upon the last build is, byte for byte, what
is built from the pages anew in another folder.

``make steps STEPS=30`` takes steps (two to five minutes each); ``make long`` takes one, the changed fact of
tests/book/test_living.py, and compares it by what stands here. The other build finds long computations
where they are kept, by what they read; that these are right is tested in tests/evidence/test_result_cache.py.
With DRAWS=400 the copy's model has that many draws of the curves: other numbers, sooner, the same way.
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
DRAWS = os.environ.get("DRAWS", "")


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
    # these go back when their turn comes again
    changed(
        "chapters/mechanism.md",
        r"It (surely )?says nothing about",
        lambda found: f"It {'' if found[1] else 'surely '}says nothing about",
    ),
    changed(
        "data/facts/pharmacology.csv",
        r",~1(10|08),",
        lambda found: ",~110," if found[1] == "08" else ",~108,",
    ),
    changed(
        "code/assessment/presentation/show.py",
        r"WIDE, NARROW = (700|690), 340",
        lambda found: f"WIDE, NARROW = {1390 - int(found[1])}, 340",
    ),
    changed(  # the model reads it
        "data/facts/cabinet.csv",
        r",0\.(23|31),0\.12,0\.42,",
        lambda found: f",0.{54 - int(found[1])},0.12,0.42,",
    ),
    # and these become more
    changed("chapters/glossary.md", r"\n# (.*)\n", r"\n# \1 of terms\n"),
    changed("chapters/background.md", r"\n## (.*)\n", r"\n## \1, once more\n"),
    changed("chapters/pico.md", r"\n\n(?=## )", "\n\nSee {cite:p}`chan2025`.\n\n"),
    appended(
        "chapters/about.md", "\nWhat was said of {fact}`pharmacology.half_life.smpc|value`.\n"
    ),
    appended("index.md", "\nThe chapter {doc}`chapters/mechanism` says more.\n"),
    appended("chapters/accessibility.md", "\n```{code-cell} ipython3\n1 + 1\n```\n"),
    changed("data/events.csv", r"FDA", "The FDA"),
    changed("data/glossary.csv", r"\. ", ".  "),
    changed("references/references.bib", r"title = \{", "title = {On "),
    changed("code/assessment/book/assets/book.css", r"1px", "2px"),
    changed("code/assessment/presentation/theme.py", r"\n\n\n", "\n\n\n\n"),
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
    if DRAWS:
        settings = "code/assessment/case/model/inputs/settings.py"
        changed(settings, r"(curve_draws: int =) [\d_]+", rf"\1 {DRAWS}")(book)
        build(book)
    rng = random.Random(SEED)
    steps = rng.sample(EDITS, k=min(STEPS, len(EDITS)))  # each once, then any
    steps += rng.choices(EDITS, k=STEPS - len(steps))
    for number, edit in enumerate(steps, 1):
        told = edit(book)
        build(book)
        differing = differing_from_anew(book, tmp_path / f"anew {number} æ")
        assert not differing, f"step {number} ({told}): {differing}"
        print(f"step {number}: {told}", flush=True)  # seen with pytest -s
