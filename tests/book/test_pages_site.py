"""The pages as built: what stands on each, what answers back, what machines and the search find.
HTML is read, not driven.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import re
from datetime import date
from functools import lru_cache
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from assessment.book.building.build_inputs import pages
from assessment.book.site import data_archive, status_banner
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence import DATA, ROOT, load_register, resources
from assessment.pages.economics.shared import model_answers
from assessment.presentation import numbers

PAGES = pages(ROOT)


# as in the build
ADDRESS, REPORT = (os.environ.get(f"ASSESSMENT_{name}_ADDRESS", "") for name in ("SITE", "REPORT"))


@pytest.fixture(scope="module")
def soup(site):
    return lru_cache(maxsize=None)(
        lambda name: BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser")
    )


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_how_current_it_is_and_where_to_report(soup, name):
    of, line = status_banner.status(), soup(name).select_one(".book-status")
    # a page's own dates come from the facts on it, never before those of the book
    due, stale = (date.fromisoformat(line[f"data-{which}"]) for which in ("due", "stale"))
    assert due >= of.due and stale - due == of.stale - of.due
    for shown in (of.commit, numbers.day(due - (of.due - of.checked)), numbers.day(due)):
        assert shown in line.get_text()
    assert f"{of.open_conflicts} in the book" in line.get_text()
    assert int(line["data-changes"]) == len(load_register("changes"))
    report = soup(name).select_one(".book-report")
    assert (
        name.removesuffix(".html") in report.get_text()
        and of.commit in report.get_text()
        and report.a["href"].startswith(REPORT)
        and (REPORT or "found-an-error" in report.a["href"])
    )


@pytest.mark.parametrize("name", PAGES)
def test_every_page_describes_itself_to_machines(soup, name):
    head = soup(name).head
    described = head.find("meta", attrs={"name": "description"})["content"]
    assert described and len(described) <= 200 or name == "chapters/references.html"
    assert head.find("meta", property="og:title")["content"] and head.find(
        "link", type="application/atom+xml"
    )["href"].endswith("changes.xml")
    data = json.loads(head.find("script", type="application/ld+json").string)
    kind = {"index.html": "ScholarlyArticle", "chapters/data.html": "Dataset"}.get(name, "WebPage")
    assert (
        data["@context"] == "https://schema.org"
        and data["@type"] == kind
        and data["version"] == status_banner.status().commit
    )
    if ADDRESS:
        assert (
            head.find("link", rel="canonical")["href"]
            == head.find("meta", property="og:url")["content"]
            == f"{ADDRESS.rstrip('/')}/{name}"
        )
    else:
        assert head.find("link", rel="canonical") is None and "og:url" not in str(head), (
            "no address is configured, so none may be made up"
        )
    assert len(soup(name).select("title")) >= 1 and soup(name).title.string.strip()


HEAVIEST_BYTES: dict[str, int] = {}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_light(site, name):
    """What a browser with scripts must take apart before the page answers: cards, lists folded away
    and drawings are kept as text or fetched later.
    """
    text = (site / name).read_text(encoding="utf-8")
    assert len(gzip.compress(text.encode(), 6)) < HEAVIEST_BYTES.get(name, 100_000)
    assert len(
        re.findall(r"<[a-z]", re.sub(r"<noscript>.*?</noscript>", "", text, flags=re.DOTALL))
    ) < (9_000 if name.startswith("chapters/sources") else 12_500)
    assert text.count('rel="stylesheet"') == 1


def test_front_page_answers_and_has_the_findings_in_short(soup):
    page = soup("index.html")
    cards = {
        c.select_one(".rubric").get_text(): c.get_text()
        for c in page.select(".first-screen > .card-answer")
    }
    assert len(cards) == 2
    case = cards["The case in Norway"]
    assert "Step 2" in case and "probably given" in case and "Beslutningsforum" in case
    assert "assumed price" in cards["The answer so far"]
    table = page.select_one("table.findings")
    shown = table.get_text()
    assert "against placebo" in shown and "0.86 (0.56–1.31)" in shown
    assert all(
        model_answers.price_answer(c, model_answers.class_value(c)) in shown for c in COHORTS
    )
    whole = soup("chapters/decision-summary.html").select_one("table.findings")
    assert len(whole.select("tbody tr")) > len(table.select("tbody tr"))
    assert table.select_one('.fact[data-fact="cabinet.pfs.pnet.hazard_ratio"]')


def test_plain_page_is_short_measured_and_leads_to_the_form(soup):
    page = soup("chapters/plain-language.html")
    count, lix, flesch = (
        float(x)
        for x in re.search(
            r"has (\d+) words.*LIX (\d+).*Flesch (\d+)", page.select_one(".reading-ease").get_text()
        ).groups()
    )
    assert 200 < count <= 700 and lix < 40 and flesch > 60
    assert page.select_one('article a[href^="https://www.nyemetoder.no/om-systemet/innspill"]')
    assert (
        page.select_one(
            '.fact[data-fact="cabinet.safety.grade3plus.epnet.cabozantinib.rate"] .fact-link'
        ).get_text()
        == "62"
    )


def test_data_page_offers_every_table_and_the_archive(soup, site):
    page = soup("chapters/data.html")
    for r in resources():
        section = page.find(id=f"table-{r['name']}")
        file = site / "chapters" / section.select_one("a[download]")["href"]
        assert (
            file.read_bytes() == (DATA / r["path"]).read_bytes()
            and r["description"] in section.get_text()
        )
        assert len(section.select("tbody tr")) == len(r["schema"]["fields"])
    rows = sum(1 for _ in csv.reader((DATA / "units.csv").open(encoding="utf-8"))) - 1
    assert f"{rows} rows" in page.find(id="table-units").get_text()
    assert (site / data_archive.FOLDER / data_archive.ARCHIVE).stat().st_size > 10_000


def test_cite_box_stands_there_without_script(soup, site):
    forms = [pre.get_text() for pre in soup("chapters/about.html").select(".cite-box pre")]
    assert len(forms) == 3 and all(status_banner.status().commit in form for form in forms)
    for link in soup("chapters/about.html").select(".cite-box a[download]"):
        assert status_banner.status().commit in (site / "chapters" / link["href"]).read_text(
            encoding="utf-8"
        )


def test_files_for_machines(site):
    assert ElementTree.parse(site / "changes.xml").getroot().tag.endswith("feed")
    index = (site / "llms.txt").read_text(encoding="utf-8")
    for name in PAGES:
        assert f"{name})" in index
    assert "tables only" not in index.replace(
        "[References](chapters/references.html): tables only", ""
    )
    assert (site / "robots.txt").read_text().startswith("User-agent: *") and (
        site / "sitemap.xml"
    ).exists() == bool(ADDRESS), "a sitemap needs an address"
