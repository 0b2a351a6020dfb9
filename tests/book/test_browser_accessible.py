"""WCAG 2.2 AA as far as a program can tell (axe-core), the keyboard path, focus, sizes of targets,
reduced motion, languages.
"""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from bs4 import BeautifulSoup

from assessment.book.building.build_inputs import pages
from assessment.evidence import ROOT

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


@pytest.mark.parametrize("name", PAGES)
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
