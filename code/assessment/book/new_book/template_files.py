"""The skeleton in ``template/``: its files with their places filled.

A place is a name in double braces, such as {{drug}}. A line of a table that holds {{cohort}} is
written once for every cohort, one that holds {{arm}} once for every arm.
"""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

from assessment.book.new_book.answers import Answers
from assessment.evidence import ROOT

TEMPLATE = ROOT / "template"
FILES = TEMPLATE / "files"
PLACE = re.compile(r"\{\{(\w+)\}\}")


def filled(text: str, answers: Answers, repeat_lines: bool) -> str:
    """A file of the template with its places filled. ``repeat_lines``: whether lines are written
    once for every cohort and arm that they name.

    Raises KeyError for a place that no answer fills.
    """
    if not repeat_lines:
        return _fill(text, answers.places())
    return "".join(line for row in text.splitlines(keepends=True) for line in _lines(row, answers))


def _lines(row: str, answers: Answers) -> list[str]:
    named = set(PLACE.findall(row))
    cohorts, arms = answers.cohort_places(), answers.arm_places()
    by_cohort = cohorts if named & set(cohorts[0]) else [{}]
    by_arm = arms if named & set(arms[0]) else [{}]
    return [
        _fill(row, answers.places() | cohort | arm) for cohort, arm in product(by_cohort, by_arm)
    ]


def _fill(text: str, places: dict[str, str]) -> str:
    return PLACE.sub(lambda found: places[found[1]], text)


def template_files(answers: Answers, folder: Path = FILES) -> dict[Path, bytes]:
    """Every file of the skeleton by its path in the new book."""
    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"):
        text = path.read_text(encoding="utf-8")
        name = Path(_fill(path.relative_to(folder).as_posix(), answers.places()))
        found[name] = filled(text, answers, path.suffix == ".csv").encode()
    return found
