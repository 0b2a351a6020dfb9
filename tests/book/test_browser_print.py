"""Any single page on paper: the text alone, nothing cut off, light also for a reader of the dark
page.
"""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from assessment.book.building.build_inputs import pages
from assessment.evidence import ROOT

pytestmark = pytest.mark.browser
SOME = ["index.html", "chapters/mechanism.html", "chapters/sources-cabinet.html"]
A4_WIDTH_PX = 794 - 2 * 60  # 210 mm less the margins, at 96 pixels to the inch


# Read on the screen, in the style of print, which leaves out what paper does: on dozens of sheets it costs
# ten times as much to find words.
LONG = ["chapters/sources-cabinet.html"]


def _as_print(tab) -> None:
    tab.emulate_media(media="print", color_scheme="dark")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")


def _on_screen(tab) -> str:
    _as_print(tab)
    return tab.evaluate("document.body.innerText")


def _on_paper(tab) -> str:
    printed = tab.pdf(prefer_css_page_size=True, print_background=True)
    return " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(printed)).pages)


@pytest.mark.parametrize("name", [p for p in SOME if p in pages(ROOT)])
def test_page_prints_clean(browser, address, name):
    context = browser.new_context(
        color_scheme="dark", viewport={"width": A4_WIDTH_PX, "height": 1000}
    )
    tab = context.new_page()
    tab.goto(address + name)
    text = _on_screen(tab) if name in LONG else _on_paper(tab)
    assert len(text) > 1000
    for word in (
        "On this page",
        "Search",
        "Ctrl",
        "What it rests on",
        "Skip to main content",
        "Download as CSV",
        "previous",
        "Copyright",
    ):
        assert not re.search(rf"\b{word}\b", text), f"{word} is on paper"
    _as_print(tab)
    assert (
        tab.evaluate("getComputedStyle(document.querySelector('article')).color")
        != "rgb(230, 234, 238)"
    ), "light ink on white paper"
    cut = tab.evaluate(
        """[...document.querySelectorAll('article table, article svg, article pre')]
            .filter(e => e.checkVisibility())
        .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 2)
            .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert cut == []
    context.close()
