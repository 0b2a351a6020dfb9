"""Reads a PDF as WeasyPrint writes it, quickly: pieces of text with place, size and mark, and the
tag tree. pypdf's own extraction takes a minute for this book.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject


@dataclass
class Piece:
    """Text drawn at once: where it begins and ends from the page's lower left corner, its size, all
    in points; ``mark``: number of its marked content, None outside any.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    font: str
    mark: int | None


@dataclass
class Font:
    name: str
    letters: dict[int, str]
    widths: dict[int, float]


def _font(entry) -> Font:
    letters = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", entry["/ToUnicode"].get_data(), re.S):
        letters |= {
            int(a, 16): bytes.fromhex(b.decode()).decode("utf-16-be")
            for a, b in re.findall(rb"<(\w+)>\s*<(\w+)>", block)
        }
    listed, widths = list(entry["/DescendantFonts"][0].get_object()["/W"]), {}
    while listed:
        first, more = listed.pop(0), listed.pop(0)
        widths |= (
            {int(first) + i: float(w) for i, w in enumerate(more)}
            if isinstance(more, ArrayObject)
            else {g: float(listed[0]) for g in range(int(first), int(more) + 1)}
        )
        if not isinstance(more, ArrayObject):
            listed.pop(0)
    return Font(entry["/BaseFont"].partition("+")[2], letters, widths)


def _times(a, b):
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def pieces(page, fonts: dict[str, Font]) -> list[Piece]:
    """Every piece of text of a page, in the order in which it is drawn. ``fonts`` keeps what was
    read of them.
    """
    for name, entry in page["/Resources"]["/Font"].items():
        if name not in fonts:
            fonts[name] = _font(entry.get_object())
    found, marks, stack, matrix, place, font, size = (
        [],
        [],
        [],
        (1, 0, 0, 1, 0, 0),
        (1, 0, 0, 1, 0, 0),
        "",
        0.0,
    )
    last = ""
    for line in page.get_contents().get_data().decode("latin-1").split("\n"):
        if line == "q":
            stack.append(matrix)
        elif line == "Q":
            matrix = stack.pop()
        elif line.endswith(" cm"):
            matrix = _times(tuple(map(float, line.split()[:6])), matrix)
        elif line.endswith(" Tm"):
            place = tuple(map(float, line.split()[:6]))
        elif line.endswith(" Tf"):
            font, size = line.split()[0], float(line.split()[1])
        elif line.endswith(" TJ"):
            glyphs = [
                int(code, 16)
                for run in re.findall(r"<(\w+)>", line)
                for code in re.findall("....", run)
            ]
            shifts = sum(map(float, re.findall(r">(-?[\d.]+)", line)))
            to = _times(place, matrix)
            scale = (to[0] ** 2 + to[1] ** 2) ** 0.5
            width = (sum(fonts[font].widths.get(g, 0.0) for g in glyphs) - shifts) / 1000 * size
            found.append(
                Piece(
                    "".join(fonts[font].letters.get(g, "\ufffd") for g in glyphs),
                    to[4],
                    to[4] + width * to[0],
                    to[5],
                    size * scale,
                    fonts[font].name,
                    next((m for m in reversed(marks) if m is not None), None),
                )
            )
            place = _times((1, 0, 0, 1, width, 0), place)
        elif line in ("BDC", "BMC"):
            number = re.search(r"/MCID (\d+)", last)
            marks.append(int(number[1]) if number else None)
        elif line == "EMC":
            marks.pop()
        last = line
    return found


@dataclass
class Tag:
    """An element of the tag tree: its kind, attributes as written, children, and the text marked as
    its own.
    """

    kind: str
    entry: DictionaryObject
    children: list[Tag] = field(default_factory=list)
    own: str = ""

    def all(self):
        """This element and everything below, in reading order."""
        yield self
        for child in self.children:
            yield from child.all()

    def text(self) -> str:
        return "".join(tag.own for tag in self.all())


class Printed:
    """A PDF read once: ``pages`` (pieces of each), ``tree`` (the root of its tags), ``reader``
    (pypdf's).
    """

    def __init__(self, path):
        self.reader, fonts = PdfReader(path), {}
        self.pages = [pieces(page, fonts) for page in self.reader.pages]
        self._number = {
            page.indirect_reference.idnum: n for n, page in enumerate(self.reader.pages)
        }
        self._marked: dict[tuple[int, int], str] = {}
        for n, page in enumerate(self.pages):
            for piece in page:
                if piece.mark is not None:
                    self._marked[n, piece.mark] = self._marked.get((n, piece.mark), "") + piece.text
        self.tree = self._tag(
            self.reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object(), None
        )

    def _tag(self, entry, page) -> Tag:
        page = self._number[entry.raw_get("/Pg").idnum] if "/Pg" in entry else page
        tag = Tag(entry["/S"], entry)
        for kid in entry.get("/K", []):
            kid = kid.get_object()
            if isinstance(kid, int):
                tag.own += self._marked.get((page, kid), "")
            elif kid.get("/Type") != "/OBJR":
                tag.children.append(self._tag(kid, page))
        return tag


@lru_cache(maxsize=2)
def read_pdf(path: Path) -> Printed:
    """The PDF, read once for all tests of a process."""
    return Printed(path)


def squeezed(text: str) -> str:
    """Without spaces, hyphens and capitals, which setting changes."""
    return re.sub(r"[\s\u00ad-]", "", text).casefold()


def bookmarks(printed, level: int = 99) -> list[tuple[str, int]]:
    """Titles and pages (from 1) of the bookmarks down to a level."""

    def walk(items, depth):
        for item in items:
            if isinstance(item, list):
                yield from walk(item, depth + 1) if depth < level else ()
            else:
                yield item.title, printed.reader.get_destination_page_number(item) + 1

    return list(walk(printed.reader.outline, 1))
