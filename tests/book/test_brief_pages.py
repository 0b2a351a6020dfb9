"""The brief PDF as a reader and a program see it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from assessment.book.pdf.brief import brief_pages
from assessment.book.site.version import BRIEF_ON_SITE, PDF_ON_SITE
from assessment.evidence import ROOT

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
from pdf_reading import Printed, bookmarks, read_pdf, squeezed


@pytest.fixture(scope="module")
def printed(site) -> Printed:
    return read_pdf(site / PDF_ON_SITE)


@pytest.fixture(scope="module")
def brief(site) -> Printed:
    return read_pdf(site / BRIEF_ON_SITE)


def test_the_brief_is_short_and_holds_what_it_lists(brief):
    assert 8 <= len(brief.pages) <= 12
    shown = [title for title, _page in bookmarks(brief, 1)]
    assert len(shown) == len(brief_pages(ROOT))
    cover = squeezed("".join(p.text for p in brief.pages[0]))
    for title, page in bookmarks(brief, 1):
        assert re.search(rf"{re.escape(squeezed(title))}\.+{page}(?!\d)", cover), title


def test_numbers_of_the_brief_are_those_of_the_full_report(brief, printed):
    """Every piece of it stands in the full report, but for its cover and its page numbers."""
    whole = {squeezed(piece.text) for page in printed.pages for piece in page}
    own = [
        squeezed(p.text) for page in brief.pages[1:] for p in page if re.search(r"\d\.\d", p.text)
    ]
    assert own and len([text for text in own if text in whole]) > 0.9 * len(own)


def test_links_of_the_brief_lead_somewhere(brief):
    there = brief.reader.named_destinations
    for page in brief.reader.pages:
        for link in (a.get_object() for a in page.get("/Annots", [])):
            assert "/A" in link or str(link["/Dest"]) in there
