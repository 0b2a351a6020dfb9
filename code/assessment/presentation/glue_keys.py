"""Keys under which texts are glued into a page.

A key stands in the code as readers of a chapter write it, so that a plain search for it finds the
line that makes the text. Where each cohort has its own text, the key is the stem, a full stop and
the cohort (``base_icer.<cohort>``); further qualifiers follow in the same way
(``severe.<cohort>.<arm>``). Search for the stem.
"""

from __future__ import annotations

MARK = "."  # between stem and qualifiers; MyST-NB keeps the colon for itself


def of_cohort(cohort: str, texts: dict[str, str]) -> dict[str, str]:
    """``texts`` by stem as texts of one cohort: the stem, MARK and the cohort's id."""
    return qualified(texts, cohort)


def qualified(texts: dict[str, str], *qualifiers: str) -> dict[str, str]:
    """``texts`` by stem under their keys: the stem and each qualifier, joined by MARK."""
    return {MARK.join((stem, *qualifiers)): text for stem, text in texts.items()}


def stem_of(key: str) -> str:
    """What to search the code for: the key without its qualifiers, or the key itself."""
    return key.partition(MARK)[0]
