"""Numbers, figures and registers of the built site answer back in a real browser."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def test_every_figure_can_be_taken_away(page, address):
    page.goto(address + "chapters/mechanism.html")
    name = page.locator(".chart").first.get_attribute("data-name")
    kinds = {}
    for link in page.locator(".chart-links").first.locator("a[download]").all():
        with page.expect_download() as waiting:
            link.click()
        kinds[waiting.value.suggested_filename] = waiting.value.path().read_bytes()
    assert set(kinds) == {f"{name}.csv", f"{name}.svg", f"{name}.png"}
    assert (
        kinds[f"{name}.png"].startswith(b"\x89PNG")
        and b"<svg" in kinds[f"{name}.svg"]
        and b"," in kinds[f"{name}.csv"]
    )


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
    page.wait_for_url("**/sources-cabinet.html#fact-cabinet-pfs-pnet-hazard-ratio")
    row = page.locator("#fact-cabinet-pfs-pnet-hazard-ratio")
    page.wait_for_timeout(500)
    assert 0 <= row.bounding_box()["y"] < page.viewport_size["height"], (
        "the row is on screen also after those around it have been laid out"
    )
    assert row.is_visible() and "0.23 (0.12–0.42)" in row.inner_text()
    assert row.locator("a").first.get_attribute("href").startswith("https://doi.org/10.1056/")


def test_a_number_answers_back_to_a_tap(browser, address):
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(address + "index.html")
    fact = page.locator('.fact[data-fact="cabinet.pfs.pnet.hazard_ratio"]').first
    fact.locator(".fact-link").tap()
    card = fact.locator(".fact-card")
    assert card.is_visible() and page.url.endswith("index.html")
    box = card.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    context.close()


def test_a_card_in_a_table_is_whole_and_can_be_entered(page, address):
    """A table that scrolls does not cut the card off, and the way from the number to the card keeps
    it open.
    """
    page.goto(address + "chapters/trial-evidence.html")
    page.locator("details.chart-data summary").nth(1).click()
    link = page.locator("details.chart-data[open] td .fact-link").last
    link.hover()
    card = page.locator(".fact-card:popover-open")
    box = card.bounding_box()
    assert (
        box["x"] >= 0 and box["y"] >= 0 and box["y"] + box["height"] <= page.viewport_size["height"]
    )
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] - 10, steps=15)
    assert card.count() == 1
    page.mouse.move(2, 2)
    assert card.count() == 0


def test_the_register_of_facts_can_be_filtered(page, address):
    page.goto(address + "chapters/sources-cabinet.html")
    page.select_option('select[name="set"]', "fda")
    page.fill('.filter input[type="search"]', "hazard ratio")
    shown = page.locator("table.facts tbody tr:visible")
    assert 0 < shown.count() < 20
    assert all(shown.nth(i).get_attribute("data-set") == "fda" for i in range(shown.count()))
