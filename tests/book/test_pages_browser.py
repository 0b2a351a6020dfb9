"""The pages in a real browser: the first screen, the banner, terms, search and error reports."""

from __future__ import annotations

import pytest

from assessment.book.site import status_banner

browser = pytest.mark.browser


@browser
@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_the_answers_are_in_the_first_screen(page, address, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(address + "index.html")
    bottom = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.first-screen > .card-answer')].map(c =>"
        " c.getBoundingClientRect().bottom))"
    )
    assert bottom <= size[1]


@browser
@pytest.mark.parametrize(
    ("days", "state", "shape", "said"),
    [
        (-1, "current", "●", ""),
        (0, "current", "●", ""),
        (1, "late", "▲", "Overdue, days: 1."),
        (400, "stopped", "■", "Not kept up to date"),
    ],
)
def test_the_banner_turns_by_itself(page, address, days, state, shape, said):
    from datetime import datetime, time, timedelta

    page.clock.set_fixed_time(
        datetime.combine(status_banner.status().due + timedelta(days=days), time(12))
    )
    page.goto(address + "chapters/data.html")
    line = page.locator(".book-status")
    assert (
        line.get_attribute("data-state") == state
        and line.locator(".status-shape").inner_text() == shape
        and said in line.inner_text()
    )


@browser
def test_front_page_prints_on_two_sides(page, address):
    from io import BytesIO

    from pypdf import PdfReader

    page.goto(address + "index.html")
    printed = PdfReader(BytesIO(page.pdf(format="A4")))
    assert (
        len(printed.pages) <= 2 and status_banner.status().commit in printed.pages[0].extract_text()
    )


@browser
def test_a_term_opens_by_keyboard_and_closes_by_escape(page, address):
    page.goto(address + "chapters/plain-language.html")
    term = page.locator(".term").first
    term.locator(".fact-link").focus()
    assert term.locator(".fact-card").is_visible()
    page.keyboard.press("Escape")
    assert not term.locator(".fact-card").is_visible()


@browser
def test_the_search_page_lists_a_fact(page, address):
    page.goto(address + "search.html?q=crossover+rule")
    page.wait_for_selector(
        '#search-results li a[href*="#fact-cabinet-design-crossover"]', timeout=20000
    )
    assert page.faults == []


@browser
def test_an_error_report_shows_what_to_quote(page, address):
    page.goto(
        address + "chapters/about.html?page=chapters%2Fpico&fact=cabinet.n.pnet#found-an-error"
    )
    quote = page.locator(".report-quote")
    assert (
        quote.is_visible()
        and "cabinet.n.pnet" in quote.inner_text()
        and status_banner.status().commit in quote.inner_text()
    )
    page.locator(".cite-box .copy-text").first.click()
    page.wait_for_function("[...document.querySelectorAll('.copy-said')].some(s => s.textContent)")


@browser
def test_a_source_that_was_not_looked_at_in_time_says_so(page, address):
    from datetime import datetime, time, timedelta

    from assessment.living.upkeep.source_days import source_days

    first = min(source.due for source in source_days())
    for days, late in ((0, 0), (1, sum(source.due == first for source in source_days()))):
        page.clock.set_fixed_time(datetime.combine(first + timedelta(days=days), time(12)))
        page.goto(address + "chapters/about.html")
        assert page.locator("tr[data-due][data-state=late]").count() == late
        assert page.get_by_text("overdue: not checked since").count() == late
