"""The built site in a real browser: complete, silent, self-contained, and every number answers back."""

from __future__ import annotations

import pytest

from assessment.book.build import pages
from assessment.evidence import ROOT

pytestmark = pytest.mark.browser
PAGES = pages(ROOT)
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("size", SIZES)
def test_page_is_quiet_drawn_and_fits(page, address, name, size):
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address + name)
    for chart in page.query_selector_all(".chart"):
        chart.scroll_into_view_if_needed()
    page.wait_for_function("[...document.querySelectorAll('.chart')].every(c => ['wide', 'narrow', 'static'].includes(c.dataset.drawn))", timeout=20000)
    drawn = page.evaluate("[...document.querySelectorAll('.chart')].map(c => c.dataset.drawn)")
    assert "static" not in drawn, "a chart could not be made interactive"
    assert page.faults == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
    too_wide = page.evaluate("""[...document.querySelectorAll('.chart svg')].filter(s => s.offsetParent !== null || s.getBoundingClientRect().width)
        .filter(s => s.getBoundingClientRect().right > document.documentElement.clientWidth + 1).length""")
    assert too_wide == 0


@pytest.mark.parametrize("name", [p for p in PAGES if "references" not in p and "glossary" not in p])
def test_page_is_complete_without_script(browser, address, name):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address + name)
    for chart in page.query_selector_all(".chart"):
        assert chart.query_selector(".chart-wide svg").is_visible()
    assert not [f for f in page.query_selector_all("form.filter") if f.is_visible()], "a control that can do nothing"
    context.close()


def test_a_number_answers_back_by_keyboard_and_leads_to_its_row(page, address):
    page.goto(address + "index.html")
    link = page.locator('.fact[data-fact="cabinet.pfs.pnet.hazard_ratio"] .fact-link').first
    card = page.locator('.fact[data-fact="cabinet.pfs.pnet.hazard_ratio"] .fact-card').first
    assert not card.is_visible()
    link.focus()
    assert card.is_visible()
    text = card.inner_text()
    for word in ("pNET", "publication", "verified", "Chan", "Checked", "disagree"):
        assert word in text
    page.keyboard.press("Escape")
    assert not card.is_visible()
    link.press("Enter")
    page.wait_for_url("**/sources.html#fact-cabinet-pfs-pnet-hazard-ratio")
    row = page.locator("#fact-cabinet-pfs-pnet-hazard-ratio")
    assert row.is_visible() and "0.23 (0.12–0.42)" in row.inner_text()
    assert row.locator("a").first.get_attribute("href").startswith("https://doi.org/10.1056/")


def test_a_number_answers_back_to_a_tap(browser, address):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address + "index.html")
    fact = page.locator('.fact[data-fact="cabinet.pfs.pnet.hazard_ratio"]').first
    fact.locator(".fact-link").tap()
    card = fact.locator(".fact-card")
    assert card.is_visible() and page.url.endswith("index.html")
    box = card.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    context.close()


def test_the_register_of_facts_can_be_filtered(page, address):
    page.goto(address + "chapters/sources.html")
    page.select_option('select[name="set"]', "fda")
    page.fill('.filter input[type="search"]', "hazard ratio")
    shown = page.locator("table.facts tbody tr:visible")
    assert 0 < shown.count() < 20
    assert all(shown.nth(i).get_attribute("data-set") == "fda" for i in range(shown.count()))


def test_works_from_a_folder(browser, site):
    page = browser.new_page()
    faults = []
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on("request", lambda r: faults.append(r.url) if not r.url.startswith(("file:", "data:", "blob:")) else None)
    page.goto((site / "chapters" / "mechanism.html").as_uri())
    page.locator(".chart").first.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.chart').dataset.drawn === 'wide'", timeout=20000)
    assert faults == []
    page.close()
