"""What can fill a page that stays half empty: a figure made smaller, or text that passes it. Each
change can be taken back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bs4 import Comment, Tag

from assessment.book.pdf.layout.page_layout import LaidOutPage
from assessment.book.pdf.layout.tag_reading import attribute, classes, set_classes

MOST_EMPTY = 0.22  # of a page, unless a chapter ends on it
SMALLEST = 0.87  # of a chart's full size: its smallest letters are then 7 points high
GAP = 16  # pixels between two units, about
MOST_PASSED = 6  # paragraphs that may pass a figure


def _is_heading(unit: Tag) -> bool:
    return re.fullmatch("h[1-6]", unit.name) is not None


def _has_chart(unit: Tag) -> bool:
    return unit.select_one(".drawing") is not None


def changes(
    chapter: Tag,
    here: LaidOutPage,
    after: LaidOutPage,
    height_of: Callable[[str], float],
    full_width: float,
) -> Iterator[Callable]:
    """What could fill the page ``here``, mildest first. Each is a function that makes the change
    and returns one that takes it back.

    ``full_width``: of a chart that is as wide as the page.
    """
    units = {attribute(unit, "data-unit"): unit for unit in chapter.select("[data-unit]")}
    names = list(units)
    begun = [name for name in names if name in after.parts and name not in here.parts]
    cause = next((name for name in begun if not _is_heading(units[name])), None)
    if cause is None:
        return
    if not _has_chart(units[cause]):
        if units[cause].name not in ("p", "ul", "ol"):  # those break anyway
            yield _breakable(units[cause])
        return
    missing = after.parts[cause][1] - min(top for top, _ in after.parts.values()) + GAP - here.free
    for group in ([cause], [name for name in here.parts if name in here.drawn] + [cause]):
        drawn = sum(here.drawn.get(name, 0.0) + after.drawn.get(name, 0.0) for name in group)
        yield from _smaller([units[name] for name in group], 1 - missing / drawn, full_width)
    place = names.index(cause)
    run = [cause]
    for name in names[place + 1 :]:
        if not _has_chart(units[name]):
            break
        run.append(name)
    yield from _moves(units, names, place, run, here, missing, height_of)


def _moves(
    units: dict[str, Tag],
    names: list[str],
    place: int,
    run: list[str],
    here: LaidOutPage,
    missing: float,
    height_of: Callable,
) -> Iterator[Callable]:
    """Text that follows the figures passes them; else text before them does, from the same section
    first.
    """
    figures, enough = [units[name] for name in run], here.free - MOST_EMPTY * here.height
    filled = 0.0
    for name in names[place + len(run) :][:MOST_PASSED]:
        if _has_chart(units[name]) or filled > here.free:
            break
        filled += height_of(name) + GAP
        following = names[names.index(name) + 1 :][:1]
        if filled > enough and _apart(units[name], *(units[n] for n in following)):
            yield _moved(figures, units[name], Tag.insert_after)
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
            yield _moved(figures, units[name], Tag.insert_before)


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


def _smaller(units: list[Tag], share: float, full_width: float) -> Iterator[Callable]:
    pictures = [
        (picture, float(attribute(picture, "data-scale")), attribute(picture, "style"))
        for unit in units
        for picture in unit.select(".drawing")
    ]
    if not SMALLEST <= min(scale for _, scale, _ in pictures) * share < 1:
        return

    def change() -> Callable:
        for picture, scale, _ in pictures:
            picture["data-scale"], picture["style"] = (
                f"{scale * share:.3f}",
                f"width: {scale * share * float(attribute(picture, 'data-width')) / full_width:.1%}",
            )
        return undo

    def undo() -> None:
        for picture, scale, style in pictures:
            picture["data-scale"], picture["style"] = f"{scale:.3f}", style

    yield change


def _moved(units: list[Tag], place: Tag, insert: Callable) -> Callable:
    def change() -> Callable:
        marks = [Comment("moved") for _ in units]
        for unit, mark in zip(units, marks):
            unit.replace_with(mark)
        insert(place, *units)
        return lambda: [mark.replace_with(unit.extract()) for unit, mark in zip(units, marks)]

    return change


def _breakable(unit: Tag) -> Callable:
    def change() -> Callable:
        before = classes(unit)
        set_classes(unit, [*before, "may-break"])
        return lambda: set_classes(unit, before)

    return change
