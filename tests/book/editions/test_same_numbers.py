"""A translated page says what the English one says: sentence by sentence, number by number."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup

from assessment.book.editions import catalogues
from assessment.book.editions.data_words import data_words
from assessment.book.editions.edition_settings import editions
from assessment.book.editions.english_pages import names_and_numbers
from assessment.evidence import ROOT
from assessment.presentation.language import LOCALE, MARKS

EDITIONS = editions(ROOT)
PAGES = [(edition.language, page) for edition in EDITIONS for page in edition.pages]


@pytest.mark.parametrize(("language", "page"), PAGES)
def test_every_sentence_of_a_translated_page_is_translated(language, page):
    path = LOCALE / language / "LC_MESSAGES" / f"{page}.po"
    assert path.exists(), f"run make words LANG={language}"
    assert [str(fault) for fault in catalogues.faults(path, language)] == []


@pytest.mark.parametrize("language", [edition.language for edition in EDITIONS])
def test_every_word_of_the_data_on_these_pages_is_translated(language):
    path = LOCALE / language / "LC_MESSAGES" / "assessment.po"
    said = {message.id: message for message in catalogues.read(path, language)}
    missing = [
        words for _file, words in data_words() if not said[words].string or said[words].fuzzy
    ]
    assert missing == [], f"run make words LANG={language} and translate"


def numbers_marked(page: BeautifulSoup, decimal: str) -> Counter[str]:
    """The numbers that answer back on a page, with a full stop as the decimal mark."""
    texts = (link.get_text() for link in page.select("article .fact:not(.term) > .fact-link"))
    found = (re.findall(r"\d+(?:[.,]\d+)?", re.sub(r"[\u202f\u00a0]", "", text)) for text in texts)
    return Counter(number.replace(decimal, ".") for numbers in found for number in numbers)


@pytest.mark.parametrize(("language", "page"), PAGES)
def test_every_number_is_the_same_in_both_languages(site, language, page):
    english, other = (
        BeautifulSoup((site / folder / f"{page}.html").read_text(encoding="utf-8"), "html.parser")
        for folder in ("", language)
    )
    assert other.html["lang"] == MARKS[language].tag
    told = numbers_marked(english, ".")
    assert told == numbers_marked(other, MARKS[language].decimal)
    assert told or page.endswith("glossary")


@pytest.mark.parametrize(("language", "page"), PAGES)
def test_links_of_a_translated_page_lead_somewhere(site, language, page):
    file = site / language / f"{page}.html"
    text = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
    for link in text.select("a[href], img[src]"):
        to = (link.get("href") or link.get("src")).partition("#")[0].partition("?")[0]
        if to and not re.match(r"[a-z]+:", to):
            assert (file.parent / to).exists(), f"{page}: {to}"


def test_an_edition_is_not_built_again_for_nothing(site):
    """What it is told of the English pages holds no place in a process's memory, new with every build."""
    told = names_and_numbers(ROOT / "_build" / ".made" / "doctrees")
    assert "BibliographyKey" in told and " object at 0x" not in told
