"""Small counts in words."""

from __future__ import annotations

from assessment.presentation import numbers
from assessment.presentation.language import _

NUMBER_WORDS = (
    _("none"),
    _("one"),
    _("two"),
    _("three"),
    _("four"),
    _("five"),
    _("six"),
    _("seven"),
    _("eight"),
    _("nine"),
    _("ten"),
    _("eleven"),
    _("twelve"),
)


def number_word(count: int) -> str:
    """A count from 0 in words, above twelve in digits."""
    return NUMBER_WORDS[count] if count < len(NUMBER_WORDS) else numbers.number(count)
