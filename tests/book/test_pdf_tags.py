"""The PDF's tag tree: what a screen reader meets, in which order, with which alternatives."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from assessment.book.site.version import PDF_ON_SITE
from assessment.presentation import words

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
from pdf_reading import Printed, bookmarks, read_pdf, squeezed

HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")


@pytest.fixture(scope="module")
def printed(site) -> Printed:
    return read_pdf(site / PDF_ON_SITE)


@pytest.fixture(scope="module")
def tags(printed) -> list:
    return list(printed.tree.all())


@pytest.fixture(scope="module")
def text(printed) -> str:
    return re.sub(r"\s+", " ", " ".join(piece.text for page in printed.pages for piece in page))


@pytest.fixture(scope="module")
def source(site) -> BeautifulSoup:
    """The page that was set."""
    return BeautifulSoup(
        (site.parent / ".made" / "assessmentpdf" / "assessment.html").read_text(encoding="utf-8"),
        "html.parser",
    )


def figures(tags) -> list:
    """The elements that hold a chart with its caption and note, in reading order."""
    return [
        tag
        for tag in tags
        if {"/Caption", "/Figure"}
        <= {below.kind for child in tag.children for below in (child, *child.children)}
        and tag.kind == "/NonStruct"
    ]


def test_figures_stand_with_caption_and_note_in_the_order_of_their_numbers(tags, source):
    found = figures(tags)
    drawn = [tag for tag in tags if tag.kind == "/Figure"]
    assert len(found) == len(drawn) == len(source.select("main img.drawing")) > 50
    noted = 0
    for n, figure in enumerate(found, 1):
        caption = next(tag for tag in figure.all() if tag.kind == "/Caption").text()
        assert re.match(rf"Figure {n}\b", caption), caption
        after = [tag.text() for tag in figure.children if tag.kind == "/P"]
        assert len(after) == 1 and len(after[0]) > 20, f"no note on sources or maker: {caption}"
        noted += any(said in after[0] for said in (words.SOURCE_LINE, words.COMPUTED["by"]))
        assert len({tag.entry.raw_get("/Pg").idnum for tag in figure.all()}) == 1, (
            f"divided between pages: {caption}"
        )
    # the others draw made-up or openly available patients and say so
    assert noted > 0.9 * len(found)


def test_pictures_and_formulas_have_their_alternatives(tags, source):
    alternatives = [
        str(tag.entry.get("/Alt", "")) for tag in tags if tag.kind in ("/Figure", "/Formula")
    ]
    assert all(alternatives)
    assert sorted(map(squeezed, alternatives)) == sorted(
        squeezed(picture["alt"]) for picture in source.select("img")
    )


def test_tables_have_headers_and_every_cell_knows_its_own(tags):
    tables = [tag for tag in tags if tag.kind == "/Table"]
    assert len(tables) > 40
    for table in tables:
        cells = list(table.all())
        headers = {str(cell.entry["/ID"]) for cell in cells if cell.kind == "/TH"}
        assert headers and all(
            cell.entry["/A"]["/Scope"] in ("/Row", "/Column")
            for cell in cells
            if cell.kind == "/TH"
        )
        for cell in cells:
            if cell.kind == "/TD":
                named = {str(h) for h in cell.entry["/A"]["/Headers"]}
                assert named and named <= headers, cell.text()


def test_rows_are_not_left_alone(tags):
    # A table that goes on over the page is several tables in the tag tree, each beginning with the
    # repeated header row.
    alone = [
        table.text()[:60]
        for table, after in zip(tags, tags[1:])
        if table.kind == "/Table" and sum(t.kind == "/TR" for t in table.all()) < 2
    ]
    assert not alone


def test_headings_in_the_tag_tree_are_the_bookmarks(printed, tags):
    assert [squeezed(tag.text()) for tag in tags if tag.kind in HEADINGS] == [
        squeezed(title) for title, _ in bookmarks(printed)
    ]


def test_reading_order_is_that_of_the_page(printed, source):
    def told(tag):
        if tag.kind in ("/P", *HEADINGS):
            yield tag.text()
        elif tag.kind not in ("/Table", "/Figure", "/Formula"):
            for child in tag.children:
                yield from told(child)

    for element in source.select("table, .running-version, .quiet-marks ~ * .status-mark"):
        element.decompose()
    # where the page has the words of a footnote, the sheet has its number
    notes = (
        re.match(r"(\d+)\. \S", tag.text()) for tag in printed.tree.all() if tag.kind == "/Note"
    )
    numbers = [note[1] for note in notes if note]
    for body, number in zip(source.select(".footnote-body"), numbers, strict=True):
        body.string = number
    contents = source.select_one("nav.contents").extract()  # printed after the summary
    after = squeezed(source.find_all("h1")[1].get_text())
    wanted = squeezed(
        "".join(e.get_text() for e in source.body.select("p, h1, h2, h3, h4, h5, h6"))
    )
    read = squeezed("".join(told(printed.tree)))
    name = squeezed(contents.p.get_text())
    assert name + after in read
    read = read.replace(name + after, after, 1)
    differs = next(
        (n for n, (a, b) in enumerate(zip(read, wanted)) if a != b), min(len(read), len(wanted))
    )
    assert read == wanted, (
        f"in tags: {read[differs - 40 : differs + 60]}; on the page:"
        f" {wanted[differs - 40 : differs + 60]}"
    )


def test_language_of_the_document_and_of_its_parts(printed, tags):
    assert printed.reader.trailer["/Root"]["/Lang"] == words.LANGUAGE
    norwegian = squeezed(" ".join(tag.text() for tag in tags if tag.entry.get("/Lang") == "nb"))
    assert (
        "egnethetsvurdering" in norwegian
        and "legemidler" in norwegian
        and "tumour" not in norwegian
    )
