"""Pages without holes. A figure or table that does not fit leaves a page half empty; then it is
made a little smaller, or the text flows on around it.

Each chapter begins a page, so each is laid out on its own until its pages are full.
"""

from __future__ import annotations

from bs4 import Tag

from assessment.book.pdf.layout.page_changes import MOST_EMPTY, changes
from assessment.book.pdf.layout.page_layout import LaidOutChapter, LaidOutPage, PageSetter
from assessment.book.pdf.layout.tag_reading import classes, set_classes

WORTH_A_PAGE = 0.2  # a chapter's last page should hold more than this


def fill_pages(chapter: Tag, setting: PageSetter, full_width: float) -> LaidOutChapter:
    """Changes a chapter so that none of its pages stays emptier than MOST_EMPTY, as far as that can
    be had; returns its last layout, that of the chapter as it then is.

    ``full_width``: of a chart that is as wide as the page.
    """
    labels_into_headings(chapter)
    for section in (chapter, *chapter.find_all("section")):
        for number, unit in enumerate(section.find_all(recursive=False)):
            if unit.name != "section":
                unit["data-unit"] = f"{section.get('id')} {number}"
    set_now = _fill(chapter, setting, full_width)
    # closer lines may spare the page
    if len(set_now) > 1 and set_now.pages[-1].empty > 1 - WORTH_A_PAGE:
        as_it_was = classes(chapter)
        set_classes(chapter, [*as_it_was, "tight"])
        tried = setting.chapter(chapter)
        if len(tried) < len(set_now) and all(
            page.empty < 1.4 * MOST_EMPTY for page in tried.pages[:-1]
        ):
            set_now = tried
        else:
            set_classes(chapter, as_it_was)
    for unit in chapter.select("[data-unit]"):
        del unit["data-unit"]
    return set_now


def labels_into_headings(chapter: Tag) -> None:
    """Labels in front of a heading, empty marks that links lead to, stand within it: nothing may come
    between a heading and what it follows.
    """
    for heading in chapter.find_all(("h1", "h2", "h3", "h4")):
        while (mark := heading.find_previous_sibling()) is not None and mark.name == "span":
            if mark.get_text(strip=True) or not mark.get("id"):
                break
            heading.insert(0, mark.extract())


def _fill(chapter: Tag, setting: PageSetter, full_width: float) -> LaidOutChapter:
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
        for change in changes(chapter, here, after, height_of, full_width):
            undo = change()
            tried = setting.chapter(chapter)
            if hole(tried.pages) > now:
                set_now = tried
                break
            undo()
        else:
            left.add(now)
    return set_now
