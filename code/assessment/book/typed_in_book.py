"""Statistics typed in the book's words, told so that whoever typed them knows what to do instead."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assessment.book.code_prose import code_prose
from assessment.book.page_prose import NUMERAL, typed_numbers, typed_numbers_by_line
from assessment.evidence import ROOT, DataError, load_facts
from assessment.evidence.paths import PACKAGE

ALLOWED = Path("tests") / "allowed_numbers.csv"
ROOMS_WITH_WORDS = ("pages", "presentation", "book")
# strings that are style and script of a report for builders, an address, operators of a font
PROGRAMS = ("html_parts.py", "live_server.py", "shared_fonts.py")
FACTS_NAMED = 3


@dataclass(frozen=True)
class TypedNumber:
    """``file`` below the book's folder and ``line`` counted from 1; ``in_code``: in a string of the
    program, not in a page.
    """

    file: str
    line: int
    number: str
    in_code: bool = False

    def told(self, ids: Callable[[str], list[str]] | None = None) -> str:
        """A sentence for whoever typed it; ``ids`` gives the facts that hold a number."""
        place = f"{self.file}, line {self.line}: the number {self.number} is typed in the text"
        if self.in_code:
            return (
                f"{place} of the program, so it would stay as it is when the data change. Next step:"
                " give it a named place such as {share} and fill it from a fact or a result; if it is"
                f" part of a name or a definition, add it with its reason to {ALLOWED.as_posix()}."
            )
        same = ids(self.number) if ids else []
        example = same[0] if same else "id.of.the.fact"
        found = f" (facts with this value: {', '.join(same)})" if same else ""
        return (
            f"{place}, so it would stay as it is when the data change. Next step: write"
            f" {{fact}}`{example}` in its place{found}, or {{glue:text}} with the name of a result; if"
            f" it is part of a name or a definition, add it with its reason to {ALLOWED.as_posix()}."
        )


def allowed_patterns(root: Path = ROOT) -> list[tuple[str, str]]:
    """(pattern, reason) of what may be typed; nothing where the book has no such list."""
    if not (root / ALLOWED).exists():
        return []
    with (root / ALLOWED).open(encoding="utf-8", newline="") as file:
        return [(row["pattern"], row["reason"]) for row in csv.DictReader(file)]


def typed_in_page(path: Path, root: Path = ROOT) -> list[TypedNumber]:
    """The statistics typed in one page."""
    patterns = [pattern for pattern, _reason in allowed_patterns(root)]
    name = path.relative_to(root).as_posix()
    found = typed_numbers_by_line(path.read_text(encoding="utf-8"), patterns)
    return sorted((TypedNumber(name, *one) for one in found), key=lambda one: one.line)


def typed_in_pages(root: Path = ROOT) -> list[TypedNumber]:
    """The statistics typed in the front page and the chapters, in the order of the files."""
    files = (root / "index.md", *sorted((root / "chapters").glob("*.md")))
    return [one for path in files for one in typed_in_page(path, root)]


def files_with_words(root: Path = ROOT) -> list[Path]:
    """The files of the program that hold words for readers."""
    package = root / PACKAGE.relative_to(ROOT)
    found = (path for room in ROOMS_WITH_WORDS for path in (package / room).rglob("*.py"))
    return sorted(path for path in found if path.name not in PROGRAMS)


def typed_in_code(root: Path = ROOT) -> Iterator[TypedNumber]:
    """The statistics typed in strings of the program that readers may see."""
    patterns = [pattern for pattern, _reason in allowed_patterns(root)]
    for path in files_with_words(root):
        if not re.search(r"\d", path.read_text(encoding="utf-8")):
            continue
        for line, text in code_prose(path):
            if NUMERAL.search(text):
                name = path.relative_to(root).as_posix()
                for number in typed_numbers(text, patterns):
                    yield TypedNumber(name, line, number.strip(" .,\n"), in_code=True)


def facts_with(number: str) -> list[str]:
    """Ids of the facts that print this number: none where they are too many to be of help, or while
    the data are at fault.
    """
    wanted = number.strip(" %.,\u202f")
    try:
        facts = load_facts().unread()
    except DataError:
        return []
    found = [fact.id for fact in facts if fact.printed == wanted]
    return found if len(found) <= FACTS_NAMED else []
