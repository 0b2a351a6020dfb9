"""`make check`: what a person mistyped in a page or the data, said in a sentence that helps."""

from __future__ import annotations

import subprocess
import sys

import pytest

from assessment.book.check_book import typed_lines
from assessment.book.page_prose import page_prose, typed_numbers, typed_numbers_by_line
from assessment.book.typed_in_book import ALLOWED, facts_with, typed_in_page
from assessment.case.trial.digitised_files import check_digitised, stem
from assessment.case.trial.trial import ARMS, COHORTS, PREFIXES
from assessment.evidence import ROOT, DataError, load_facts

PAGE = """---
a: 1.5
---

# Title

Half of them, 37 %, in
grade 3 tumours.

```{code-cell} ipython3
---
mystnb:
  figure:
    name: fig-a
    caption: |
      The median
      was 8.4 months.
---
f(2)
```

$$
3.5
$$

At the end 0.38.
"""


@pytest.fixture
def book(tmp_path):
    (tmp_path / "chapters").mkdir()
    (tmp_path / "tests").mkdir()
    (tmp_path / "index.md").write_text("# Title\n", encoding="utf-8")
    (tmp_path / ALLOWED).write_text("pattern,reason\ngrade \\d,A class.\n", encoding="utf-8")
    (tmp_path / "chapters" / "results.md").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_a_typed_number_is_told_with_its_page_and_line(book):
    found = typed_in_page(book / "chapters" / "results.md", book)
    assert [(one.file, one.line, one.number) for one in found] == [
        ("chapters/results.md", 7, "37 %"),
        ("chapters/results.md", 17, "8.4"),
        ("chapters/results.md", 26, "0.38"),
    ]


def test_the_sentence_says_what_to_do(book):
    told = list(typed_lines(book))
    assert told[0].startswith("3 numbers typed in the text")
    hit = next(line for line in told if "line 17" in line)
    assert "chapters/results.md, line 17: the number 8.4 is typed" in hit
    assert "Next step: write {fact}`" in hit and "tests/allowed_numbers.csv" in hit


def test_facts_with_the_number_are_named():
    fact = next(f for f in load_facts().unread() if f.measure == "hazard_ratio" and f.printed)
    assert all(load_facts()[one].printed == fact.printed for one in facts_with(fact.printed))
    assert facts_with("123456.789") == []


@pytest.mark.parametrize("path", sorted((ROOT / "chapters").glob("*.md")), ids=lambda p: p.stem)
def test_lines_and_prose_agree(path):
    """What is found line by line is what is found in the words of the page."""
    text = path.read_text(encoding="utf-8")
    by_line = sorted(number for _line, number in typed_numbers_by_line(text))
    assert by_line == sorted(number.strip(" .,") for number in typed_numbers(page_prose(text)))


def test_the_command_says_that_all_is_well():
    run = subprocess.run(
        [sys.executable, "-m", "assessment.book.check_book"], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    assert "digitised curves: " in run.stdout and "no number is typed in the text" in run.stdout


def put(scratch, text: str, *arms: str, ending: str = "") -> str:
    (scratch.data / "km").mkdir(exist_ok=True)
    for arm in arms:
        name = stem(next(iter(PREFIXES)), "os", next(iter(COHORTS)), arm)
        (scratch.data / "km" / f"{name}{ending}.csv").write_text(text, encoding="utf-8")
    return name


CURVE = "time,survival\n0,1\n1,0.9\n2,0.8\n3,0.7\n"


def test_digitised_curves_are_read(scratch):
    put(scratch, CURVE, *ARMS)
    assert check_digitised(scratch.data) == len(ARMS)


@pytest.mark.parametrize(
    ("text", "arms", "ending", "says"),
    [
        (CURVE, ARMS[:1], "", "a comparison needs both arms' points"),
        (CURVE, ARMS, "_at_rsk", "rename the file"),
        ("time,survival\n", ARMS, "", "no row with two numbers"),
        ("time,incidence\n0,0\n1,0.2\n2,0.4\n", ARMS, "", "one minus survival.*digitise it anew"),
        ("time,survival\n0,1\n1,NA\n2,0.8\n", ARMS, "", "row 3: found 'NA'"),
        ("x,a,b\n0,1,1\n1,0.9,0.8\n2,0.8,0.7\n", ARMS, "", "give one file per arm"),
        ("0,1\n1,30\n2,20\n", ARMS, "", "unclear as a percentage"),
        ("0,1\n1,nan\n2,0.5\n", ARMS, "", "row 2: found 'nan'. Allowed: a number"),
        ("0,1\n-1,0.9\n2,0.5\n", ARMS, "", "time -1 < 0"),
        ("0,60\n", ARMS, "_at_risk", "add that file"),
    ],
)
def test_a_digitised_curve_at_fault_is_told(scratch, text, arms, ending, says):
    name = put(scratch, text, *arms, ending=ending)
    with pytest.raises(DataError, match=says) as caught:
        check_digitised(scratch.data)
    assert f"data/km/{name}" in str(caught.value)


def test_files_of_another_kind_are_told(scratch):
    put(scratch, CURVE, *ARMS)
    (scratch.data / "km" / "curve.tsv").write_text(CURVE, encoding="utf-8")
    with pytest.raises(
        DataError, match="data/km/curve.tsv: found '.tsv'. Allowed: a name that ends"
    ):
        check_digitised(scratch.data)


def test_numbers_at_risk_are_tried_with_their_curve(scratch):
    put(scratch, CURVE, *ARMS)
    put(scratch, "time,n\n0,60\n90,50\n", *ARMS, ending="_at_risk")
    with pytest.raises(DataError, match="time 90 lies far beyond the curve"):
        check_digitised(scratch.data)
