"""The built site in a real browser: complete, silent, self-contained, and every number answers
back.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from assessment.book.building.build_inputs import pages
from assessment.evidence import ROOT

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
from few_pages import few_now

pytestmark = pytest.mark.browser


PAGES = pages(ROOT)


@pytest.mark.parametrize("name", [*PAGES, "search.html", "genindex.html"])
def test_policy_forbids_everything_from_elsewhere(site, name):
    text = (site / name).read_text(encoding="utf-8")
    policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
    assert policy and text.index(policy[0]) < min(text.index("<script"), text.index("<link")), (
        "the policy must come before what it governs"
    )
    rules = dict(rule.split(" ", 1) for rule in policy[1].split("; "))
    assert (
        rules["default-src"] == "'none'"
        and rules["base-uri"] == "'none'"
        and rules["form-action"] == "'self'"
    )
    assert "unsafe" not in policy[1] and "http" not in policy[1] and "*" not in policy[1]
    assert not re.search(r'(?:src|href)="(?:https?:)?//(?![^"]*"[^>]*>)', text)
    assert not [
        tag
        for tag in re.findall(r"<(?:script|link|img|iframe|source)\b[^>]*>", text)
        if re.search(r'(?:src|href)="(?:https?:)?//', tag) and "canonical" not in tag
    ]


def test_policy_stops_what_it_should(page, address):
    """The policy at work: no script from a string, no request to another place, no style in an
    attribute.
    """
    page.goto(address + PAGES[0])
    assert (
        page.evaluate(
            """() => { const s = document.createElement('script');
                s.textContent = 'window.slipped = 1'; document.body.append(s);
                return window.slipped ?? 'stopped'; }"""
        )
        == "stopped"
    )
    assert (
        page.evaluate("fetch('http://127.0.0.2:9/').then(() => 'went', e => 'stopped')")
        == "stopped"
    )
    assert any("Content Security Policy" in fault and "127.0.0.2" in fault for fault in page.faults)


@pytest.fixture(scope="module")
def without_script(browser):
    """A reader whose browser runs no script, on a phone."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    yield context
    context.close()


@pytest.mark.parametrize("name", few_now(PAGES))
def test_page_is_complete_without_script(without_script, address, watched, name):
    page = watched(without_script.new_page(), address)
    page.goto(address + name)
    charts = page.locator(".chart")
    for i in range(charts.count()):
        picture = charts.nth(i).locator(".chart-narrow img")
        picture.scroll_into_view_if_needed()
        page.wait_for_function(
            "i => i.complete && i.naturalWidth > 300", arg=picture.element_handle()
        )
        assert (
            charts.nth(i).locator("xpath=following-sibling::div[1]//details//table//td").count()
        ), "no table behind the figure"
    for control in (
        "form.filter",
        ".vega-bindings",
        ".theme-switch-button",
        ".search-button",
        ".sidebar-toggle",
        ".copybtn",
    ):
        assert not [found for found in page.query_selector_all(control) if found.is_visible()], (
            f"{control} can do nothing"
        )
    assert page.locator("nav.bd-links a").first.is_visible(), "no way to the other chapters"
    assert page.faults == []
    page.close()


def test_a_page_printed_at_once_has_its_figures(page, address):
    """Nothing has been scrolled to, so no drawing has been fetched yet: the pictures stand in."""
    page.goto(address + "chapters/mechanism.html")
    images = sum(len(sheet.images) for sheet in PdfReader(io.BytesIO(page.pdf())).pages)
    assert (
        images + page.locator(".chart-wide svg:not(.chart-room)").count()
        >= page.locator(".chart").count()
        > 3
    )


def test_menus_and_colours_work_without_the_theme_scripts(page, address):
    page.goto(address + PAGES[1])
    root = page.locator("html")
    page.locator(".theme-switch-button").click()
    assert root.get_attribute("data-theme") == "dark"
    page.reload()
    assert root.get_attribute("data-theme") == "dark", "the choice is kept"
    assert (
        page.evaluate(
            "JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage),"
            " document.cookie])"
        )
        == '[["mode"],[],""]'
    )
    page.keyboard.press("Control+k")
    assert page.locator("#pst-search-dialog input").is_visible()
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 390, "height": 844})
    for which in ("primary", "secondary"):
        page.locator(f".{which}-toggle").click()
        dialog = page.locator(f"#pst-{which}-sidebar-modal")
        assert dialog.is_visible() and dialog.locator("a").count() > 3
        page.keyboard.press("Escape")
        dialog.wait_for(state="hidden")
        assert page.evaluate("document.activeElement.className").find(f"{which}-toggle") >= 0, (
            "focus returns to the button"
        )
    assert page.faults == []


def test_works_from_a_folder(browser, site, draw_all):
    page = browser.new_page()
    faults = []
    page.on("console", lambda m: faults.append(m.text))
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on(
        "request",
        lambda r: (
            faults.append(r.url) if not r.url.startswith(("file:", "data:", "blob:")) else None
        ),
    )
    page.goto((site / "chapters" / "mechanism.html").as_uri())
    assert "static" not in draw_all(page)
    assert faults == []
    page.close()
