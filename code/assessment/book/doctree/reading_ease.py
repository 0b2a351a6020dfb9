"""How hard a text is to read: LIX and Flesch reading ease."""

from __future__ import annotations

import re
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:[’'.,\u202f-][^\W_]+)*")
SENTENCE_END = re.compile(r"[.!?:](?=\s|$)")
# spoken unlike they are spelt
APART = {
    "area": 3,
    "create": 2,
    "created": 3,
    "european": 4,
    "idea": 3,
    "people": 2,
    "reaction": 3,
    "science": 2,
}
LONG = 6  # a long word has more letters than this


@dataclass(frozen=True)
class ReadingEase:
    """``lix``: below 30 very easy, 40 fiction, 50 factual prose, 60 official texts. ``flesch``:
    from 60 plain English, higher is easier.
    """

    words: int
    sentences: int
    lix: float
    flesch: float


def syllables(word: str) -> int:
    """Syllables of an English word: its groups of vowels, less a silent ending, more where two
    vowels are spoken apart. A number counts one for each digit.
    """
    return sum(
        1 if part.isdigit() else _syllables(part)
        for part in re.findall(r"\d|[^\W\d_]+", word.lower())
    )


def _syllables(word: str) -> int:
    if word in APART:
        return APART[word]
    groups = len(re.findall(r"[aeiouyæøå]+", word))
    groups -= (
        bool(re.search(r"[^aeiouyl]e$|[aeiouy]le$|[^aeiouytd]ed$|[^aeiouycsxzg]es$", word))
        and groups > 1
    )
    groups += len(re.findall(r"[^tscg]i[ao]|[aeiouy]ing$|oen", word))
    return max(1, groups)


def reading_ease(text: str) -> ReadingEase:
    """Both measures of a text of whole sentences. Raises ValueError when it holds no word.

    LIX = words/sentences + 100 × long words/words (Björnsson, Läsbarhet, 1968); sentences end at .
    ! ? or :. Flesch = 206.835 − 1.015 words/sentences − 84.6 syllables/words (Flesch, J Appl
    Psychol 1948;32:221–233).
    """
    found = WORD.findall(text)
    if not found:
        raise ValueError("there is no word in the text; give whole sentences")
    sentences = max(1, len(SENTENCE_END.findall(text)))
    long_words = sum(len(re.sub(r"\W", "", w)) > LONG for w in found)
    flesch = (
        206.835 - 1.015 * len(found) / sentences - 84.6 * sum(map(syllables, found)) / len(found)
    )
    return ReadingEase(
        len(found), sentences, len(found) / sentences + 100 * long_words / len(found), flesch
    )
