"""WCAG 2.2 AA as far as a program can tell (axe-core)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from assessment.book.building.build_inputs import pages
from assessment.evidence import ROOT

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
from few_pages import few_now

pytestmark = pytest.mark.browser
PAGES = [*pages(ROOT), "search.html"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What colours and width can change; the rest is judged once per page, and on ALL_AROUND in the opposite
# setting too: menus that a phone alone shows are those of every page.
ALL_AROUND = {"index.html", "chapters/economics.html", "search.html"}
OF_COLOUR = ["color-contrast", "link-in-text-block"]
OF_WIDTH = [
    "target-size",
    "scrollable-region-focusable",
    "region",
    "landmark-unique",
    "heading-order",
    "aria-hidden-focus",
]
SETTINGS = {
    ("light", 1280): None,
    ("dark", 390): None,
    ("dark", 1280): OF_COLOUR + OF_WIDTH,
    ("light", 390): OF_COLOUR + OF_WIDTH,
}


# Parts of a drawing are left out below, so it is emptied; of rows and entries built alike, but for
# their words, three are judged: axe is slow on thousands.
THINNED = """() => {
  // what is far from the screen is judged too
  document.querySelectorAll('section, tr').forEach(part => { part.style.contentVisibility = 'visible'; });
  document.querySelectorAll('.chart-picture svg').forEach(drawing => drawing.replaceChildren());
  const seen = new Map(), shape = e => e.tagName + [...e.attributes].map(a => a.name === 'class' ||
      a.name === 'lang' ? a.value : a.name).join() + '(' + [...e.children].map(shape).join() + ')';
  for (const one of document.querySelectorAll('tbody tr, section.made, section.made li')) {
    const key = shape(one) + shape(one.parentElement.closest('table, section').cloneNode());
    seen.set(key, (seen.get(key) ?? 0) + 1);
    if (seen.get(key) > 3) one.remove();
  }
}"""


# The rules of colour are slow. What they say of words follows from the style of their element and of all
# around it, so that of words styled alike, all the way up, three are judged in each theme, and where a
# second width brings no word of a new style there is nothing to judge.
JUDGE_THE_REST = f"""axe.configure({{ rules: [
  {{ id: '{OF_COLOUR[0]}', selector: ':not([data-alike])' }},
  {{ id: '{OF_COLOUR[1]}', selector: 'a[href]:not([data-alike])' }},
] }})"""
MARK_ALIKE = """scheme => {
  const before = new Set(window.judged?.get(scheme)), now = new Map(), styles = new Map();
  const style = e => {
    if (!e) return '';
    if (!styles.has(e)) {
      const s = getComputedStyle(e);
      styles.set(e, style(e.parentElement) + '>' + [e.tagName, s.color, s.backgroundColor, s.backgroundImage,
          s.opacity, s.filter, s.fontSize, s.fontWeight, s.textShadow, s.textDecorationLine,
          s.borderBottomStyle, s.position].join());
    }
    return styles.get(e);
  };
  for (const e of document.body.querySelectorAll('*')) {
    e.removeAttribute('data-alike');
    if (!e.checkVisibility() ||
        ![...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim())) continue;
    now.set(style(e), (now.get(style(e)) ?? 0) + 1);
    e.toggleAttribute('data-alike', before.has(style(e)) || now.get(style(e)) > 3);
  }
  window.judged ??= new Map();
  window.judged.set(scheme, [...before, ...now.keys()]);
  return [...now.keys()].some(s => !before.has(s));
}"""


def findings(tab, scheme: str, only: list[str] | None = None) -> list[str]:
    """What axe-core finds, by all rules or these ``only``; by those of colour, in words of styles that
    have not been judged in this ``scheme`` on this page. Parts of a drawing are left out: it is one
    picture with a text alternative, and axe cannot judge colours in SVG (test_browser_drawn can).
    """
    left_out = [] if tab.evaluate(MARK_ALIKE, scheme) else OF_COLOUR
    rules = [rule for rule in only or () if rule not in left_out]
    if only and not rules:
        return []
    run = {
        "preload": False,
        "resultTypes": ["violations"],
        "runOnly": {"type": "rule", "values": rules} if only else {"type": "tag", "values": RULES},
        "rules": {} if only else {rule: {"enabled": False} for rule in left_out},
    }
    found = tab.evaluate("run => axe.run({ exclude: [['.chart-picture svg']] }, run)", run)
    return [f"{v['id']}: {node['html'][:160]}" for v in found["violations"] for node in v["nodes"]]


@pytest.fixture(scope="module")
def judge(browser):
    """Who opens page after page and keeps scripts and style sheets meanwhile."""
    context = browser.new_context(reduced_motion="reduce")
    yield context
    context.close()


@pytest.mark.parametrize("name", few_now(PAGES))
def test_axe_finds_nothing(judge, address, name):
    tab = judge.new_page()
    tab.goto(address + name)
    tab.evaluate(AXE_SCRIPT + JUDGE_THE_REST)
    tab.evaluate(THINNED)
    found = {}
    for (scheme, width), only in SETTINGS.items():
        if scheme == "dark" and name not in ALL_AROUND:
            only = OF_COLOUR + OF_WIDTH
        tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        tab.set_viewport_size({"width": width, "height": 900})
        tab.locator(f"html[data-theme={scheme}]").wait_for(state="attached")
        found[scheme, width] = findings(tab, scheme, only)
    tab.close()
    assert not any(found.values()), found


def test_axe_would_find_a_fault(page, address):
    page.goto(address + "index.html")
    page.evaluate(
        "document.querySelector('article').insertAdjacentHTML('afterbegin', '<img"
        ' src="_static/favicon.svg"><button></button>\')'
    )
    page.evaluate(AXE_SCRIPT + JUDGE_THE_REST)
    assert {f.partition(":")[0] for f in findings(page, "light")} >= {"image-alt", "button-name"}


FAINT = """colour => {
  const line = document.createElement('p');
  line.textContent = 'Faint words.';
  line.style.color = colour;
  document.querySelector('article section').append(line);
}"""


def test_axe_would_find_faint_words(page, address):
    """Also among many that can be read, and where they come with a second width."""
    page.goto(address + "index.html")
    page.evaluate(AXE_SCRIPT + JUDGE_THE_REST)
    page.evaluate(FAINT, "rgb(210, 210, 210)")
    (found,) = findings(page, "light", OF_COLOUR)
    assert found.startswith("color-contrast") and "Faint words" in found
    assert findings(page, "light", OF_COLOUR) == [], "it has been judged"
    page.evaluate(FAINT, "rgb(220, 220, 220)")
    assert len(findings(page, "light", OF_COLOUR)) == 1
