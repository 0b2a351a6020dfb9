"""Everything that differs between two states of the book, ready to be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assessment.book.comparison.data_differences import (
    FactDifference,
    FileDifference,
    fact_differences,
    table_differences,
)
from assessment.book.comparison.headline_moves import Move, counted, moves
from assessment.book.comparison.page_differences import PageDifference, page_differences
from assessment.book.comparison.proposed_row import proposed_row
from assessment.book.comparison.reading.book_states import BookState, doubts
from assessment.book.comparison.reading.filled_prose import facts_of
from assessment.book.comparison.result_names import scenario_names

HEADLINE = "headline.csv"


@dataclass(frozen=True)
class ComparisonReport:
    """``before``, ``after``: names of the states; ``notices``: what limits the comparison;
    ``results``: how many headline results there are; ``row``: the proposed row of data/changes.csv.
    """

    before: str
    after: str
    notices: tuple[str, ...]
    results: int
    moves: tuple[Move, ...]
    pages: tuple[PageDifference, ...]
    facts: tuple[FactDifference, ...]
    files: tuple[FileDifference, ...]
    row: dict[str, str]
    scenario_words: dict[str, str]

    def __bool__(self) -> bool:
        return bool(self.moves or self.pages or self.facts or self.files)


def compare(
    before: BookState, after: BookState, day: date, notices: Iterable[str] = ()
) -> ComparisonReport:
    """What differs; ``day``: of the proposed row; ``notices``: what is to be told first."""
    facts = facts_of(before), facts_of(after)
    told = [*notices, *doubts(before), *doubts(after)]
    for state, known in zip((before, after), facts):
        if known is None:
            told.append(
                f"Today's rules cannot read the data of {state.name}: facts are told as their cells"
                " stand, and sentences without them."
            )
    moved = moves(before.shown.get(HEADLINE, ""), after.shown.get(HEADLINE, ""))
    pages = page_differences(before, after, facts)
    changed = fact_differences(before, after, facts)
    files = tuple(table_differences(before, after))
    known_results = all(HEADLINE in state.shown for state in (before, after))
    others = any(one.path != "data/changes.csv" for one in files)
    return ComparisonReport(
        before.name,
        after.name,
        tuple(line[:1].upper() + line[1:] for line in told),
        counted(after.shown.get(HEADLINE, "")),
        tuple(moved),
        tuple(pages),
        tuple(changed),
        files,
        proposed_row(day, changed, others, pages, moved, known_results),
        scenario_names(),
    )
