"""Pages without holes. A figure or table that does not fit leaves a page half empty; then it is
made a little smaller, or the text flows on around it.

Each chapter begins a page, so each is laid out on its own until its pages are full. What filled them
once is tried first the next time: one layout in place of many.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bs4 import Tag

from assessment.book.pdf.layout.page_changes import (
    MOST_EMPTY,
    PageChange,
    begins_next,
    changes,
    units_of,
)
from assessment.book.pdf.layout.page_layout import LaidOutChapter, LaidOutPage, PageSetter
from assessment.book.pdf.layout.tag_reading import classes, set_classes

WORTH_A_PAGE = 0.2  # a chapter's last page should hold more than this


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
    be had; returns its last layout, that of the chapter as it then is, and what was done.

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
    set_now = _fill(chapter, setting, full_width, done)
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


def _fill(chapter: Tag, setting: PageSetter, full_width: float, done: PageFill) -> LaidOutChapter:
    set_now, left = setting.chapter(chapter), set()

    def hole(found: list[LaidOutPage]) -> int:
        return next(
            (n for n, page in enumerate(found[:-1]) if page.empty > MOST_EMPTY and n not in left),
            len(found),
        )

    def height_of(name: str) -> float:
        return sum(
            page.parts[name][1] - page.parts[name][0]
            for page in set_now.pages
            if name in page.parts
        )

    while (now := hole(set_now.pages)) < len(set_now):
        here, after = set_now.pages[now : now + 2]
        cause = begins_next(chapter, here, after) or ""
        if cause in done.left:
            left.add(now)
            continue
        for change in changes(chapter, here, after, height_of):
            undo = change.apply(units_of(chapter), full_width)
            assert undo is not None  # the units are those of the chapter
            tried = setting.chapter(chapter)
            if hole(tried.pages) > now:
                set_now = tried
                done.changes.append(change)
                break
            undo()
        else:
            left.add(now)
            done.left.append(cause)
    return set_now
