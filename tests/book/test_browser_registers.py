"""The registers in a browser: a fact's old address, the field that finds facts, the search for a number,
and the mark of what is new.
"""

from __future__ import annotations

import pytest

from assessment.evidence import load_facts, load_register

pytestmark = pytest.mark.browser


def test_an_old_address_of_a_fact_leads_to_its_row(page, address):
    page.goto(address + "chapters/sources.html#fact-cabinet-pfs-pnet-hazard-ratio")
    page.wait_for_url("**/sources-cabinet.html#fact-cabinet-pfs-pnet-hazard-ratio")
    assert "0.23 (0.12–0.42)" in page.locator("tr:target").inner_text()
    page.goto(address + "chapters/sources.html#made-assessment-pages-accessibility-texts")
    page.wait_for_url("**/sources-computed.html#made-*")
    assert page.locator("section.made:target").is_visible()


def test_any_fact_is_found_on_the_page_of_all(page, address):
    page.goto(address + "chapters/sources.html")
    page.fill(".fact-index input", "overall survival everolimus")
    found = page.locator(".facts-found li")
    assert 0 < found.count() <= 40
    said = page.locator(".fact-index output").inner_text()
    assert f"of {len(load_facts())} facts" in said
    found.first.locator("a").click()
    page.wait_for_url("**/sources-*.html#fact-*")
    assert page.locator("tr:target").is_visible()


def test_without_script_the_page_of_all_lists_every_fact(browser, address):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address + "chapters/sources.html")
    assert tab.locator(".fact-index li").count() == len(load_facts())
    context.close()


@pytest.mark.parametrize(
    ("number", "first"),
    [("0.38", "cabinet.pfs.epnet.hazard_ratio"), ("0.23", "cabinet.pfs.pnet.hazard_ratio")],
)
def test_a_number_that_is_looked_for_puts_the_trials_own_first(page, address, number, first):
    page.goto(f"{address}search.html?q={number}")
    page.locator("#search-results li").first.wait_for()
    assert first in page.locator("#search-results li").first.inner_text()


def test_what_is_new_is_marked_for_those_who_have_seen_the_list(page, address):
    changes = len(load_register("changes"))
    page.goto(address + "chapters/glossary.html")
    assert page.locator(".changes-new").count() == 0, "nothing is new at a first visit"
    page.goto(address + "chapters/what-changed.html")
    assert page.evaluate("localStorage.getItem('changes-seen')") == str(changes)
    page.evaluate(f"localStorage.setItem('changes-seen', {changes - 2})")
    page.goto(address + "chapters/glossary.html")
    mark = page.locator(".changes-new")
    assert mark.inner_text().startswith("2 new")
    mark.click()
    page.wait_for_url("**/what-changed.html")
    assert page.locator(".change-new").count() == 2
    page.reload()
    assert page.locator(".change-new").count() == 0 and page.locator(".changes-new").count() == 0
