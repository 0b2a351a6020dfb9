"""A copy of the book's pages, data and accepted results, and scripted changes of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from assessment.book.comparison.comparison_report import ComparisonReport, compare
from assessment.book.comparison.reading.book_states import BookState, of_files

DAY = date(2026, 1, 2)
Files = dict[str, str]


@lru_cache(maxsize=1)
def book() -> BookState:
    return of_files()


def changed(shown: Files | None = None, files: Files | None = None) -> BookState:
    """The book with these files in place of its own; '' takes one out."""
    now = book()
    parts = [
        {path: text for path, text in (old | (new or {})).items() if text}
        for old, new in ((now.shown, shown), (now.files, files))
    ]
    return BookState("the changed copy", *parts)


def compared(shown: Files | None = None, files: Files | None = None) -> ComparisonReport:
    return compare(book(), changed(shown, files), DAY)


def with_cell(table: str, found: Callable[[dict[str, str]], bool], /, **cells: str) -> str:
    """A CSV text with other cells in the rows that are found."""
    rows = list(csv.DictReader(io.StringIO(table)))
    assert any(found(row) for row in rows), "no such row"
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(row | cells if found(row) else row for row in rows)
    return out.getvalue()


def with_fact(fact: str, **cells: str) -> Files:
    """The file of a fact, its row with other cells."""
    path = next(
        path
        for path, text in book().files.items()
        if path.startswith("data/facts/") and f"\n{fact}," in text
    )
    return {path: with_cell(book().files[path], lambda row: row["id"] == fact, **cells)}


def with_headline(*values: tuple[str, str, str]) -> Files:
    """The headline results with (result, cohort, value) of the last version changed."""
    text = book().shown["headline.csv"]
    last = text.rstrip("\n").rpartition("\n")[2].split(",")[0]
    for result, cohort, value in values:
        wanted = (last, result, cohort)
        text = with_cell(
            text,
            lambda row: (row["version"], row["result"], row["cohort"]) == wanted,  # noqa: B023 – at once
            value=value,
        )
    return {"headline.csv": text}


def pages_that_say(mark: str) -> set[str]:
    """Pages whose Markdown holds this."""
    return {name for name, text in book().pages().items() if mark in text}


def sizes(report: ComparisonReport) -> dict[str, int]:
    """How much of each kind the report names, kinds with nothing left out."""
    pages = report.pages
    found = {
        "moves": len(report.moves),
        "facts": len(report.facts),
        "files": len(report.files),
        "pages": len(pages),
        "sentences": sum(len(page.sentences) for page in pages),
        "texts": sum(len(page.texts) for page in pages),
        "figures": sum(len(page.figures) for page in pages),
        "tables": sum(len(page.tables) for page in pages),
    }
    return {kind: number for kind, number in found.items() if number}
