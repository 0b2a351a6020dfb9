"""``python -m assessment.book.check_book``: everything that can be told in two seconds, before a build:
faults of the data, values changed without a look at their source, facts, documents and places that
are named and not there, statistics typed in the text, which sections wait for facts, and how many words
readers see on the pages of the last build.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from assessment.book.building.build_inputs import pages
from assessment.book.doctree.visible_words import (
    MOST_IN_ALL,
    MOST_ON_A_PAGE,
    in_archive,
    words_by_page,
)
from assessment.book.edited_facts import check_edited
from assessment.book.typed_in_book import facts_with, typed_in_code, typed_in_pages
from assessment.evidence import ROOT, DataError, Problem
from assessment.evidence.checking import check
from assessment.presentation.numbers import number

TOLD = 20  # so many typed numbers are told one by one


def data_lines() -> list[str]:
    """One line per part of data/. Raises DataError with all the problems found."""
    lines: list[str] = []
    problems: list[Problem] = []
    for part in (check, _digitised_lines, check_edited):
        try:
            lines += part()
        except DataError as fault:
            problems += [problem for problem in fault.problems if problem not in problems]
    if problems:
        raise DataError(problems)
    return lines


def _digitised_lines() -> list[str]:
    # What names the case reads it on import, so it is imported where a fault of it can be told.
    from assessment.case.trial.digitised_files import check_digitised

    return [f"digitised curves: {check_digitised()}"]


def typed_lines(root: Path = ROOT) -> Iterator[str]:
    """One sentence for each statistic typed in the text; of more than TOLD the rest as a count."""
    found = [*typed_in_pages(root), *typed_in_code(root)]
    if found:
        count = len(found)
        yield f"{count} number{'s' * (count != 1)} typed in the text."
    yield from (f"  {one.told(facts_with)}" for one in found[:TOLD])
    if len(found) > TOLD:
        yield f"  ... and {len(found) - TOLD} more."


def word_lines(counts: dict[str, int]) -> Iterator[str]:
    """The counts as lines: each page, those outside the archive together, and what is too long."""
    outside = {page: words for page, words in counts.items() if not in_archive(page)}
    yield "words seen on the pages of the last build, without figures and folded parts:"
    for page, words in counts.items():
        said = " (archive)" if page not in outside else ""
        long = (
            f", more than {number(MOST_ON_A_PAGE)}" if words > MOST_ON_A_PAGE and not said else ""
        )
        yield f"  {page.removesuffix('.html')}: {number(words)}{said}{long}"
    total = sum(outside.values())
    yield f"  outside the archive: {number(total)} of at most {number(MOST_IN_ALL)}"


def main() -> None:
    """Prints what was found; ends with a fault when anything is to be mended."""
    faults: list[str] = []
    try:
        print("\n".join(data_lines()))
    except DataError as fault:
        faults.append(str(fault))
    else:
        # these read the case on import, as above
        from assessment.book.named_in_pages import unknown_names
        from assessment.book.page_anchors import missing_places

        faults += unknown_names()
        faults += missing_places()
    faults += typed_lines()
    if faults:
        sys.exit("\n".join(faults))
    print("no number is typed in the text")
    from assessment.book.chapters import waiting_sections  # likewise

    waiting_sections.main()
    if counts := words_by_page(ROOT / "_build" / "html", pages(ROOT)):
        print("\n".join(word_lines(counts)))


if __name__ == "__main__":
    main()
