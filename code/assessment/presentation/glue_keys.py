"""Keys under which texts are glued into a page.

A key stands in the code as readers of a chapter write it, so that a plain search for it finds the
line that makes the text. Where each cohort has its own text, the key is the stem, a full stop and
the cohort (``base_icer.<cohort>``): search for the stem.
"""

from __future__ import annotations

MARK = "."  # between stem and cohort; MyST-NB keeps the colon for itself


def of_cohort(cohort: str, texts: dict[str, str]) -> dict[str, str]:
    """``texts`` by stem as texts of one cohort: the stem, MARK and the cohort's id."""
    return {f"{stem}{MARK}{cohort}": text for stem, text in texts.items()}


def stem_of(key: str) -> str:
    """What to search the code for: the key without its cohort, or the key itself."""
    return key.rpartition(MARK)[0] or key
