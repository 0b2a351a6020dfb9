"""Every figure of the built site: what it says without eyes, how it looks on a phone, light and
dark, and that nothing leads away.
"""

from __future__ import annotations

import csv
import re

import pytest
from bs4 import BeautifulSoup

from assessment.book.building.build_inputs import pages
from assessment.evidence import ROOT
from assessment.presentation import theme

pytestmark = pytest.mark.browser
PAGES = [
    p
    for p in pages(ROOT)
    if (ROOT / p.replace(".html", ".md")).exists()
    and "show" in (ROOT / p.replace(".html", ".md")).read_text(encoding="utf-8")
]
SMALLEST_TEXT_PX = 10.5
TEXT_CONTRAST, MARK_CONTRAST = 4.5, 3.0
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
        const s = getComputedStyle(other); if (other.textContent !== word.textContent ||
            s.stroke === 'none') continue;
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


def test_contrast_is_computed_right():
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    # the well-known grey that just fails
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_colours_stand_out_in_both_themes():
    assert set(theme.DARK_PALETTE) == set(theme.PALETTE), "every colour has its dark counterpart"
    assert (
        theme.least_contrast(theme.MARKS) >= MARK_CONTRAST
        and theme.least_contrast(theme.WORDS_IN) >= TEXT_CONTRAST
    )
    css = (ROOT / "code" / "assessment" / "book" / "assets" / "book.css").read_text(
        encoding="utf-8"
    )
    assert dict(re.findall(r"--chart-(\w+): (#[0-9a-f]{6})", css)) == theme.DARK_PALETTE


def test_arms_differ_without_colour():
    for way in (theme.ARM_DASHES, theme.ARM_SHAPES, theme.ARM_COLOURS):
        assert len({str(v) for v in way.values()}) == len(way) == 2
    assert theme.ARM_COLOURS["cabozantinib"] == "#0072b2"  # the blue of Okabe and Ito (2008)


@pytest.mark.parametrize("name", PAGES)
def test_figures_say_what_they_show(site, name):
    page, seen = BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser"), set()
    for chart in page.select(".chart"):
        kind, said = chart["data-name"], chart.select_one(".chart-picture")
        assert kind not in seen
        seen.add(kind)
        assert (
            said["role"] == "img"
            and len(said["aria-label"]) >= 60
            and re.search(
                r"\d|\b(two|three|four|five|six|seven|eight|nine|ten)\b", said["aria-label"]
            )
        ), f"{kind}: type, data and finding in words"
        assert not re.search(r"nan|None|\{|\}", said["aria-label"]), kind
        behind = chart.find_next_sibling("details", class_="chart-data")
        rows = behind.select("tbody tr")
        assert len(rows) >= 2 and all(
            cell.get_text(strip=True) for cell in rows[0].find_all(["td", "th"])[:1]
        ), f"{kind}: the table behind"
        assert behind.select_one("[role=region]")["aria-label"]
        for link in behind.select(".chart-links a"):
            assert (
                not link["href"].startswith("http")
                and (site / name).parent.joinpath(link["href"]).resolve().is_file()
            )
        with (site / "_downloads" / "figures" / f"{kind}.csv").open(
            encoding="utf-8", newline=""
        ) as file:
            assert len(list(csv.reader(file))) == len(rows) + 1
        assert chart.find_parent("figure").figcaption.get_text(strip=True), (
            f"{kind}: a caption that states the finding"
        )


def test_no_figure_offers_to_send_data_out(site):
    script = (site / "_static" / "book" / "book.js").read_text(encoding="utf-8")
    assert "actions: false" in script and "ast: true" in script
    assert not [
        p
        for p in site.rglob("*.html")
        if "_static" not in p.parts and "vega.github.io/editor" in p.read_text(encoding="utf-8")
    ]


@pytest.mark.parametrize("name", PAGES)
def test_figures_are_legible_on_a_phone_and_in_both_themes(page, address, draw_all, name):
    page.set_viewport_size({"width": 390, "height": 844})
    page.route("**/charts.js", lambda route: route.abort())
    page.goto(address + name)
    assert set(draw_all(page)) <= {"static"} and page.locator(".chart-room").count() == 0
    assert page.evaluate(SMALL, SMALLEST_TEXT_PX) == [], "before drawing"
    page.unroute("**/charts.js")
    page.reload()
    assert "static" not in draw_all(page)
    assert page.evaluate(SMALL, SMALLEST_TEXT_PX) == []
    assert page.evaluate(CLIPPED) == []
    assert page.locator("a[href*='vega']").count() == 0
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.locator(f"html[data-theme={scheme}]").wait_for(state="attached")
        assert page.evaluate(CONTRASTS, TEXT_CONTRAST) == [], scheme
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.evaluate(CONTRASTS, TEXT_CONTRAST) == [], "wide, dark"
