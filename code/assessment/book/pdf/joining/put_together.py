"""One PDF from the PDFs of its parts: pages in order, one tag tree, links that lead from part to part,
bookmarks, each font once, and sheets with stamp and page number laid over the pages.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from pikepdf import (
    Array,
    Dictionary,
    Name,
    Object,
    ObjectStreamMode,
    Page,
    Pdf,
    String,
    settings,
)

from assessment.book.pdf.joining.document_description import Description, describe
from assessment.book.pdf.joining.shared_fonts import Keep, SharedFonts
from assessment.book.pdf.joining.structure_tree import StructureTree

SMALLEST: Final = 9  # the most work that compression may take


class Part:
    """A PDF that becomes a part of another."""

    def __init__(self, content: bytes):
        self.pdf = Pdf.open(io.BytesIO(content))

    def __len__(self) -> int:
        return len(self.pdf.pages)

    def places(self) -> dict[str, int]:
        """The page, from 0, on which each named place stands."""
        number = {page.obj.objgen: n for n, page in enumerate(self.pdf.pages)}
        return {name: number[where[0].objgen] for name, where in _named(self.pdf)}


def put_together(
    parts: list[Part],
    sheets: Part,
    address: str,
    said: Description,
    fonts: Path,
    keep: Keep,
) -> bytes:
    """The joined PDF. A link to a place that no part has leads nowhere.

    ``sheets``: as many pages as all parts have, to be laid over these; the first stays as it is.
    ``address``: begins links from part to part; ``fonts``, ``keep``: see SharedFonts.
    """
    settings.set_flate_compression_level(SMALLEST)
    joined = Pdf.new()
    tree, shared, marks = StructureTree(joined), SharedFonts(joined, fonts, keep), Bookmarks(joined)
    named: dict[str, Object] = {}
    for part in parts:
        first = len(joined.pages)
        for page in part.pdf.pages:
            joined.pages.append(page)
        pages = list(joined.pages)[first:]
        tree.add(joined.copy_foreign(part.pdf.Root.StructTreeRoot), pages)
        shared.add(pages[0].Resources.Font)
        if Name.Outlines in part.pdf.Root:
            marks.add(joined.copy_foreign(part.pdf.Root.Outlines))
        for name, where in _named(part.pdf):
            named.setdefault(name, joined.copy_foreign(part.pdf.make_indirect(where)))
    _link(joined, named, address)
    _lay_over(joined, sheets, shared)
    shared.finish()
    tree.finish()
    marks.finish()
    entries = [e for name in sorted(named, key=str.encode) for e in (String(name), named[name])]
    joined.Root.Names = Dictionary(Dests=joined.make_indirect(Dictionary(Names=Array(entries))))
    describe(joined, said, parts[0].pdf.docinfo.Producer)
    target = io.BytesIO()
    joined.save(
        target,
        min_version="1.7",
        deterministic_id=True,  # same pages, same bytes
        object_stream_mode=ObjectStreamMode.generate,
    )
    return target.getvalue()


class Bookmarks:
    """The bookmarks of a joined PDF: those of its parts, one after another."""

    def __init__(self, pdf: Pdf):
        self._root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
        self._pdf, self._count = pdf, 0
        self._last: Object | None = None

    def add(self, outlines: Object) -> None:
        """Adds the bookmarks of a part, already copied into the joined PDF."""
        mark = outlines.First
        if self._last is None:
            self._root.First = mark
        else:
            self._last.Next, mark.Prev = mark, self._last
        while True:
            mark.Parent = self._root
            if Name.Next not in mark:
                break
            mark = mark.Next
        self._last = self._root.Last = mark
        self._count += int(outlines.Count)

    def finish(self) -> None:
        """Makes them the bookmarks of the joined PDF."""
        if self._last is not None:
            self._root.Count = self._count
            self._pdf.Root.Outlines = self._root


def _named(pdf: Pdf) -> list[tuple[str, Object]]:
    if Name.Names not in pdf.Root:
        return []
    names = list(pdf.Root.Names.Dests.Names)
    return [(str(name), where) for name, where in zip(names[::2], names[1::2])]


def _link(pdf: Pdf, named: dict[str, Object], address: str) -> None:
    """Links to other parts lead to their places."""
    for page in pdf.pages:
        for link in page.get(Name.Annots, ()):
            target = str(link.get(Name.A, Dictionary()).get(Name.URI, ""))
            if target.startswith(address):
                place = unquote(target.removeprefix(address))
                del link[Name.A]
                link.Contents = String(place)
                if place in named:
                    link.Dest = String(place)


def _lay_over(pdf: Pdf, sheets: Part, shared: SharedFonts) -> None:
    """Lays a sheet over each page but the first, as what a screen reader passes over."""
    over = list(sheets.pdf.pages)
    if len(over) != len(pdf.pages):
        raise ValueError(f"{len(over)} sheets for {len(pdf.pages)} pages")
    resources = pdf.copy_foreign(sheets.pdf.make_indirect(over[0].Resources))
    shared.add(resources.Font)
    done = set()
    # what a page sets stays with the page
    begin = pdf.make_stream(b"q")
    for page, sheet in list(zip(pdf.pages, over))[1:]:
        if page.Resources.objgen not in done:
            done.add(page.Resources.objgen)
            _add_resources(page, resources)
        content = b"\n".join(
            (
                b"Q\n/Artifact\n<</Type /Pagination>>\nBDC\nq",
                sheet.Contents.read_bytes(),
                b"Q\nEMC",
            )
        )
        page.Contents = Array([begin, page.Contents, pdf.make_stream(content)])


def _add_resources(page: Page, more: Object) -> None:
    for kind in (Name.ExtGState, Name.Font):
        there = page.Resources[kind]
        for name, entry in more[kind].items():
            if name not in there:
                there[name] = entry
