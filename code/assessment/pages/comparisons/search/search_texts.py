"""The search for trials in the chapter's sentences."""

from __future__ import annotations

from assessment.evidence.provenance.traced_text import computed
from assessment.pages.comparisons.search.search_counts import search_counts
from assessment.presentation import numbers


@computed
def texts() -> dict[str, str]:
    """How many searches were made, trials found and trials kept."""
    counts = search_counts()
    return {
        "cmp_search.searches": numbers.number(counts.searches),
        "cmp_search.found": numbers.number(counts.found),
        "cmp_search.kept": numbers.number(counts.kept),
        "cmp_search.first_year": str(counts.first_year),
        "cmp_search.no_result": numbers.number(counts.out["no_result"]),
    }
