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
TEXT_CONTRAST, MARK_CONTRAST = 4.5, 3.0


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
        behind = chart.find_next_sibling("div", class_="figure-line")
        rows = behind.select("tbody tr")
        assert len(rows) >= 2 and all(
            cell.get_text(strip=True) for cell in rows[0].find_all(["td", "th"])[:1]
        ), f"{kind}: the table behind"
        assert behind.select_one("[role=region]")["aria-label"]
        for link in behind.select(".chart-links a[download]"):
            assert (
                not link["href"].startswith("http")
                and (site / name).parent.joinpath(link["href"]).resolve().is_file()
            )
        with (site / "_downloads" / "figures" / f"{kind}.csv").open(
            encoding="utf-8", newline=""
        ) as file:
            assert len(list(csv.reader(file))) == len(rows) + 1
        figure = chart.find_parent("figure")
        caption = figure.find(True, recursive=False)
        assert caption.name == "figcaption" and caption.get_text(strip=True), (
            f"{kind}: a caption that states the finding, above the picture"
        )
        assert behind.select_one(".figure-link")["href"] == f"#{figure['id']}"


def test_no_figure_offers_to_send_data_out(site):
    script = (site / "_static" / "book" / "book.js").read_text(encoding="utf-8")
    assert "actions: false" in script and "ast: true" in script
    assert not [
        p
        for p in site.rglob("*.html")
        if "_static" not in p.parts and "vega.github.io/editor" in p.read_text(encoding="utf-8")
    ]
