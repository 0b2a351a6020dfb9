"""Numbers, figures and terms of the built pages answer back. HTML is read, not driven."""

from __future__ import annotations

import json
import re
from functools import lru_cache

import pytest
from bs4 import BeautifulSoup

from assessment.book.building.build_inputs import pages
from assessment.evidence import ROOT, load_register, resources
from assessment.pages.registers.anchors import made_anchor

PAGES = pages(ROOT)


@pytest.fixture(scope="module")
def soup(site):
    return lru_cache(maxsize=None)(
        lambda name: BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser")
    )


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
    (assessment.evidence.provenance.traced_text): decorate it.
    """
    found = [(name, c) for name in PAGES for c in soup(name).select(".fact.computed")]
    assert len(found) > 150
    assert [(name, c.get_text()[:60]) for name, c in found if not c["data-function"]] == []
    register = {e["id"]: e for e in soup("chapters/sources-computed.html").select("section.made")}
    entry = register[made_anchor("assessment.pages.economics.severity.severity_texts.cohort_texts")]
    same = entry.select_one('p a[href^="#made-"]')  # what was read is listed once
    listed = register[same["href"][1:]] if same else entry
    assert {"fact-norway-age-pnet-start", "fact-cabinet-os-pnet-hazard-ratio"} <= {
        a["href"].partition("#")[2] for a in listed.select("li a")
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
            titles = [t.select_one(".fact-title").get_text().split("\u00a0· ")[0] for t in own]
            if (
                part.find_parent("section") is not None
                and part.find_parent("section").find_parent("section") is None
            ):
                assert len(titles) == len(set(titles)), f"{name}: a term twice in one section"
        for term in soup(name).select(".fact.term"):
            title = term.select_one(".fact-title").get_text().split("\u00a0· ")[0]
            assert glossary[title] in term.get_text()
            assert not term.find_parent(["h1", "h2", "h3", "a"])
            seen += 1
    assert seen > 100
    assert soup("chapters/glossary.html").select(".fact.term") == []


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
