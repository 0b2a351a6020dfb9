"""The choice of analysis set: what a page shows of each, with and without script."""

from __future__ import annotations

import pytest

from assessment.book.analysis_sets.set_numbers import NOT_PRINTED, shown
from assessment.case.trial.trial import BASE_SET, DIVISIONS, load_trial

PAGE = "chapters/trial-evidence.html"
RATIO = ".answer tr:has-text('progression or death') td .by-set"
SEVERE = ".answer tr:has-text('Severe adverse event, placebo') td .by-set"


def ratios(page) -> list[str]:
    """The hazard ratios of the answer, as far as they are seen."""
    seen = page.locator(RATIO).locator("visible=true")
    return [seen.nth(i).locator(".fact-link").inner_text() for i in range(seen.count())]


def test_a_set_that_prints_no_number_says_so():
    ratio = {name: load_trial(name).find("pfs.epnet.hazard_ratio") for name in DIVISIONS}
    assert [shown(fact, "bare") for fact in ratio.values()] == ["0.38", "0.40", "0.45"]
    assert shown(load_trial("fda").find("os.epnet.hazard_ratio")) == NOT_PRINTED  # looked for
    assert shown(load_trial("interim_2023").find("crossover.epnet.rate")) == NOT_PRINTED


@pytest.mark.browser
def test_the_publication_is_shown_until_another_set_is_chosen(page, address):
    page.goto(address + PAGE)
    assert [text[:4] for text in ratios(page)] == ["0.38", "0.23"]
    said = page.locator(".set-shown")
    assert "publication" in said.inner_text() and "?" not in page.url
    page.locator(f'.set-switch input[value="{BASE_SET}"]').focus()
    page.keyboard.press("ArrowRight")
    assert [text[:4] for text in ratios(page)] == ["0.40", "0.22"]
    assert "FDA label" in said.inner_text() and "no number" in said.inner_text()
    severe = page.locator(SEVERE).locator("visible=true")
    assert [severe.nth(i).inner_text() for i in range(2)] == [NOT_PRINTED] * 2
    assert page.url.endswith("?set=fda")


@pytest.mark.browser
def test_the_address_says_which_set_is_shown(page, address):
    page.goto(address + PAGE + "?set=interim_2023#harms")
    assert [text[:4] for text in ratios(page)] == ["0.45", "0.27"]
    assert page.locator('.set-switch input[value="interim_2023"]').is_checked()
    page.locator(f'.set-switch label[for="set-{BASE_SET}"]').click()
    assert page.url.endswith(PAGE + "#harms")
    page.goto(address + PAGE + "?set=nonsense")
    assert [text[:4] for text in ratios(page)] == ["0.38", "0.23"]


@pytest.mark.browser
def test_without_script_the_publication_is_shown(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PAGE + "?set=fda")
    assert not page.locator(".set-switch fieldset").is_visible()
    assert [text[:4] for text in ratios(page)] == ["0.38", "0.23"]
    assert "publication" in page.locator(".set-shown").inner_text()
    context.close()
