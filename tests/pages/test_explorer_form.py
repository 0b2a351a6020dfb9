"""The explorer's form by hand, keyboard, address and screen reader, and numbers that move in a sentence."""

import re

import pytest

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.pages.economics.explorer.explorer_answers import answers
from assessment.pages.economics.explorer.explorer_content import content, sliders
from assessment.pages.economics.explorer.explorer_words import WORDS
from assessment.pages.economics.explorer.sentence_numbers import sentence_texts

REST = 1_000  # milliseconds after which the address is written and the sentence said
PRICE = '[data-control="price_per_pack_nok"]'


@pytest.mark.browser
def test_the_explorer_by_keyboard_and_by_address(explorer, address):
    before = explorer.get_attribute('[data-output="cost"]', "data-value")
    explorer.focus(PRICE)
    explorer.keyboard.press("ArrowLeft")
    after = explorer.get_attribute('[data-output="cost"]', "data-value")
    assert float(after) < float(before)
    explorer.wait_for_timeout(REST)
    assert "#explorer:" in explorer.url
    explorer.goto("about:blank")
    explorer.goto(address + "chapters/economics.html#explorer:cohort%3Dpnet&family%3Dgamma")
    explorer.wait_for_selector(".explorer-live")
    assert explorer.input_value('[data-control="cohort"]') == "pnet"
    assert explorer.input_value('[data-control="family"]') == "gamma"
    assert explorer.is_visible('[data-control="family"]'), "a changed control is not folded away"


@pytest.mark.browser
def test_the_explorer_begins_once_a_reader_scrolls(page, address):
    page.goto(address + "chapters/economics.html")
    page.wait_for_timeout(2_000)
    assert not page.locator(".explorer-live").count(), "nobody has come near yet"
    page.mouse.move(300, 300)  # the wheel turns what is under the pointer
    page.mouse.wheel(0, 300)
    page.wait_for_selector(".explorer-live", state="attached")
    assert page.faults == []


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True, False])
def test_only_without_javascript_the_explorer_says_that_it_needs_it(browser, address, javascript):
    context = browser.new_context(java_script_enabled=javascript)
    tab = context.new_page()
    tab.goto(address + "chapters/economics.html")
    said = tab.locator(".explorer-still > p")
    assert said.count() == 1 and "JavaScript" in said.text_content()
    assert said.is_visible() != javascript
    context.close()


@pytest.mark.browser
def test_a_shared_setting_is_shown_and_said(explorer, address):
    explorer.goto("about:blank")
    explorer.goto(
        address + "chapters/economics.html#explorer:cohort%3Dpnet&price_per_pack_nok%3D20000"
    )
    explorer.wait_for_selector(".explorer-shared:not([hidden])")
    explorer.wait_for_timeout(800)
    top = explorer.evaluate("document.querySelector('.explorer').getBoundingClientRect().top")
    assert 0 <= top < 200
    assert WORDS["shared"] in explorer.inner_text(".explorer-shared")
    explorer.click(".explorer-shared button")
    assert not explorer.is_visible(".explorer-shared")
    assert float(explorer.input_value(PRICE)) == sliders("pnet")["price_per_pack_nok"]["base"]
    assert explorer.input_value('[data-control="cohort"]') == "pnet"


@pytest.mark.browser
def test_what_an_address_may_not_say_is_left_out(explorer, address):
    explorer.goto("about:blank")
    bad = "cohort%3Dnobody&effect%3Dmagic&price_per_pack_nok%3Dmuch&threshold%3D1"
    explorer.goto(address + f"chapters/economics.html#explorer:{bad}")
    explorer.wait_for_selector(".explorer-live")
    shown = explorer.locator('[data-output="cost"]').text_content()
    assert shown == answers(COHORTS[0])["cost"] and explorer.faults == []


