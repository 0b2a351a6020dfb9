"""Only the rooms made for the case name it: no line of code elsewhere holds the drug, a trial, a
cohort, a comparator or the country. The words are those of ``data/case.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from assessment.case.definition import load_case
from assessment.evidence import ROOT
from assessment.evidence.paths import PACKAGE

MAY_NAME_IT = ("case", "pages")
ENDINGS = (".py", ".js", ".css")
WITHOUT_CODE = ("fonts",)
# priceOfDrug and PriceOfDrug: a word begins where a capital follows a small letter or digit
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def code_files() -> Iterator[Path]:
    for path in sorted(PACKAGE.rglob("*")):
        parts = path.relative_to(PACKAGE).parts
        elsewhere = parts[0] not in MAY_NAME_IT and not set(parts) & set(WITHOUT_CODE)
        if elsewhere and path.suffix in ENDINGS:
            yield path


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Finds the words whatever their case; letters alone count as part of a word, so that they are
    found inside ``price_cabometyx`` too.
    """
    listed = "|".join(re.escape(word).replace(r"\ ", r"[\s_]+") for word in words)
    return re.compile(rf"(?<![^\W\d_])(?:{listed})(?![^\W\d_])", re.IGNORECASE)


def named(text: str, words: Iterable[str], where: str) -> list[str]:
    """A message for every line of ``text`` that names the case: file, line, word and what to do."""
    wanted, messages = pattern(words), []
    for number, line in enumerate(text.splitlines(), 1):
        found = wanted.findall(line) or wanted.findall(HUMP.sub("_", line))
        messages += [
            f"{where}, line {number}: names '{word}'. Take the name from load_case(), say it in"
            " general words, or move the code into case/ or pages/."
            for word in dict.fromkeys(found)
        ]
    return messages


def test_no_code_outside_its_rooms_names_the_case():
    words = load_case().words
    messages = [
        message
        for path in code_files()
        for message in named(
            path.read_text(encoding="utf-8"), words, path.relative_to(ROOT).as_posix()
        )
    ]
    assert not messages, "\n".join(messages)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ('ARMS = ("wonderdrug", "dummy")', "wonderdrug"),
        ("price_wonderdrug = 1", "wonderdrug"),
        ("x.wonderdrug2_price", "wonderdrug"),
        ("# as Wonderdrug's label says", "Wonderdrug"),
        ("class UtopianBudget:", "Utopian"),
        ("def utopian_budget():", "utopian"),
        ("WONDERDRUG_SET = 1", "WONDERDRUG"),
        ("the Agency of  Utopia says", "Agency of  Utopia"),
    ],
)
def test_an_invented_line_is_found(line, word):
    words = ("wonderdrug", "Utopian", "Agency of Utopia")
    (message,) = named(f"fine = 1\n{line}\n", words, "code/invented.py")
    assert message.startswith(f"code/invented.py, line 2: names '{word}'.")
    assert "load_case()" in message


@pytest.mark.parametrize(
    "line", ["wonderdrugs = 1", "utopianism", "subwonderdrug", "a dystopian end", "wonder drug"]
)
def test_a_longer_word_is_another_word(line):
    assert named(line, ("wonderdrug", "Utopian"), "code/invented.py") == []


def test_files_of_every_kind_are_looked_at():
    found = {path.suffix for path in code_files()}
    assert found == set(ENDINGS)
    rooms = {path.relative_to(PACKAGE).parts[0] for path in code_files()}
    assert rooms >= {"evidence", "survival", "economics", "presentation", "book"}
