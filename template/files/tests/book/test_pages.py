"""The data are in order, and every page is built and says what it waits for."""

import pytest

from assessment.book.building.build_inputs import pages
from assessment.book.chapters.waiting_sections import waiting
from assessment.book.page_contents import page_files
from assessment.evidence import ROOT
from assessment.evidence.checking import check


def test_everything_in_data_is_in_order():
    assert check()[0].startswith("sources: ")


@pytest.mark.parametrize("page", pages(ROOT))
def test_a_page_is_built_and_tells_each_section_that_waits(site, page):
    html = (site / page).read_text(encoding="utf-8")
    name = page.rpartition("/")[2].removesuffix(".html")
    text = page_files()[name].read_text(encoding="utf-8")
    assert html.count("This section waits for facts") == len(waiting(text))
