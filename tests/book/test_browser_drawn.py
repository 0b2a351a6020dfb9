"""Every page of the built site as a reader has it who has scrolled through: all figures drawn, on a desk
and on a phone; quiet, within the screen, and legible in light and dark. A page is opened and drawn once
for all that is asked of it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from assessment.book.building.build_inputs import pages
from assessment.evidence import ROOT

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
from few_pages import few_now, of_page

pytestmark = pytest.mark.browser
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
WIDER_THAN_PAGE = """[...document.querySelectorAll('.chart svg')]
    .filter(s => s.getBoundingClientRect().width)
    .filter(s => s.getBoundingClientRect().right > document.documentElement.clientWidth + 1).length"""
SMALLEST_TEXT_PX = 10.5
TEXT_CONTRAST = 4.5
# For every text of the drawings on screen: its colour against what is painted below it.
CONTRASTS = """least => {
  const parse = c => { const m = c.match(/[\\d.]+/g); return m ? m.map(Number) : null; };
  const over = (top, a, below) => top.map((v, i) => a * v + (1 - a) * below[i]);
  const lum = c => { const [r, g, b] = c.map(v => { v /= 255;
      return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ratio = (a, b) => { const [x, y] = [lum(a), lum(b)].sort((p, q) => q - p);
      return (x + 0.05) / (y + 0.05); };
  const solid = e => { let a = 1; for (let n = e; n && n.tagName !== 'DIV';
      n = n.parentElement) a *= parseFloat(getComputedStyle(n).opacity); return a; };
  const page = parse(getComputedStyle(document.body).backgroundColor).slice(0, 3);
  const faults = [];
  for (const svg of document.querySelectorAll('.chart svg')) {
    if (!svg.getBoundingClientRect().width) continue;
    const name = svg.closest('.chart').dataset.name;
    const shapes = [...svg.querySelectorAll('path, rect, circle')];
    const boxes = shapes.map(s => s.getBoundingClientRect());
    for (const word of svg.querySelectorAll('text')) {
      if (!word.textContent.trim() || solid(word) < 0.05) continue;
      const fill = getComputedStyle(word).fill; if (fill === 'none') continue;
      if (getComputedStyle(word).stroke !== 'none') continue;  // the halo below a name
      const b = word.getBoundingClientRect(), x = b.left + b.width / 2, y = b.top + b.height / 2;
      let below = page;
      shapes.forEach((s, i) => {
        const q = boxes[i];
        if (!(q.left <= x && q.right >= x && q.top <= y && q.bottom >= y) ||
            !(s.compareDocumentPosition(word) & 4)) return;
        const f = getComputedStyle(s).fill; if (f === 'none') return;
        const pt = svg.createSVGPoint(); pt.x = x; pt.y = y;
        if (s.isPointInFill && !s.isPointInFill(pt.matrixTransform(s.getScreenCTM().inverse()))) return;
        below = over(parse(f).slice(0, 3),
            solid(s) * parseFloat(getComputedStyle(s).fillOpacity) * (parse(f)[3] ?? 1), below);
      });
      for (const other of svg.querySelectorAll('text')) {  // a halo of the background's colour below a name
        if (other.textContent !== word.textContent) continue;
        const s = getComputedStyle(other); if (s.stroke === 'none') continue;
        const h = other.getBoundingClientRect(); if (h.left <= x && h.right >= x && h.top <= y &&
            h.bottom >= y) below = parse(s.stroke).slice(0, 3);
      }
      const r = ratio(over(parse(fill).slice(0, 3),
          solid(word) * parseFloat(getComputedStyle(word).fillOpacity), below), below);
      if (r < least) faults.push(`${name}: '${word.textContent.slice(0, 30)}' ${fill} ${r.toFixed(2)}`);
    }
  }
  return [...new Set(faults)];
}"""
SMALL = """least => [...document.querySelectorAll('.chart svg')]
    .filter(s => s.getBoundingClientRect().width).flatMap(s => [...s.querySelectorAll('text')]
    .filter(t => t.textContent.trim())
    .map(t => [s.closest('.chart').dataset.name, t.textContent,
        parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a
        / (Math.abs(t.getScreenCTM().b) > 0.5 ? 0.001 : 1)]))
    .filter(([n, t, px]) => px > 0 && px < least).map(([n, t, px]) => `${n}: '${t.slice(0,
        30)}' ${px.toFixed(1)} px`)"""
CLIPPED = """[...document.querySelectorAll('.chart svg')].filter(s => s.getBoundingClientRect().width)
    .flatMap(s => { const box = s.getBoundingClientRect();
    return [...s.querySelectorAll('text')].filter(t => t.textContent.trim()).map(t => [t.textContent,
        t.getBoundingClientRect()])
      .filter(([t, b]) => b.left < Math.min(box.left, 0) - 1 ||
          b.right > document.documentElement.clientWidth + 1)
          .map(([t]) => `${s.closest('.chart').dataset.name}: '${t.slice(0, 30)}'`); })"""


def resize(page, size: str) -> int:
    """The width in pixels of a screen of this kind, which the page has from now on."""
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    return width


@pytest.fixture(scope="module")
def reader(browser):
    """Who opens page after page and keeps scripts and style sheets meanwhile."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((name, size), marks=of_page(name), id=f"{name}-{size}")
        for name in pages(ROOT)
        for size in SIZES
    ],
)
def visit(request, reader, address, watched, draw_all):
    """(page, "desktop" or "phone", how its charts were drawn)."""
    name, size = request.param
    page = watched(reader.new_page(), address)
    resize(page, size)
    page.goto(address + name)
    yield page, size, draw_all(page)
    page.close()


def test_page_is_quiet_drawn_and_fits(visit):
    page, size, drawn = visit
    width = resize(page, size)
    assert set(drawn) <= {"wide", "narrow"}, "a chart could not be made interactive"
    assert page.faults == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width, (
        "the page scrolls sideways"
    )
    assert page.evaluate(WIDER_THAN_PAGE) == 0
    page.set_viewport_size({"width": 320, "height": 600})  # a wide screen at four times the size
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, (
        "something is lost at 400 %"
    )
    kept = page.evaluate(
        "[Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]"
    )
    # how many changes were listed when the list was last opened: chapters/about.md says so
    assert kept in ([[], [], ""], [["changes-seen"], [], ""]), "the page keeps something"


def test_figures_are_legible_on_a_phone_and_in_both_themes(visit):
    page, size, drawn = visit
    resize(page, size)
    assert "static" not in drawn
    if size == "phone":
        assert page.evaluate(SMALL, SMALLEST_TEXT_PX) == []
        assert page.evaluate(CLIPPED) == []
    assert page.locator("a[href*='vega']").count() == 0
    # colours are those of the theme: on the wide screen it is enough to look at one
    for scheme in ("light", "dark") if size == "phone" else ("dark",):
        page.emulate_media(color_scheme=scheme)
        page.locator(f"html[data-theme={scheme}]").wait_for(state="attached")
        assert page.evaluate(CONTRASTS, TEXT_CONTRAST) == [], scheme


WITH_FIGURES = [
    name
    for name in pages(ROOT)
    if (page := ROOT / name.replace(".html", ".md")).exists()
    and "show" in page.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("name", few_now(WITH_FIGURES))
def test_pictures_are_legible_before_they_are_drawn(reader, address, draw_all, name):
    """Where the program that draws does not come, on a phone."""
    page = reader.new_page()
    resize(page, "phone")
    page.route("**/charts.js", lambda route: route.abort())
    page.goto(address + name)
    assert set(draw_all(page)) <= {"static"} and page.locator(".chart-room").count() == 0
    assert page.evaluate(SMALL, SMALLEST_TEXT_PX) == []
    page.close()
