"""The page on the Excel workbook: its sheets are those of the file that it offers, and fit a phone."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from assessment.book.site.data_archive import FOLDER
from assessment.workbook.sheets.workbook_layout import file_name

pytestmark = pytest.mark.built
PAGE = "chapters/workbook.html"


def shown(site):
    """{sheet: its tables}."""
    soup = BeautifulSoup((site / PAGE).read_text(encoding="utf-8"), "lxml")
    return {
        table.caption.get_text().removeprefix("Sheet "): table
        for table in soup.select("table.spreadsheet")
    }


def number(text: str) -> float:
    return float(text.replace("−", "-").replace("\u202f", ""))


def test_cells_are_those_of_the_file_that_is_offered(site):
    """Read by openpyxl in one piece, place by place: texts alike, numbers to the digits shown."""
    book = load_workbook(site / FOLDER / file_name(), data_only=True)
    tables, seen = shown(site), 0
    assert set(tables) == {"Inputs", "Scenarios", "Results", "Checks"}
    for name, table in tables.items():
        letters = [th.get_text() for th in table.select("thead th:not(.corner)")]
        for line in table.select("tbody tr"):
            row, column = int(line.th.get_text()), 0
            for cell in line("td"):
                stored = book[name][f"{letters[column]}{row}"].value
                text = cell.get_text()
                if isinstance(stored, (int, float)):
                    digits = len(text.partition(".")[2])
                    assert number(text) == pytest.approx(stored, abs=0.51 * 10**-digits)
                    seen += 1
                elif text != "=…":
                    assert text == (stored or ""), (name, letters[column], row)
                column += int(cell.get("colspan", 1))
            assert column == len(letters)
    assert seen > 30


def test_formulas_shown_are_those_of_the_cell(site):
    book = load_workbook(site / FOLDER / file_name())
    soup = BeautifulSoup((site / PAGE).read_text(encoding="utf-8"), "lxml")
    bars = soup.select(".formula-bar")
    for bar in bars:
        name = bar.parent.caption.get_text().removeprefix("Sheet ")
        assert bar.code.get_text() == book[name][bar.select_one(".cell-name").get_text()].value
    assert len(bars) == 3


@pytest.mark.browser
def test_a_sheet_scrolls_in_its_own_frame_on_a_phone(browser, address):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(address + PAGE)
    sheet = page.locator(".workbook-sheet .table-scroll").first
    sheet.scroll_into_view_if_needed()
    sheet.evaluate("frame => frame.scrollLeft = 120")
    row = sheet.locator("tbody th").nth(3)
    assert row.bounding_box()["x"] == pytest.approx(sheet.bounding_box()["x"], abs=3)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    bar = page.locator(".formula-bar").first.bounding_box()
    assert re.match("=", page.locator(".formula-bar code").first.inner_text())
    assert bar["x"] + bar["width"] <= 390
    page.close()
