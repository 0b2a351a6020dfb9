"""Pages without holes. A figure or table that does not fit leaves a page half empty; then it is
made a little smaller, or the text flows on around it.

Each chapter begins a page, so each is laid out on its own until its pages are full. What filled them
once is tried first the next time: one layout in place of many.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from bs4 import Tag

from assessment.book.pdf.layout.page_changes import (
    MOST_EMPTY,
    PageChange,
    begins_next,
    changes,
    units_of,
)
from assessment.book.pdf.layout.page_layout import LaidOutChapter, PageSetter
from assessment.book.pdf.layout.tag_reading import classes, set_classes

WORTH_A_PAGE = 0.2  # a chapter's last page should hold more than this
WORTH_A_CHANGE = 0.12  # of a page: what a change should fill where none fills the page
# By how much the emptiness of all pages may grow when a hole is filled: either way may end better.
GROWTHS = (0.05, math.inf)


@dataclass
class PageFill:
    """What fills the pages of a chapter: ``changes`` in their order; ``left``: units that begin a page
    after one that nothing fills; ``tight``: closer lines, which spare a page, None where not tried.
    """

    changes: list[PageChange] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    tight: bool | None = None


def fill_pages(
    chapter: Tag, setting: PageSetter, full_width: float, known: PageFill | None = None
) -> tuple[LaidOutChapter, PageFill]:
    """Changes a chapter so that none of its pages stays emptier than MOST_EMPTY, as far as that can
    be had, or else less empty; returns its last layout, that of the chapter as it then is, and what was
    done.

    ``full_width``: of a chart that is as wide as the page. ``known``: what filled the pages before.
    """
    labels_into_headings(chapter)
    for section in (chapter, *chapter.find_all("section")):
        for number, unit in enumerate(section.find_all(recursive=False)):
            if unit.name != "section":
                unit["data-unit"] = f"{section.get('id')} {number}"
    known = known or PageFill()
    done = PageFill(left=list(known.left))
    for change in known.changes:
        if change.apply(units_of(chapter), full_width):
            done.changes.append(change)
    as_it_was = classes(chapter)
    if known.tight:
        set_classes(chapter, [*as_it_was, "tight"])
        done.tight = True
    set_now, done = _better_fill(chapter, setting, full_width, done)
    # closer lines may spare the page
    if known.tight is None and len(set_now) > 1 and set_now.pages[-1].empty > 1 - WORTH_A_PAGE:
        set_classes(chapter, [*as_it_was, "tight"])
        tried = setting.chapter(chapter)
        done.tight = len(tried) < len(set_now) and all(
            page.empty < 1.4 * MOST_EMPTY for page in tried.pages[:-1]
        )
        if done.tight:
            set_now = tried
        else:
            set_classes(chapter, as_it_was)
    for unit in chapter.select("[data-unit]"):
        del unit["data-unit"]
    return set_now, done


def labels_into_headings(chapter: Tag) -> None:
    """Labels in front of a heading, empty marks that links lead to, stand within it: nothing may come
    between a heading and what it follows.
    """
    for heading in chapter.find_all(("h1", "h2", "h3", "h4")):
        while (mark := heading.find_previous_sibling()) is not None and mark.name == "span":
            if mark.get_text(strip=True) or not mark.get("id"):
                break
            heading.insert(0, mark.extract())


def _better_fill(
    chapter: Tag, setting: PageSetter, full_width: float, known: PageFill
) -> tuple[LaidOutChapter, PageFill]:
    """The better of the fills that either growth leads to; the first, where it leaves no hole."""
    begun, found = setting.chapter(chapter), []
    for growth in GROWTHS:
        search = _Search(chapter, setting, full_width, begun, known, growth)
        search.run()
        found.append(search)
        search.take_back()
        if _emptiness(search.set_now) == len(search.set_now):
            break
    best = min(found, key=lambda one: _emptiness(one.set_now))
    for change in best.done.changes[len(known.changes) :]:
        change.apply(units_of(chapter), full_width)
    return best.set_now, best.done


class _Search:
    """One search for what fills the pages of a chapter, which begins from a layout."""

    def __init__(
        self,
        chapter: Tag,
        setting: PageSetter,
        full_width: float,
        begun: LaidOutChapter,
        known: PageFill,
        growth: float,
    ):
        self.chapter, self.setting, self.full_width = chapter, setting, full_width
        self.set_now, self.growth = begun, growth
        self.done = PageFill([*known.changes], [*known.left], known.tight)
        self._left: set[int] = set()
        self._undone: list[Callable[[], object]] = []

    def run(self) -> None:
        """Fills hole after hole, or leaves it."""
        while (now := self._hole(self.set_now)) < len(self.set_now):
            cause = self._cause(now)
            if cause in self.done.left or not self._filled(now):
                self._left.add(now)
                cause = self._cause(now)
                self.done.left += [cause] if cause not in self.done.left else []

    def take_back(self) -> None:
        """Leaves the chapter as it was."""
        for undo in self._undone[::-1]:
            undo()

    def _hole(self, found: LaidOutChapter) -> int:
        return next(
            (
                n
                for n, page in enumerate(found.pages[:-1])
                if page.empty > MOST_EMPTY and n not in self._left
            ),
            len(found),
        )

    def _cause(self, now: int) -> str:
        return begins_next(self.chapter, *self.set_now.pages[now : now + 2]) or ""

    def _height_of(self, name: str) -> float:
        parts = [page.parts[name] for page in self.set_now.pages if name in page.parts]
        return sum(bottom - top for top, bottom in parts)

    def _filled(self, now: int) -> bool:
        """Whether a change fills the page; else makes the one that leaves the pages least empty, where
        any is worth it.
        """
        here, after = self.set_now.pages[now : now + 2]
        before = _emptiness(self.set_now)
        better: tuple[float, PageChange] = (before - WORTH_A_CHANGE, PageChange("", ()))
        for change in changes(self.chapter, here, after, self._height_of):
            undo = change.apply(units_of(self.chapter), self.full_width)
            assert undo is not None  # the units are those of the chapter
            tried = self.setting.chapter(self.chapter)
            if self._hole(tried) > now and _emptiness(tried) < before + self.growth:
                self._keep(change, undo, tried)
                return True
            undo()
            if self._hole(tried) >= now and _emptiness(tried) < better[0]:
                better = (_emptiness(tried), change)
        if better[1].kind:
            undo = better[1].apply(units_of(self.chapter), self.full_width)
            assert undo is not None
            self._keep(better[1], undo, self.setting.chapter(self.chapter))
        return self._hole(self.set_now) != now

    def _keep(self, change: PageChange, undo: Callable[[], object], found: LaidOutChapter) -> None:
        self.set_now = found
        self.done.changes.append(change)
        self._undone.append(undo)


def _emptiness(found: LaidOutChapter) -> float:
    """How many pages there are, and more for each that stays emptier than it may: one large hole weighs
    more than two small ones.
    """
    over = (max(0.0, page.empty - MOST_EMPTY) for page in found.pages[:-1])
    return len(found) + sum(4 * one**2 for one in over)
