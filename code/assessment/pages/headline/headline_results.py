"""Every result that stands in an answer box, on the front page, or in a decision, price, scenario
or severity table: one row each.

``tests/expected/headline.csv`` holds them by version of the book, to four significant digits. A
test compares what the code gives now with the rows of this version and names what moved; ``make
accept`` rewrites those rows, and the difference is what a reviewer reads.
"""

from __future__ import annotations

from assessment.pages.headline.base_case_results import base_case, prices
from assessment.pages.headline.comparison_results import comparisons
from assessment.pages.headline.economic_results import (
    budget,
    information,
    scenarios,
    severity,
)
from assessment.pages.headline.place_results import by_place, subgroups
from assessment.pages.headline.result_rows import Result
from assessment.pages.headline.trial_results import trial


def results() -> tuple[Result, ...]:
    """Every headline result of the present code and data. Raises ValueError when two rows bear the
    same name.
    """
    found = [
        row
        for part in (
            trial,
            comparisons,
            base_case,
            prices,
            severity,
            scenarios,
            by_place,
            subgroups,
            information,
            budget,
        )
        for row in part()
    ]
    keys = [row.key for row in found]
    if doubled := sorted({key for key in keys if keys.count(key) > 1}):
        raise ValueError(f"two headline results have one name: {doubled}")
    return tuple(found)
