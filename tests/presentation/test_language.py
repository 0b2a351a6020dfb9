"""The language of an edition: how numbers, dates and units are written, and what is asked for."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from assessment.book.editions import catalogues
from assessment.presentation.language import UnknownLanguage, catalogue, language_of

SAID = (
    "from datetime import date; from assessment.presentation import numbers, words; "
    "print(numbers.number(12345.6, 1), numbers.day(date(2025, 3, 1)),"
    " numbers.with_unit('3', 'months', 3.0), words.facts_counted(1), words.facts_counted(2),"
    " sep='|')"
)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "12\u202f345.6|1 March 2025|3\u00a0months|1 fact|2 facts"),
        ("nb", "12\u202f345,6|1. mars 2025|3\u00a0måneder|1 opplysning|2 opplysninger"),
    ],
)
def test_numbers_dates_and_units_follow_the_language(language, expected):
    catalogues.compile_all("nb")
    environment = os.environ | {"ASSESSMENT_LANGUAGE": language, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", SAID],
        env=environment,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout.rstrip("\n") == expected


def test_an_unknown_language_is_told_with_the_next_step():
    with pytest.raises(UnknownLanguage, match=r"knows en, nb.*row in MARKS"):
        language_of({"ASSESSMENT_LANGUAGE": "xx"})


def test_words_that_are_not_compiled_are_told_with_the_command(tmp_path):
    with pytest.raises(FileNotFoundError, match="make edition LANG=nb"):
        catalogue("nb", tmp_path)
