"""What frames figures, tables and headings, in a real browser."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

pytestmark = pytest.mark.browser

ECONOMICS = "chapters/economics.html"
SIZES = {1280: (34, 24, 19), 390: (28, 22, 18)}


def test_one_switch_shows_how_results_are_computed_and_is_remembered(page, address):
    page.goto(address + ECONOMICS)
    switch = page.locator(".how-switch button")
    code, made = page.locator("div.cell details.hide"), page.locator("p.made-from")
    shown = "parts => parts.filter(p => p.checkVisibility({contentVisibilityAuto: false})).length"
    assert switch.get_attribute("aria-pressed") == "false"
    assert code.evaluate_all(shown) == made.evaluate_all(shown) == 0
    switch.click()
    assert switch.get_attribute("aria-pressed") == "true"
    assert code.locator("pre").evaluate_all(shown) == code.count() > 5
    assert made.evaluate_all(shown) == made.count() > 5
    page.goto(address + "chapters/comparisons.html")
    assert page.locator("p.made-from").evaluate_all(shown) > 5
    page.locator(".how-switch button").click()
    page.reload()
    assert page.locator("p.made-from").evaluate_all(shown) == 0
    assert page.evaluate("Object.keys(localStorage).filter(key => key !== 'mode').length") == 0


def test_without_scripts_what_is_computed_unfolds_one_by_one(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + ECONOMICS)
    assert not page.locator(".how-switch").is_visible()
    how = page.locator("details.how").first
    assert not how.locator("p").is_visible()
    how.locator("summary").click()
    assert how.locator("p").is_visible()
    context.close()


def test_a_figure_gives_its_own_address(page, address):
    page.goto(address + ECONOMICS)
    link = page.locator(".figure-link").first
    link.click()
    assert page.locator(".copy-said").first.inner_text() == "Link copied"
    assert page.url == link.evaluate("link => link.href")


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("name", ["index.html", ECONOMICS, "chapters/sources.html"])
def test_headings_have_one_scale(page, address, width, name):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address + name)
    size_of = "found => found.map(h => Math.round(parseFloat(getComputedStyle(h).fontSize)))"
    sizes = {
        level: page.locator(f".bd-article > section {level}").evaluate_all(size_of)
        for level in ("h1", "h2", "h3")
    }
    page.set_viewport_size({"width": 1280, "height": 800})
    most = dict(zip(("h1", "h2", "h3"), SIZES[width]))
    assert sizes["h1"] == [most["h1"]] and set(sizes["h2"]) <= {most["h2"]}
    assert all(size <= most["h3"] for size in sizes["h3"])


def test_no_heading_or_entry_of_a_menu_holds_two_languages(site):
    for name in ("index.html", ECONOMICS, "chapters/pico.html"):
        page = BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser")
        menus = page.select("nav.bd-links a, #pst-page-toc-nav a, .prev-next-title")
        headings = page.select(".bd-article h1, .bd-article h2, .bd-article h3")
        both = [e for e in (*menus, *headings) if e.select("[lang=nb]") and "·" in e.text]
        assert [e.get_text(" ", strip=True) for e in both] == []
        labels = page.select(".field-name")
        assert all(label.select_one("[lang=nb]") for label in labels)
        assert all(label.find_next_sibling().name in ("h1", "h2", "h3") for label in labels)


def left_out(page) -> int:
    """How many sections are laid out only when the screen comes near."""
    sections = page.locator(".bd-article > section > section")
    return sections.evaluate_all(
        "all => all.filter(s => getComputedStyle(s).contentVisibility === 'auto').length"
    )


def laid_out(page) -> bool:
    """Whether all of them are within ten seconds."""
    for _try in range(100):
        if not left_out(page):
            return True
        page.wait_for_timeout(100)
    return False


def test_the_whole_page_is_laid_out_once_a_reader_moves(page, address):
    """So that its height is its own, and a picture of the page holds all of it."""
    page.goto(address + ECONOMICS)
    assert left_out(page) > 5
    page.mouse.wheel(0, 300)
    assert laid_out(page)


def test_text_stays_in_place_while_what_is_above_is_laid_out(page, address):
    page.goto(address + ECONOMICS + "#severity")
    page.mouse.wheel(0, 10)
    assert laid_out(page)
    assert -60 < page.locator("#severity").bounding_box()["y"] < 300
