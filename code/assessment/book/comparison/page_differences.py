"""What differs on each page: its sentences, the texts its cells give, its figures and tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from assessment.book.comparison.reading.book_states import BookState
from assessment.book.comparison.reading.filled_prose import (
    Change,
    changed_sentences,
    sentences,
    title_of,
)
from assessment.book.comparison.reading.table_rows import TableChange, compared, read
from assessment.evidence import FactSet

NEW, GONE, CHANGED = "new", "gone", "changed"
ALT, NOTE, DRAWN = "alt", "note", ("drawn_wide", "drawn_narrow")


@dataclass(frozen=True)
class BlockDifference:
    """A figure or table that is new, gone or changed. ``words``: its text alternative and note where
    they differ; ``redrawn``: the drawing differs; ``table``: its numbers.
    """

    name: str
    state: str
    table: TableChange
    words: tuple[Change, ...] = ()
    redrawn: bool = False


@dataclass(frozen=True)
class PageDifference:
    """What differs on one page. ``texts``: (glue key, before, after) of those its sentences hold."""

    name: str
    title: str
    state: str
    sentences: tuple[Change, ...] = ()
    texts: tuple[tuple[str, str, str], ...] = ()
    figures: tuple[BlockDifference, ...] = ()
    tables: tuple[BlockDifference, ...] = ()

    @property
    def address(self) -> str:
        """The page below the site's folder."""
        return "index.html" if self.name == "index" else f"chapters/{self.name}.html"

    def __bool__(self) -> bool:
        found = self.sentences or self.texts or self.figures or self.tables
        return bool(found or self.state != CHANGED)


def page_differences(
    before: BookState, after: BookState, facts: tuple[FactSet | None, FactSet | None]
) -> list[PageDifference]:
    """Every page that differs, in the order of the table of contents; ``facts``: of both states.

    Where one of them holds no accepted results, only sentences are compared, without the numbers in
    them.
    """
    old, new = before.pages(), after.pages()
    filled = facts if None not in facts else (None, None)
    found = []
    for name in dict.fromkeys((*new, *old)):
        state = GONE if name not in new else NEW if name not in old else CHANGED
        both = bool(before.shown and after.shown)
        glued = [one.texts(name) if both else {} for one in (before, after)]
        said = [
            sentences(pages.get(name, ""), texts, known)
            for pages, texts, known in zip((old, new), glued, filled)
        ]
        page = PageDifference(
            name,
            title_of(new.get(name) or old[name]) or name,
            state,
            tuple(changed_sentences(*said)),
            tuple(_changed_texts(glued[0], glued[1], before.written(name) | after.written(name))),
            tuple(_figures(name, before.shown, after.shown)) if both else (),
            tuple(_tables(name, before.shown, after.shown)) if both else (),
        )
        if page:
            found.append(page)
    return found


def _changed_texts(
    old: dict[str, str], new: dict[str, str], written: set[str]
) -> Iterator[tuple[str, str, str]]:
    """Of the texts that the page writes; a cell may glue more of them."""
    for key in dict.fromkeys((*new, *old)):
        if key in written and old.get(key) != new.get(key):
            yield key, old.get(key, ""), new.get(key, "")


def _rows(shown: dict[str, str], page: str) -> dict[str, dict[str, str]]:
    """The figures of a page by name: words and fingerprints of the drawings."""
    rows = csv.DictReader(io.StringIO(shown.get(f"figures/{page}.csv", "")))
    return {row["figure"]: row for row in rows}


def _state(before: object, after: object) -> str:
    return NEW if before is None else GONE if after is None else CHANGED


def _figures(page: str, old: dict[str, str], new: dict[str, str]) -> Iterator[BlockDifference]:
    before, after = _rows(old, page), _rows(new, page)
    for name in dict.fromkeys((*after, *before)):
        one, other = before.get(name), after.get(name)
        path = f"figures/{page}/{name}.csv"
        table = compared(old.get(path, ""), new.get(path, ""))
        words = [((one or {}).get(what, ""), (other or {}).get(what, "")) for what in (ALT, NOTE)]
        if one != other or table:
            redrawn = bool(one and other and any(one[w] != other[w] for w in DRAWN))
            differ = tuple(pair for pair in words if pair[0] != pair[1])
            yield BlockDifference(name, _state(one, other), table, differ, redrawn)


def _tables(page: str, old: dict[str, str], new: dict[str, str]) -> Iterator[BlockDifference]:
    """Tables bear no names: those that differ are paired by their columns, then by their place."""
    start = f"tables/{page}/"
    before, after = (
        [text for path, text in sorted(shown.items()) if path.startswith(start)]
        for shown in (old, new)
    )
    for place, one, other in _paired_tables(before, after):
        table = compared(one or "", other or "")
        yield BlockDifference(f"table {place}", _state(one, other), table)


def _paired_tables(old: list[str], new: list[str]) -> Iterator[tuple[int, str | None, str | None]]:
    """(place on the page, before, after) of tables that differ."""
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        left = list(range(a, b))
        for place in range(c, d):
            same = [n for n in left if read(old[n])[0] == read(new[place])[0]]
            if b - a == d - c and not same:
                same = [n for n in left if n - a == place - c]
            if same:
                left.remove(same[0])
            yield place + 1, old[same[0]] if same else None, new[place]
        for number in left:
            yield number + 1, old[number], None
