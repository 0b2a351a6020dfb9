"""The card of a fact leads to the document and to the conflict themselves, and can be closed."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from assessment.book.building.build_inputs import pages
from assessment.book.writers import source_cards
from assessment.evidence import ROOT, conflicts_by_fact, load_facts, load_sources
from assessment.pages.registers.anchors import conflict_anchor
from assessment.presentation import words

FACTS = sorted(load_facts(), key=lambda fact: fact.id)


def card_of(fact):
    html = source_cards.fact_html(
        fact, "0.38", "sources.html", "conflicts.html", "card-1", "about.html"
    )
    return BeautifulSoup(html, "html.parser").select_one(".fact-card")


def test_a_card_opens_its_documents_and_conflicts():
    sources, disputed = load_sources(), conflicts_by_fact()
    opened = conflicts = 0
    for fact in FACTS:
        links = {a["href"] for a in card_of(fact).select("a")}
        named = [key for key in (fact.source, fact.read_in) if key and sources[key].url]
        if fact.read_in == fact.source:
            named = named[:1]
        assert {sources[key].url for key in named} <= links, fact.id
        own = {f"conflicts.html#{conflict_anchor(c.id)}" for c in disputed.get(fact.id, ())}
        assert own <= links, fact.id
        opened, conflicts = opened + bool(named), conflicts + bool(own)
    assert opened > 500 and conflicts > 20


def test_a_card_still_says_all_in_words():
    fact = next(f for f in FACTS if f.source and f.locator and f.id in conflicts_by_fact())
    text = card_of(fact).get_text()
    for said in (fact.locator, fact.population, fact.id, words.CARD["disagreement"]):
        assert said in text
    assert load_sources()[fact.source].short in text


@pytest.mark.browser
def test_every_conflict_that_a_card_names_is_on_its_page(site):
    there = (site / "chapters/conflicts.html").read_text(encoding="utf-8")
    named = {c.id for found in conflicts_by_fact().values() for c in found}
    assert [c for c in named if f'id="{conflict_anchor(c)}"' not in there] == []


PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def phone(browser, address, watched):
    context = browser.new_context(**PHONE)
    yield watched(context.new_page(), address)
    context.close()


@pytest.mark.browser
def test_on_a_phone_a_card_leaves_half_the_screen_and_closes(phone, address):
    phone.goto(address + pages(ROOT)[0])
    facts = phone.locator(".fact[data-fact]:visible")
    for fact in (facts.nth(i) for i in range(0, min(facts.count(), 12), 3)):
        fact.locator(".fact-link").tap()
        card = fact.locator(".fact-card")
        assert card.is_visible()
        box = card.bounding_box()
        assert box["height"] <= PHONE["viewport"]["height"] / 2
        button = card.locator(".fact-close")
        assert button.is_visible() and button.inner_text().startswith("Close")
        target = button.bounding_box()
        assert target["height"] >= 24 and target["width"] >= 24
        button.tap()
        assert not card.is_visible()
    assert phone.faults == []


@pytest.mark.browser
def test_a_card_opens_without_scripts(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + pages(ROOT)[0])
    fact = page.locator(".fact[data-fact]").first
    fact.locator(".fact-link").focus()
    card = fact.locator(".fact-card")
    assert card.is_visible() and card.locator("a").count() >= 2
    assert card.locator(".fact-close").count() == 0, "it could do nothing"
    context.close()


def test_an_interval_in_brackets_stays_on_one_line_and_text_is_escaped():
    assert source_cards.unbroken("0.38 (0.25–0.59)") == (
        '0.38 <span class="interval">(0.25–0.59)</span>'
    )
    assert source_cards.unbroken("a (b c–d) <i>") == "a (b c–d) &lt;i&gt;"
