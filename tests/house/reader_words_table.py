"""``python tests/house/reader_words_table.py`` rewrites reader_words.csv: how many strings for readers
each file still has outside the translator.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
from reader_words import Words, untranslated

PACKAGE = Path(__file__).parents[2] / "code" / "assessment"
TABLE = Path(__file__).with_name("reader_words.csv")
# Rooms whose strings readers see, and what in them speaks to whoever builds the book instead.
ROOMS = ("presentation", "pages", "book")
FOR_KEEPERS = (
    "book/attribution/attribution_command.py",
    "book/build.py",
    "book/building/",
    "book/check_book.py",
    "book/comparison/",
    "book/edited_facts.py",
    "book/editions/",
    "book/expected.py",
    "book/page_anchors.py",
    "book/page_contents.py",
    "book/chapters/cell_reports.py",
    "book/chapters/chapter_results.py",
    "book/chapters/chapter_runs.py",
    "book/live/",
    "book/named_in_pages.py",
    "book/new_book/",
    "book/lab/prepare_results.py",
    "book/page_prose.py",
    "book/pdf/joining/",
    "book/pdf/layout/",
    "book/publishing/",
    "book/security/",
    "book/site/machine_files.py",
    "book/site/structured_data.py",
    "book/typed_in_book.py",
    "presentation/language.py",
)


def read_files() -> list[Path]:
    """Every file of the package that holds words for readers."""
    found = (path for room in ROOMS for path in sorted((PACKAGE / room).rglob("*.py")))
    return [p for p in found if not p.relative_to(PACKAGE).as_posix().startswith(FOR_KEEPERS)]


def outside() -> dict[str, list[Words]]:
    """The strings for readers outside _() by file; files without any are left out."""
    found = {
        p.relative_to(PACKAGE).as_posix(): list(untranslated(p, PACKAGE)) for p in read_files()
    }
    return {name: words for name, words in found.items() if words}


def accepted() -> dict[str, int]:
    """How many such strings each file may have."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["file"]: int(row["strings"]) for row in csv.DictReader(file)}


def write_table() -> None:
    """Accepts the strings as they are now."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("file", "strings"))
        writer.writerows((name, len(words)) for name, words in outside().items())


if __name__ == "__main__":
    write_table()
