"""The PDF as a reader and a program see it. Looking at its pages is still needed; what can be
counted is counted here.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from assessment.book.building.build_inputs import pages
from assessment.book.page_prose import LITERAL, SHOWN_CODE
from assessment.book.site.version import BRIEF_ON_SITE, PDF_ON_SITE, version
from assessment.evidence import ROOT, load_facts
from assessment.presentation import numbers, words

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
from pdf_reading import Printed, bookmarks, read_pdf, squeezed

MILLIMETRE = 72 / 25.4


SIDE, TOP, FOOT = 22 * MILLIMETRE, 24 * MILLIMETRE, 22 * MILLIMETRE  # margins of pdf.css


@pytest.fixture(scope="module")
def printed(site) -> Printed:
    return read_pdf(site / PDF_ON_SITE)


@pytest.fixture(scope="module")
def text(printed) -> str:
    return re.sub(r"\s+", " ", " ".join(piece.text for page in printed.pages for piece in page))


def contents_pages(printed) -> list[int]:
    """The pages (from 0) of the contents: between the summary and the chapter that follows it."""
    begin = next(
        number
        for number, page in enumerate(printed.pages)
        if any(piece.text.strip() == "Contents" and piece.size > 14 for piece in page)
    )
    return list(range(begin, bookmarks(printed, 1)[1][1] - 1))


def test_cover_and_every_page_carry_the_version(printed):
    for page in printed.pages:
        assert version().commit in "".join(piece.text for piece in page)


def test_cover_has_the_answers_and_the_status_of_the_case(printed, site):
    cover, front = (
        squeezed("".join(p.text for p in printed.pages[0])),
        BeautifulSoup((site / "index.html").read_text(encoding="utf-8"), "html.parser"),
    )
    rubrics = [squeezed(r.get_text()) for r in front.select(".first-screen .rubric")]
    assert len(rubrics) >= 2 and all(r in cover for r in rubrics)
    assert squeezed("No address of the living version is set") in cover


def test_the_findings_follow_the_cover(printed):
    second = squeezed("".join(p.text for p in printed.pages[1]))
    assert squeezed("How sure, and why") in second and bookmarks(printed, 1)[0][1] == 2
    fact = load_facts()["cabinet.pfs.pnet.hazard_ratio"]
    assert squeezed(numbers.fact_value(fact)) in second
    assert contents_pages(printed)[0] <= 3  # two pages of summary at most


def test_every_chapter_is_there_and_bookmarked(printed, site):
    shown = [title for title, _ in bookmarks(printed, 1)]
    # all of the front page is on the cover
    assert len(shown) == len(pages(ROOT)) - 1
    for name in pages(ROOT)[1:]:
        heading = re.search(r"<h1>(.*?)</h1>", (site / name).read_text(encoding="utf-8"), re.S)[1]
        assert BeautifulSoup(heading, "html.parser").get_text().removesuffix("#").strip() in shown


def test_contents_take_three_pages_at_most_and_name_the_right_pages(printed):
    assert 1 <= len(contents_pages(printed)) <= 3
    listed = squeezed(
        "".join(piece.text for n in contents_pages(printed) for piece in printed.pages[n])
    )
    for title, page in bookmarks(printed, 1):
        assert re.search(rf"{re.escape(squeezed(title))}\.+{page}(?!\d)", listed), (
            f"{title} is on page {page}"
        )


MOST_EMPTY = 0.7  # of a page: where a figure as high as a page follows a few lines


def test_no_page_is_left_empty(printed):
    last = {page - 1 for _, page in bookmarks(printed, 1)} | {len(printed.pages)}
    last.add(contents_pages(printed)[0])  # the last page of the summary
    height = float(printed.reader.pages[0].mediabox.height) - TOP - FOOT
    empty = {}
    for number, page in enumerate(printed.pages, 1):
        lowest = min(
            (
                piece.y
                for piece in page
                if FOOT - 1 < piece.y < height + FOOT and piece.text.strip()
            ),
            default=height + FOOT,
        )
        if number not in last and number > 1 and lowest - FOOT > MOST_EMPTY * height:
            empty[number] = f"{(lowest - FOOT) / height:.0%}"
    assert not empty


def test_nothing_runs_over_the_margins(printed):
    right = float(printed.reader.pages[0].mediabox.width) - SIDE
    over = [
        (number, piece.text)
        for number, page in enumerate(printed.pages, 1)
        for piece in page
        if piece.text.strip()
        and (
            piece.left < SIDE - 3
            or piece.right - 0.3 * piece.size * piece.text.endswith(" ") > right + 1.5
        )
    ]
    assert not over


def test_letters_are_large_enough_and_all_in_the_books_fonts(printed):
    small = [
        (number, piece.text, round(piece.size, 1))
        for number, page in enumerate(printed.pages, 1)
        for piece in page
        if re.search(r"\w", piece.text) and piece.size < 6.9
    ]
    assert not small
    drawn = Counter(piece.font.partition("-")[0] for page in printed.pages for piece in page)
    assert set(drawn) == {"Vurdering"}, (
        "another font steps in where the book's own has no such letter"
    )
    assert not [piece.text for page in printed.pages for piece in page if "\ufffd" in piece.text]


def test_tagged_titled_and_no_standard_claimed(printed, site):
    catalogue = printed.reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"] and catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "Cabozantinib" in printed.reader.metadata.title
    data = (site / PDF_ON_SITE).read_bytes()
    assert (
        b"CC BY 4.0" in catalogue["/Metadata"].get_data()
        and "/OutputIntents" not in catalogue
        and b"pdfuaid" not in data
        and b"pdfaid" not in data
    )


def test_numbers_keep_their_norwegian_letters_and_sources(text):
    fact = load_facts()["cabinet.pfs.pnet.hazard_ratio"]
    assert (
        numbers.fact_value(fact) in text
        and "Preliminær PICO" in text
        and "skjoldbruskkjertelen" in text
    )
    assert re.search(r"\d %?[ ●○△◆≠]+\[ ?\d+ ?\]", text), (
        "a fact in prose is followed by its citation"
    )


def test_charts_are_vectors(printed):
    drawn = {
        name: entry.get_object()["/Subtype"]
        for page in printed.reader.pages
        for name, entry in page["/Resources"]["/XObject"].items()
    }
    assert set(drawn.values()) <= {"/Form"}


def test_nothing_of_the_site_is_left_in_print(text):
    """But for what guides show as it is typed."""
    sources = [
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "chapters").glob("*.md"))
    ]
    shown = [m[0] for page in sources for one in (SHOWN_CODE, LITERAL) for m in one.finditer(page)]
    for word in (
        "{fact}",
        "{glue",
        "VBox(",
        "Show code",
        "from assessment",
        words.FIGURE_LINK["link"],
        "Traceback",
        "Warning:",
        "<Figure",
        "site-packages",
    ):
        assert text.count(word) <= sum(code.count(word) for code in shown), word


def test_links_lead_somewhere(printed):
    there, inside, outside = printed.reader.named_destinations, [], []
    for page in printed.reader.pages:
        for link in (a.get_object() for a in page.get("/Annots", [])):
            inside += [str(link["/Dest"])] if "/Dest" in link else []
            outside += [str(link["/A"]["/URI"])] if "/URI" in link.get("/A", {}) else []
    assert len(inside) > 1000 and set(inside) <= set(there)
    assert outside and all(re.match("https?://|mailto:", address) for address in outside)


def test_small_enough_to_send(site):
    assert (site / PDF_ON_SITE).stat().st_size < 5_000_000
    assert (site / BRIEF_ON_SITE).stat().st_size < 1_000_000
