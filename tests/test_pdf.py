"""The PDF as a reader and a program see it."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from assessment.book.build import pages
from assessment.book.version import PDF_ON_SITE, version
from assessment.evidence import ROOT, load_facts
from assessment.presentation import numbers


@pytest.fixture(scope="module")
def pdf(site):
    return PdfReader(site / PDF_ON_SITE)


@pytest.fixture(scope="module")
def text(pdf):
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))


def titles(items) -> list[str]:
    return [title for item in items for title in (titles(item) if isinstance(item, list) else [item.title])]


def test_cover_and_every_page_carry_the_version(pdf):
    assert version().commit in pdf.pages[0].extract_text()
    assert all(version().commit in page.extract_text() for page in pdf.pages[1:])


def test_every_chapter_is_there_and_bookmarked(pdf, site):
    shown = titles(pdf.outline)
    for name in pages(ROOT):
        heading = BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser").select_one("article section > h1")
        assert heading.get_text().removesuffix("#").strip() in shown


def test_contents_link_to_pages(pdf):
    links = [a for page in pdf.pages[1:4] for a in page.get("/Annots", []) or []]
    assert len(links) >= len(pages(ROOT))


def test_numbers_keep_their_norwegian_letters_and_sources(text):
    fact = load_facts()["cabinet.pfs.pnet.hazard_ratio"]
    assert numbers.fact_value(fact) in text and "Preliminær PICO" in text and "skjoldbruskkjertelen" in text
    assert re.search(r"0\.23 \(0\.12–0\.42\)\S* ?\[\d+\]", text), "a fact in prose is followed by its citation"


def test_charts_are_vectors(pdf):
    # Every object of the file is looked at once; asking page by page parses each page's drawing.
    kinds = [found.get("/Subtype") for number in range(1, len(pdf.xref_objStm) + sum(map(len, pdf.xref.values())) + 1)
             if isinstance(found := pdf.get_object(number), dict)]
    assert len(kinds) > 100 and "/Image" not in kinds


def test_nothing_of_the_site_is_left_in_print(text):
    for word in ("{fact}", "{glue", "VBox(", "Show code", "from assessment", "Download as CSV"):
        assert word not in text


def test_tagged_with_language_and_title(pdf):
    catalogue = pdf.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"] and catalogue["/Lang"] == "en-GB" and "/StructTreeRoot" in catalogue
    assert "Cabozantinib" in pdf.metadata.title


def test_small_enough_to_send(site):
    assert (site / PDF_ON_SITE).stat().st_size < 5_000_000