@pytest.mark.browser
@pytest.mark.parametrize("size", [(390, 844), (1280, 800)])
def test_results_stay_in_sight_while_a_control_moves(explorer, size):
    explorer.set_viewport_size({"width": size[0], "height": size[1]})
    for place in ("cohort", "price_per_pack_nok", "dosed_days_share"):
        control = f'[data-control="{place}"]'
        explorer.evaluate(
            "c => document.querySelector(c).scrollIntoView({block: 'center'})", control
        )
        explorer.wait_for_timeout(200)
        strip = explorer.locator(".explorer-strip").bounding_box()
        head = explorer.locator(".bd-header-article").bounding_box()
        moved = explorer.locator(control).bounding_box()
        assert strip["y"] >= head["y"] + head["height"] - 1
        assert strip["y"] + strip["height"] <= moved["y"], place
        assert explorer.locator("[data-strip]").count() == 3


@pytest.mark.browser
def test_a_screen_reader_hears_units_reasons_and_one_sentence(explorer):
    assert explorer.get_attribute(PRICE, "aria-valuetext").endswith("NOK a pack")
    assert not explorer.is_visible('[data-control="ratio"]')
    explorer.select_option('[data-control="effect"]', "own")
    assert explorer.is_visible('[data-control="ratio"]')
    assert explorer.is_disabled('[data-control="family"]')
    assert explorer.inner_text('[data-why="family"]') == WORDS["not_with_own"]
    live = explorer.locator(".explorer [aria-live]")
    assert live.count() == 1
    explorer.wait_for_timeout(REST)
    assert re.fullmatch(r"\w+: .*QALYs gained; net benefit .*\.", live.inner_text())


@pytest.mark.browser
def test_the_link_to_a_setting_is_copied(explorer):
    explorer.context.grant_permissions(["clipboard-read", "clipboard-write"])
    explorer.select_option('[data-control="effect"]', "none")
    explorer.click(".explorer-copy")
    explorer.wait_for_timeout(REST)
    copied = explorer.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("#explorer:cohort%3Depnet&effect%3Dnone")
    assert explorer.inner_text(".explorer-said") == WORDS["copied"]


def test_sentences_have_the_base_cases_numbers():
    texts = sentence_texts()
    assert texts["moves.price_per_pack_nok"] == "70\u202f000"
    assert set(WORDS["decimals"]) == {*sliders(COHORTS[0]), "ratio"} == set(WORDS["spoken"])
    for cohort in COHORTS:
        assert texts[f"follows.benefit.{cohort}"] == answers(cohort)["benefit"]
    assert content()["strip"][0] == "qalys"


@pytest.mark.browser
def test_numbers_move_in_a_sentence_and_the_explorer_with_them(explorer):
    shown = "s => document.querySelector(`${s} .fact-link`).textContent"
    ratio, slider = '[data-follows="icer"][data-cohort="epnet"]', '[data-moves] input[type="range"]'
    explorer.locator("[data-moves]").first.scroll_into_view_if_needed()
    explorer.wait_for_selector(slider)
    before = explorer.evaluate(shown, ratio)
    assert before == sentence_texts()["follows.icer.epnet"]
    explorer.focus(slider)
    explorer.keyboard.press("ArrowLeft")
    assert explorer.evaluate(shown, "[data-moves]") == "69\u202f000"
    assert explorer.get_attribute(slider, "aria-valuetext") == "69\u202f000 NOK a pack"
    assert explorer.input_value(PRICE) == "69000"
    for _step in range(30):
        explorer.keyboard.press("ArrowLeft")
    assert explorer.evaluate(shown, ratio) != before
    told = explorer.locator('[data-output="icer"]').text_content()
    assert explorer.evaluate(shown, ratio) == told
    explorer.evaluate(
        "p => { const c = document.querySelector(p); c.value = 70000;"
        " c.dispatchEvent(new Event('input', {bubbles: true})); }",
        PRICE,
    )
    assert explorer.evaluate(shown, ratio) == before
    assert not explorer.is_visible(".moves-reset")
    assert explorer.faults == []


@pytest.mark.browser
def test_without_script_a_sentence_has_plain_numbers(browser, address):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address + "chapters/economics.html")
    assert tab.locator("[data-moves] .fact-link").text_content() == "70\u202f000"
    assert tab.locator("[data-moves] input").count() == 0
    context.close()
