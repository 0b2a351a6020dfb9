"""What can fill a page that stays half empty: a figure made smaller, or text that passes it. Each
change can be taken back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bs4 import Comment, Tag

from assessment.book.pdf.layout.page_layout import LaidOutPage
from assessment.book.pdf.layout.tag_reading import attribute, classes, set_classes

MOST_EMPTY = 0.22  # of a page, unless a chapter ends on it
SMALLEST = 0.87  # of a chart's full size: its smallest letters are then 7 points high
GAP = 16  # pixels between two units, about
MOST_PASSED = 6  # paragraphs that may pass a figure
WORTH_PASSING = 0.12  # of a page: what passes a figure at the least, where that does not fill it


SMALLER, BEFORE, AFTER, BREAKABLE = "smaller", "before", "after", "breakable"


@dataclass(frozen=True)
class PageChange:
    """One change of a chapter: ``kind`` is SMALLER (charts of ``units`` to ``share`` of their size), BEFORE
    or AFTER (``units`` moved there from ``place``), or BREAKABLE. Units go by their ``data-unit``.
    """

    kind: str
    units: tuple[str, ...]
    place: str = ""
    share: float = 1.0

    def apply(self, units: Mapping[str, Tag], full_width: float) -> Callable[[], object] | None:
        """Makes the change; returns what takes it back, None where the chapter has no such units.

        ``full_width``: of a chart that is as wide as the page.
        """
        if any(name not in units for name in (*self.units, *filter(None, [self.place]))):
            return None
        tags = [units[name] for name in self.units]
        if self.kind == SMALLER:
            return _shrink(tags, self.share, full_width)
        if self.kind == BREAKABLE:
            return _let_break(tags[0])
        insert = Tag.insert_before if self.kind == BEFORE else Tag.insert_after
        return _move(tags, units[self.place], insert)


def units_of(chapter: Tag) -> dict[str, Tag]:
    """The units of a chapter by name, in their order."""
    return {attribute(unit, "data-unit"): unit for unit in chapter.select("[data-unit]")}


def _is_heading(unit: Tag) -> bool:
    return re.fullmatch("h[1-6]", unit.name) is not None


def _has_chart(unit: Tag) -> bool:
    return unit.select_one(".drawing") is not None


def changes(
    chapter: Tag,
    here: LaidOutPage,
    after: LaidOutPage,
    height_of: Callable[[str], float],
) -> Iterator[PageChange]:
    """What could fill the page ``here``, or a good part of it, mildest first."""
    units, cause = units_of(chapter), begins_next(chapter, here, after)
    names = list(units)
    if cause is None:
        return
    if not _has_chart(units[cause]):
        if units[cause].name not in ("p", "ul", "ol"):  # those break anyway
            yield PageChange(BREAKABLE, (cause,))
        return
    missing = after.parts[cause][1] - min(top for top, _ in after.parts.values()) + GAP - here.free
    for group in ([cause], [name for name in here.parts if name in here.drawn] + [cause]):
        drawn = sum(here.drawn.get(name, 0.0) + after.drawn.get(name, 0.0) for name in group)
        if drawn and _may_shrink([units[name] for name in group], 1 - missing / drawn):
            yield PageChange(SMALLER, tuple(group), share=1 - missing / drawn)
    place = names.index(cause)
    run = [cause]
    for name in names[place + 1 :]:
        if not _has_chart(units[name]):
            break
        run.append(name)
    yield from _moves(units, names, place, run, here, missing, height_of)
    # the page before takes a part of it, and the figure fits
    opening = next(iter(here.parts), cause)
    if opening != cause and units[opening].select_one("table.short") is not None:
        yield PageChange(BREAKABLE, (opening,))


def begins_next(chapter: Tag, here: LaidOutPage, after: LaidOutPage) -> str | None:
    """The first unit of the page ``after`` that is no heading and did not fit on ``here``."""
    return next(
        (
            name
            for name, unit in units_of(chapter).items()
            if name in after.parts and name not in here.parts and not _is_heading(unit)
        ),
        None,
    )


def _moves(
    units: dict[str, Tag],
    names: list[str],
    place: int,
    run: list[str],
    here: LaidOutPage,
    missing: float,
    height_of: Callable,
) -> Iterator[PageChange]:
    """Text that follows the figures passes them; else text before them does, from the same section
    first.
    """
    figures = tuple(run)
    enough = min(here.free - MOST_EMPTY * here.height, WORTH_PASSING * here.height)
    filled = 0.0
    for name in names[place + len(run) :][:MOST_PASSED]:
        if _has_chart(units[name]) or filled > here.free:
            break
        filled += height_of(name) + GAP
        following = names[names.index(name) + 1 :][:1]
        if filled > enough and _apart(units[name], *(units[n] for n in following)):
            yield PageChange(AFTER, figures, name)
    filled = 0.0
    for name in names[max(0, place - MOST_PASSED) : place][::-1]:
        if name not in here.parts and _is_heading(units[name]):  # that of the figure
            continue
        if _has_chart(units[name]) or name not in here.parts:
            break
        filled += height_of(name) + GAP
        above = names.index(name) - 1
        if (
            above >= 0  # nothing stands before a chapter's first unit
            and (filled > missing or name == next(iter(here.parts)))
            and _apart(units[names[above]], units[name])
        ):
            yield PageChange(BEFORE, figures, name)


def _apart(before: Tag, after: Tag | None = None) -> bool:
    """May a figure stand between the two? Not below a heading, nor where the one leads over to the
    other.
    """
    led_over = (
        before.get_text().rstrip().endswith(":")
        or after is not None
        and after.select_one("table") is not None
        and after.select_one("caption") is None
    )
    return not (_is_heading(before) or led_over)


def _pictures(units: Sequence[Tag]) -> list[tuple[Tag, float, str]]:
    """(picture, its scale, its style) of every chart."""
    return [
        (picture, float(attribute(picture, "data-scale")), attribute(picture, "style"))
        for unit in units
        for picture in unit.select(".drawing")
    ]


def _may_shrink(units: Sequence[Tag], share: float) -> bool:
    return SMALLEST <= min(scale for _, scale, _ in _pictures(units)) * share < 1


def _shrink(units: Sequence[Tag], share: float, full_width: float) -> Callable[[], object]:
    pictures = _pictures(units)
    for picture, scale, _ in pictures:
        width = scale * share * float(attribute(picture, "data-width")) / full_width
        picture["data-scale"], picture["style"] = f"{scale * share:.3f}", f"width: {width:.1%}"

    def undo() -> None:
        for picture, scale, style in pictures:
            picture["data-scale"], picture["style"] = f"{scale:.3f}", style

    return undo


def _move(units: Sequence[Tag], place: Tag, insert: Callable) -> Callable[[], object]:
    marks = [Comment("moved") for _ in units]
    for unit, mark in zip(units, marks):
        unit.replace_with(mark)
    insert(place, *units)
    return lambda: [mark.replace_with(unit.extract()) for unit, mark in zip(units, marks)]


def _let_break(unit: Tag) -> Callable[[], object]:
    before = classes(unit)
    set_classes(unit, [*before, "may-break"])
    return lambda: set_classes(unit, before)
