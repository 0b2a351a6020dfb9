"""What the accessibility statement computes."""

from __future__ import annotations

from assessment.evidence.provenance.traced_text import computed
from assessment.presentation import numbers, theme


@computed
def texts() -> dict[str, str]:
    """Lowest contrast of the marks and of the words in figures, light and dark."""
    return {
        "a11y_marks": numbers.number(theme.least_contrast(theme.MARKS), 1),
        "a11y_words": numbers.number(theme.least_contrast(theme.WORDS_IN), 1),
    }
