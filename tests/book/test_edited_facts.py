"""What `make check` says of values changed since the last commit: by hand without a look at the source,
and by a spreadsheet.
"""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from assessment.book.edited_facts import check_edited
from assessment.evidence import DataError

HEAD = "id,value,low,high,formula,source,checked\n"
ROWS = [
    "a.b,0.80,0.70,1.30,,report,2026-01-02\n",
    "a.c,12.0,,,,report,2026-01-02\n",
    "a.d,yes,,,,report,2026-01-02\n",
    "a.e,,,,a.b * 2,,2026-01-02\n",
    "a.f,100,,,,report,2026-01-02\n",
    "a.g,7.50,,,,report,2026-01-02\n",
    '"a.h","1 in 100,000 people",,,,report,2026-01-02\n',
]
TODAY = date(2026, 3, 4)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A folder of facts in a git repository, inside another folder of it."""
    folder = tmp_path / "within"
    (folder / "data" / "facts").mkdir(parents=True)
    write(folder, *ROWS)
    git = ["git", "-C", str(tmp_path), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "First"]):
        subprocess.run([*git, *words], check=True)
    return folder


def write(book: Path, *rows: str) -> None:
    (book / "data" / "facts" / "trial.csv").write_text(HEAD + "".join(rows), encoding="utf-8")


def told(book: Path) -> str:
    with pytest.raises(DataError) as caught:
        check_edited(book, TODAY)
    return str(caught.value)


@pytest.mark.parametrize(
    ("number", "old", "new", "field"),
    [
        (0, "0.80,0.70", "0.86,0.70", "value"),
        (0, "1.30", "1.31", "high"),
        (2, "yes", "no", "value"),
        (3, "* 2", "* 3", "formula"),
    ],
)
def test_a_value_changed_without_a_new_day_is_told(book, number, old, new, field):
    rows = [row.replace(old, new) if n == number else row for n, row in enumerate(ROWS)]
    write(book, *rows)
    message = told(book)
    assert message.startswith("1 problem")
    assert f"data/facts/trial.csv, row {number + 2}, field 'checked': found '2026-01-02'" in message
    assert f"the new {field} was looked up" in message and "as in 2026-03-04" in message
    for day in ("2026-02-28", "2026-03-04"):
        write(book, *(row.replace("2026-01-02", day) for row in rows))
        assert check_edited(book, TODAY) == ["facts new or changed since the last commit: 1"]


def test_a_second_change_on_the_same_day_needs_no_other_day(book):
    write(book, *ROWS[:1], ROWS[1].replace("12.0", "13.0"), *ROWS[2:])
    assert check_edited(book, date(2026, 1, 2)) == ["facts new or changed since the last commit: 1"]


@pytest.mark.parametrize("between", ["\u202f", " ", ""])
def test_another_mark_between_thousands_is_no_other_value(book, between):
    write(book, *(row.replace("100,000", f"100{between}000") for row in ROWS))
    assert check_edited(book, TODAY) == ["facts new or changed since the last commit: 0"]
    write(book, *(row.replace("100,000", f"100{between}001") for row in ROWS))
    assert "the new value was looked up" in told(book)


def test_zeros_lost_to_a_spreadsheet_are_told(book):
    write(book, ROWS[0].replace("0.80", "0.8"), ROWS[1].replace("12.0", "12"), *ROWS[2:])
    message = told(book)
    assert "2 problems" in message and "row 2, field 'value': found '0.8'" in message
    assert "Allowed: 0.80, as the source prints it" in message and "found '12'" in message


def test_many_lost_zeros_are_told_as_one(book):
    lost = [row.replace("0,", ",").replace(".,", ",") for row in ROWS]
    write(book, *lost)
    message = told(book)
    assert "4 more numbers of this file lost digits" in message
    assert "git checkout -- data/facts/trial.csv" in message


def test_whole_numbers_keep_their_zeros(book):
    write(book, *ROWS[:4], ROWS[4].replace("100", "10").replace("01-02", "03-04"), ROWS[5])
    assert check_edited(book, TODAY) == ["facts new or changed since the last commit: 1"]


def test_new_moved_and_removed_rows_need_nothing(book):
    write(book, ROWS[0], "a.new,1,,,,report,2026-01-02\n", *ROWS[2:5])
    (book / "data" / "facts" / "other.csv").write_text(HEAD + ROWS[5], encoding="utf-8")
    assert check_edited(book, TODAY) == ["facts new or changed since the last commit: 1"]
    (book / "data" / "facts" / "trial.csv").unlink()
    assert check_edited(book, TODAY) == ["facts new or changed since the last commit: 0"]


def test_without_git_nothing_is_compared(book, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("no git")
    shutil.copytree(book / "data", elsewhere / "data")
    assert check_edited(elsewhere, TODAY) == []
    # unpacked inside another repository, which knows nothing of it
    shutil.copytree(book / "data", book / "another" / "data")
    assert check_edited(book / "another", TODAY) == []


@pytest.mark.parametrize(
    ("before", "now", "cut"),
    [
        ("44663.4535637", "44663.45356", True),
        ("0.8862269254527580", "0.886226925", True),
        ("6275.95560", "6275.9556", True),
        ("44663.4535637", "44663.45357", False),  # another number: the reviewer's to see
        ("7.99", "7.9912", False),
    ],
)
def test_digits_that_a_spreadsheet_cut_from_a_target_are_told(book, before, now, cut):
    targets = book / "data" / "targets.csv"
    targets.write_text(f"id,printed\nx.y,{before}\n", encoding="utf-8")
    git = ["git", "-C", str(book), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["add", "."], ["commit", "-qm", "Targets"]):
        subprocess.run([*git, *words], check=True)
    targets.write_text(f"id,printed\nx.y,{now}\n", encoding="utf-8")
    if cut:
        message = told(book)
        assert f"data/targets.csv, row 2, field 'printed': found '{now}'" in message
        assert before in message and "type it with all its digits" in message
    else:
        check_edited(book, TODAY)
