"""The pages as built: what stands on each, what answers back, what machines and the search find.
HTML is read, not driven.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import re
from functools import lru_cache
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from assessment.book.building.build_inputs import pages
from assessment.book.site import data_archive, status_banner
from assessment.evidence import DATA, ROOT, load_facts, load_register, resources
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
    assert line["data-due"] == of.due.isoformat() and line["data-stale"] == of.stale.isoformat()
    for shown in (
        of.commit,
        numbers.day(of.evidence),
        numbers.day(of.checked),
        numbers.day(of.due),
        f"{of.open_conflicts} open",
    ):
        assert shown in line.get_text()
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


@pytest.mark.parametrize("name", PAGES)
def test_every_card_is_described_and_leads_somewhere(soup, site, name):
    page = soup(name)
    ids = [e["id"] for e in page.select("[id]")]
    assert len(ids) == len(set(ids)), "ids are unique"
    targets = {}
    for fact in page.select(".fact"):
        link = fact.select_one(".fact-link")
        assert link["aria-describedby"] in ids and link.get_text(strip=True)
        file, _, anchor = link["href"].partition("#")
        target = (site / name).parent / file if file else site / name
        targets.setdefault(target.resolve(), set()).add(anchor)
    for target, anchors in targets.items():
        there = {
            e["id"] for e in soup(target.relative_to(site.resolve()).as_posix()).select("[id]")
        }
        assert anchors <= there, sorted(anchors - there)[:5]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_light(site, name):
    """What a browser with scripts must take apart before the page answers: cards, lists folded away
    and drawings are kept as text or fetched later.
    """
    text = (site / name).read_text(encoding="utf-8")
    assert len(gzip.compress(text.encode(), 6)) < 100_000
    assert (
        len(re.findall(r"<[a-z]", re.sub(r"<noscript>.*?</noscript>", "", text, flags=re.DOTALL)))
        < 12_500
    )
    assert text.count('rel="stylesheet"') == 1


def test_every_fact_card_names_the_fact_and_offers_to_report_it(soup):
    facts = [f for name in PAGES for f in soup(name).select(".fact[data-fact]")]
    assert len(facts) > 300
    for fact in facts:
        assert (
            fact["data-fact"] in fact.select_one(".fact-card").get_text()
            and fact["data-fact"] in fact.select_one(".fact-report")["href"]
        )


def test_every_computed_number_names_its_function_and_its_register_entry_lists_what_it_read(soup):
    """A number whose function is not known comes from a function without @computed
    (assessment.presentation.computed): decorate it.
    """
    found = [(name, c) for name in PAGES for c in soup(name).select(".fact.computed")]
    assert len(found) > 150
    assert [(name, c.get_text()[:60]) for name, c in found if not c["data-function"]] == []
    register = {e["id"]: e for e in soup("chapters/sources.html").select("section.made")}
    entry = register["made-assessment-presentation-severity-cohort-texts"]
    assert {"fact-norway-age-pnet-start", "fact-cabinet-os-pnet-hazard-ratio"} <= {
        a["href"][1:] for a in entry.select("li a") if a["href"].startswith("#")
    }
    assert "Shortfall, class and their range" in entry.get_text() and "economics.html" in str(entry)
    assert sum(bool(e.select("li")) for e in register.values()) > 20


def test_no_glued_number_is_left_without_a_card(soup):
    bare = [(name, e.get_text()) for name in PAGES for e in soup(name).select(".pasted-text")]
    assert bare == []


def test_figures_name_what_made_them(soup):
    charts = sum(len(soup(name).select(".chart")) for name in PAGES)
    named = [p for name in PAGES for p in soup(name).select("p.made-from")]
    assert charts > 20 and len(named) > 0.8 * charts, (
        "those without facts (simulations) say nothing"
    )
    assert all(p.a["href"].partition("#")[2].startswith("made-assessment-") for p in named)
    titles = [r["title"] for r in resources()]
    assert [
        p.get_text()
        for p in named
        if not re.search(r"\d facts?\b", p.get_text())
        and not any(t in p.get_text() for t in titles)
    ] == [], "from how many facts, or which tables"


def test_terms_open_in_place_once_per_section_with_the_definition_of_the_glossary(soup):
    glossary = {r.term: r.definition for r in load_register("glossary").itertuples()}
    seen = 0
    for name in PAGES:
        for part in soup(name).select("article section section") or soup(name).select(
            "article section"
        ):
            own = [
                t
                for t in part.select(".fact.term")
                if t.find_parent("section") is part
                or t.find_parent("section").find_parent("section") is part
            ]
            titles = [t.select_one(".fact-title").get_text().split(" · ")[0] for t in own]
            if (
                part.find_parent("section") is not None
                and part.find_parent("section").find_parent("section") is None
            ):
                assert len(titles) == len(set(titles)), f"{name}: a term twice in one section"
        for term in soup(name).select(".fact.term"):
            title = term.select_one(".fact-title").get_text().split(" · ")[0]
            assert glossary[title] in term.get_text()
            assert not term.find_parent(["h1", "h2", "h3", "a"])
            seen += 1
    assert seen > 100
    assert soup("chapters/glossary.html").select(".fact.term") == []


def test_front_page_answers_the_six_questions(soup):
    cards = {
        c.select_one(".rubric").get_text(): c.get_text()
        for c in soup("index.html").select(".first-screen > .card-answer")
    }
    assert len(cards) == 6
    assert (
        "Step 2" in cards["The case in Norway"]
        and "unknown" in cards["The case in Norway"]
        and "Beslutningsforum" in cards["The case in Norway"]
    )
    assert (
        "0.38 (0.25–0.59)" in cards["What the evidence shows"]
        and "5143" in cards["What it costs, at which price"]
    )
    assert "very low" in cards["How sure"] and "0.86 (0.56–1.31)" in cards["What is unknown"]


def test_plain_page_is_short_measured_and_leads_to_the_form(soup):
    page = soup("chapters/plain-language.html")
    count, lix, flesch = (
        float(x)
        for x in re.search(
            r"has (\d+) words.*LIX (\d+).*Flesch (\d+)", page.select_one(".reading-ease").get_text()
        ).groups()
    )
    assert 200 < count <= 600 and lix < 40 and flesch > 60
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


@pytest.fixture(scope="module")
def found(site):
    """The search index: objects as (kind, shown as, page), and the pages each stemmed word leads
    to.
    """
    text = (site / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(text[len("Search.setIndex(") : -1])
    objects = [
        (
            index["objnames"][str(o[1])][2],
            f"{prefix}.{o[4]}" if prefix else o[4],
            index["docnames"][o[0]],
        )
        for prefix, group in index["objects"].items()
        for o in group
    ]
    return objects, {
        w: [index["docnames"][i] for i in (d if isinstance(d, list) else [d])]
        for w, d in index["terms"].items()
    }


def test_search_knows_every_fact_term_and_figure(found, soup):
    objects, _ = found
    shown = {
        kind: [said for k, said, _ in objects if k == kind] for kind in ("fact", "term", "figure")
    }
    assert len(shown["fact"]) == len(load_facts()) and len(shown["term"]) == len(
        load_register("glossary")
    )
    assert len(shown["figure"]) == sum(len(soup(n).select("figure[id]")) for n in PAGES)
    asked = {
        "fact": ("hazard ratio", "pnet", "0.23 (0.12–0.42)"),
        "term": ("overkryssing",),
        "figure": ("shortfall",),
    }
    for kind, words in asked.items():
        assert any(all(w in said.lower() for w in words) for said in shown[kind]), kind


def test_search_index_holds_the_words_of_tables_and_charts(found):
    _, words = found
    assert "chapters/mechanism" in words["axl"] and "chapters/sources" in words[
        "crossov"
    ] + words.get("crossover", [])
    assert "chapters/trial-evidence" in words["publish"]


browser = pytest.mark.browser


@browser
@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_all_six_answers_are_in_the_first_screen(page, address, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(address + "index.html")
    bottom = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.first-screen > .card-answer')].map(c =>"
        " c.getBoundingClientRect().bottom))"
    )
    assert bottom <= size[1]


@browser
@pytest.mark.parametrize(
    ("days", "state", "shape", "said"),
    [
        (-1, "current", "●", ""),
        (0, "current", "●", ""),
        (1, "late", "▲", "Overdue, days: 1."),
        (400, "stopped", "■", "Not kept up to date"),
    ],
)
def test_the_banner_turns_by_itself(page, address, days, state, shape, said):
    from datetime import datetime, time, timedelta

    page.clock.set_fixed_time(
        datetime.combine(status_banner.status().due + timedelta(days=days), time(12))
    )
    page.goto(address + "chapters/data.html")
    line = page.locator(".book-status")
    assert (
        line.get_attribute("data-state") == state
        and line.locator(".status-shape").inner_text() == shape
        and said in line.inner_text()
    )


@browser
def test_front_page_prints_on_two_sides(page, address):
    from io import BytesIO

    from pypdf import PdfReader

    page.goto(address + "index.html")
    printed = PdfReader(BytesIO(page.pdf(format="A4")))
    assert (
        len(printed.pages) <= 2 and status_banner.status().commit in printed.pages[0].extract_text()
    )


@browser
def test_a_term_opens_by_keyboard_and_closes_by_escape(page, address):
    page.goto(address + "chapters/plain-language.html")
    term = page.locator(".term").first
    term.locator(".fact-link").focus()
    assert term.locator(".fact-card").is_visible()
    page.keyboard.press("Escape")
    assert not term.locator(".fact-card").is_visible()


@browser
def test_the_search_page_lists_a_fact(page, address):
    page.goto(address + "search.html?q=crossover+rule")
    page.wait_for_selector(
        '#search-results li a[href*="#fact-cabinet-design-crossover"]', timeout=20000
    )
    assert page.faults == []


@browser
def test_an_error_report_shows_what_to_quote(page, address):
    page.goto(
        address + "chapters/about.html?page=chapters%2Fpico&fact=cabinet.n.pnet#found-an-error"
    )
    quote = page.locator(".report-quote")
    assert (
        quote.is_visible()
        and "cabinet.n.pnet" in quote.inner_text()
        and status_banner.status().commit in quote.inner_text()
    )
    page.locator(".cite-box .copy-text").first.click()
    page.wait_for_function("[...document.querySelectorAll('.copy-said')].some(s => s.textContent)")
