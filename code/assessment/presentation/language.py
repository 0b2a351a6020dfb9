"""The language of an edition: words, number marks and dates as its readers see them.

English stands in the code and is the message. A translation stands in
``locale/<language>/LC_MESSAGES/assessment.po`` (words of the code) or
``locale/<language>/LC_MESSAGES/chapters/<chapter>.po`` (sentences of a chapter).

One process speaks one language, the one that ASSESSMENT_LANGUAGE names when it starts; so tables
of words at module level may be translated where they are written. A message that has no
translation, or whose English has changed since it was translated, is shown in English.
"""

from __future__ import annotations

import gettext
import os
from dataclasses import dataclass
from pathlib import Path

from assessment.evidence.paths import ROOT

LOCALE = ROOT / "locale"
DOMAIN = "assessment"
ENGLISH = "en"


@dataclass(frozen=True)
class Marks:
    """How a language writes: its ``tag`` (BCP 47), the marks inside numbers, dates (``day``)."""

    tag: str
    decimal: str
    thousands: str
    day: str


MARKS = {
    "en": Marks("en-GB", ".", "\u202f", "{day} {month} {year}"),
    "nb": Marks("nb", ",", "\u202f", "{day}. {month} {year}"),
}


class UnknownLanguage(ValueError):
    """ASSESSMENT_LANGUAGE names a language that the book does not know."""


def language_of(environment: dict[str, str]) -> str:
    """The language that an environment asks for, English when it is silent.

    Raises UnknownLanguage, which names the languages that exist.
    """
    asked = environment.get("ASSESSMENT_LANGUAGE") or ENGLISH
    if asked not in MARKS:
        raise UnknownLanguage(
            f"ASSESSMENT_LANGUAGE is '{asked}'; this book knows {', '.join(sorted(MARKS))}. "
            "A new language is a row in MARKS and a folder in locale/."
        )
    return asked


def catalogue(language: str, folder: Path = LOCALE) -> gettext.NullTranslations:
    """The translated words of the code; English has none and needs none.

    Raises FileNotFoundError, with the command that helps, when another language has no compiled
    catalogue.
    """
    if language == ENGLISH:
        return gettext.NullTranslations()
    try:
        return gettext.translation(DOMAIN, folder, [language])
    except FileNotFoundError as fault:
        raise FileNotFoundError(
            f"The words in '{language}' are not compiled: run make edition LANG={language}"
        ) from fault


LANGUAGE = language_of(dict(os.environ))
WRITTEN = MARKS[LANGUAGE]
_words = catalogue(LANGUAGE)


def _(message: str) -> str:
    """``message`` in the language of this edition.

    Write the whole sentence with named places, and fill them afterwards:
    ``_("RON is last at {value} nM").format(value=...)``. Never an f-string: it has no message.
    """
    return _words.gettext(message)


def said_in_data(words: str) -> str:
    """Words of a cell of the data in the language of this edition; the pages that are translated have
    them in the catalogue (`book/editions/data_words`).
    """
    return _words.gettext(words)


def ngettext(one: str, many: str, n: int) -> str:
    """``one`` or ``many``, whichever this language says of ``n``."""
    return _words.ngettext(one, many, n)


def pgettext(context: str, message: str) -> str:
    """``message`` where the same English word means two things; ``context`` tells translators."""
    return _words.pgettext(context, message)


__all__ = [
    "DOMAIN",
    "ENGLISH",
    "LANGUAGE",
    "LOCALE",
    "MARKS",
    "WRITTEN",
    "Marks",
    "UnknownLanguage",
    "_",
    "catalogue",
    "language_of",
    "ngettext",
    "pgettext",
    "said_in_data",
]
