"""Facts whose value is another than in the last commit: whoever changes one looks it up and says when,
and a spreadsheet that drops zeros changes it without meaning to.
"""

from __future__ import annotations

import csv
import io
import re
import subprocess
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from assessment.evidence import ROOT, DataError, Problem

FACTS, TARGETS = "data/facts", "data/targets.csv"
LOOKED_UP = ("value", "low", "high", "formula")  # what stands in the source
FEW = 3  # so many lost zeros of one file are told one by one


def check_edited(root: Path = ROOT, today: date | None = None) -> list[str]:
    """A line with the number of facts changed since the last commit; none where git knows of no commit
    here. Raises DataError with the rows changed without a new day in ``checked``, and with the
    numbers that lost zeros.
    """
    try:
        if not _git(root, "ls-files", "--", FACTS):
            return []
        changed = _git(root, "diff", "--name-only", "--relative", "-z", "HEAD", "--", FACTS)
        problems = list(_cut_targets(root))
    except (OSError, subprocess.CalledProcessError):
        return []
    files = sorted(filter(None, changed.split("\0")))
    before = {row["id"]: row for name in files for row in _rows(_committed(root, name)).values()}
    count = 0
    for name in files:
        text = (root / name).read_text(encoding="utf-8") if (root / name).exists() else ""
        lost: list[tuple[int, str, str, str]] = []
        for number, row in _rows(text).items():
            if (old := before.get(row["id"])) is None:
                count += 1
                continue
            moved = [field for field in LOOKED_UP if row[field] != old[field]]
            if _ungrouped(row["value"]) == _ungrouped(old["value"]):
                moved = [field for field in moved if field != "value"]
            count += bool(moved)
            zeros = [field for field in moved if _lost_zeros(old[field], row[field])]
            lost += [(number, field, row[field], old[field]) for field in zeros]
            if len(moved) > len(zeros) and row["checked"] == old["checked"]:
                problems += _unchecked(name, number, old, row, moved[0], today or date.today())
        problems += _zeros(name, lost)
    if problems:
        raise DataError(problems)
    return [f"facts new or changed since the last commit: {count}"]


def _git(root: Path, *words: str) -> str:
    command = ["git", "-C", str(root), *words]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")


def _committed(root: Path, name: str) -> str:
    """A file as the last commit has it; nothing where it is new."""
    try:
        return _git(root, "show", f"HEAD:./{name}")
    except (subprocess.CalledProcessError, UnicodeDecodeError):
        return ""


def _rows(text: str) -> dict[int, dict[str, str]]:
    """The rows of a table of facts by their numbers, as a spreadsheet counts them."""
    rows = csv.DictReader(io.StringIO(text))
    return {n: row for n, row in enumerate(rows, 2) if None not in row.values() and None not in row}


def _ungrouped(value: str) -> str:
    """A value without marks between groups of digits, which say nothing."""
    return re.sub(r"(?<=\d)[,\s](?=\d{3}(?!\d))", "", value)


def _lost_zeros(before: str, now: str) -> bool:
    """Whether a number is the same and only zeros at its end are gone."""
    whole = before.rstrip("0").removesuffix(".")
    return "." in before and len(now) < len(before) and now.rstrip("0").removesuffix(".") == whole


def _cut_digits(before: str, now: str) -> bool:
    """Whether a number is the same, rounded to fewer digits: a spreadsheet keeps about ten of them."""
    try:
        old, new = Decimal(before), Decimal(now)
        return len(now) < len(before) and old != new == round(old, -int(new.as_tuple().exponent))
    except (ArithmeticError, TypeError, ValueError):
        return False


def _cut_targets(root: Path) -> Iterator[Problem]:
    """The printed numbers of the validation's targets that lost digits or zeros since the last commit."""
    before = {row["id"]: row for row in _rows(_committed(root, TARGETS)).values()}
    text = (
        (root / TARGETS).read_text(encoding="utf-8") if before and (root / TARGETS).exists() else ""
    )
    lost = [
        (number, "printed", row["printed"], before[row["id"]]["printed"])
        for number, row in _rows(text).items()
        if row["id"] in before
    ]
    yield from _zeros(
        TARGETS, [one for one in lost if _lost_zeros(one[3], one[2]) or _cut_digits(one[3], one[2])]
    )


def _unchecked(
    name: str, number: int, old: dict, row: dict, field: str, today: date
) -> Iterator[Problem]:
    """The fault of a row with another value and the day of the old one."""
    if row["checked"] != today.isoformat():
        was = f"'{old[field]}'" if old[field] else "nothing"
        yield Problem(
            name,
            number,
            "checked",
            row["checked"],
            f"the day on which the new {field} was looked up: it was {was} in the last commit and is"
            f" '{row[field]}' now",
            f"look it up in the source (are source, locator and status still right?) and write that"
            f" day, as in {today.isoformat()}",
        )


def _zeros(name: str, lost: list[tuple[int, str, str, str]]) -> Iterator[Problem]:
    """The faults of one file's numbers without the zeros that their source prints."""
    again = "type it with all its digits"
    if len(lost) > FEW:
        again = f"bring the file back with `git checkout -- {name}` and change it in a text editor"
    for number, field, now, before in lost[: 1 if len(lost) > FEW else FEW]:
        more = f"; {len(lost) - 1} more numbers of this file lost digits" if len(lost) > FEW else ""
        allowed = f"{before}, as the source prints it and the last commit has it{more}"
        yield Problem(
            name, number, field, now, allowed, f"{again}; a spreadsheet such as Excel drops them"
        )
