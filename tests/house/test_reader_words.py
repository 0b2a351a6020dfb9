"""Words that readers see go through the translator; what does not yet is counted and may only shrink."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
from reader_words import hidden_places, looks_like_words
from reader_words_table import accepted, outside, read_files


def test_words_for_readers_go_through_the_translator():
    most, told = accepted(), []
    for name, words in outside().items():
        if len(words) > most.get(name, 0):
            told += [f"{w.file}:{w.line}: {w.text[:80]!r}" for w in words]
    assert not told, "Put what is new of these into _() of presentation/language.py:\n" + "\n".join(
        told
    )


def test_the_table_of_words_outside_the_translator_only_shrinks():
    now = {name: len(words) for name, words in outside().items()}
    fewer = {name: now.get(name, 0) for name, n in accepted().items() if now.get(name, 0) < n}
    assert not fewer, f"Fewer than before, so run python tests/house/reader_words_table.py: {fewer}"


def test_messages_are_plain_strings():
    found = [
        f"{path.name}, line {line}: {what}"
        for path in read_files()
        for line, what in hidden_places(path)
    ]
    assert not found


@pytest.mark.parametrize(
    "text",
    [
        "Absolute shortfall, QALYs",
        "cost per year",
        "Cohort",
        "{} of {} patients",
        "<p>Marks behind numbers</p>",
    ],
)
def test_language_is_recognised(text):
    assert looks_like_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "ic50:Q",
        "datum.shade == 0",
        "epnet",
        "cabinet.pfs.epnet",
        "VEGFR2",
        "text/html",
        "https://example.org/Some",
        '<span class="fact-line">',
        "#0072b2",
        "drug_cost",
        "{}–{}",
    ],
)
def test_code_is_not_taken_for_language(text):
    assert not looks_like_words(text)


def test_one_small_word_counts_where_only_readers_look():
    assert looks_like_words("dead", shown=True) and not looks_like_words("dead")
