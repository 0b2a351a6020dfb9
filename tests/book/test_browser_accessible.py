"""The keyboard path, focus, sizes of targets, reduced motion, languages."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from assessment.book.building.build_inputs import pages
from assessment.evidence import ROOT

pytestmark = pytest.mark.browser
PAGES = [*pages(ROOT), "search.html"]


def test_everything_is_reached_by_keyboard_and_seen(page, address):
    """From the first key: the skip link, then every stop has a visible focus mark and is on screen."""
    page.goto(address + "chapters/mechanism.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to main content"
    page.keyboard.press("Enter")
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate(
                """() => { const e = document.activeElement, s = getComputedStyle(e),
                    b = e.getBoundingClientRect();
            return { what: e.tagName + '.' + e.className, mark: s.outlineStyle !== 'none' &&
                parseFloat(s.outlineWidth) >= 2, seen: b.bottom > 0 && b.top < innerHeight,
                inside: document.getElementById('main-content').contains(e) }; }"""
            )
        )
    assert stops[0]["inside"], "the skip link leads into the text"
    assert {s["what"].partition(".")[0] for s in stops} >= {"A", "SUMMARY", "DIV"}
    assert [s["what"] for s in stops if not (s["mark"] and s["seen"])] == []


def test_targets_are_large_enough(page, address):
    """WCAG 2.5.8 for what is not a link in a sentence: at least 24 by 24 CSS pixels."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address + "chapters/mechanism.html")
        small = page.evaluate(
            """[...document.querySelectorAll('button, summary, select, input')]
                .filter(e => e.checkVisibility()).map(e => [e.className || e.tagName,
                e.getBoundingClientRect()])
            .filter(([n, b]) => b.width && (b.width < 24 || b.height < 24) && !(n === 'INPUT'))
                .map(([n, b]) => `${n} ${b.width}x${b.height}`)"""
        )
        assert small == []


def test_nothing_moves_for_those_who_ask(browser, address):
    tab = browser.new_page(reduced_motion="reduce")
    tab.goto(address + "chapters/mechanism.html")
    moving = tab.evaluate(
        "[...document.querySelectorAll('*')].filter(e =>"
        " parseFloat(getComputedStyle(e).transitionDuration) > 0.01 ||"
        " parseFloat(getComputedStyle(e).animationDuration) > 0.01).length"
    )
    assert moving == 0
    tab.close()


@pytest.mark.parametrize("name", pages(ROOT))
def test_languages_are_marked(site, name):
    page = BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser")
    assert page.html["lang"] == "en-GB"
    for element in page.find_all(lang=True):
        assert element["lang"] in ("en-GB", "en", "nb", "no", "sv", "da", "de", "fr"), element
    for quotation in page.select(".quotation"):
        assert quotation.find("p").get("lang")
    title = page.select_one("article h1")
    if re.match(
        r"(Virkningsmekanisme|Regulatorisk|Bakgrunn|Preliminær|Dokumentasjon|Sammenligninger|Helseøkonomi)",
        title.get_text(),
    ):
        assert title.find(attrs={"lang": "nb"}), "a Norwegian section name without its language"


@pytest.mark.parametrize("name", pages(ROOT))
def test_headings_and_tables_have_structure(site, name):
    page = BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser").select_one(
        "article"
    )
    levels = [int(h.name[1]) for h in page.find_all(re.compile("^h[1-6]$"))]
    assert levels.count(1) == 1 and all(b - a <= 1 for a, b in zip(levels, levels[1:])), levels
    for table in page.find_all("table"):
        assert table.find("th", scope="col") or table.find("th"), "a table without headers"


def test_the_statement_names_checks_that_exist():
    """chapters/accessibility.md promises checks by the name of their test."""
    named = re.findall(
        r"`(test_\w+)`", (ROOT / "chapters" / "accessibility.md").read_text(encoding="utf-8")
    )
    everything = "\n".join(
        p.read_text(encoding="utf-8") for p in (ROOT / "tests").rglob("test_*.py")
    )
    assert len(named) > 10 and [n for n in named if f"def {n}(" not in everything] == []
