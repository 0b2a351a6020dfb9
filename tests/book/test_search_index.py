"""What the search of the built site can find."""

from __future__ import annotations

import json
from functools import lru_cache

import pytest
from bs4 import BeautifulSoup

from assessment.book.building.build_inputs import pages
from assessment.evidence import ROOT, load_facts, load_register

PAGES = pages(ROOT)


@pytest.fixture(scope="module")
def soup(site):
    return lru_cache(maxsize=None)(
        lambda name: BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser")
    )


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
        "term": ("overkrysning",),
        "figure": ("shortfall",),
    }
    for kind, words in asked.items():
        assert any(all(w in said.lower() for w in words) for said in shown[kind]), kind


def test_search_index_holds_the_words_of_tables_and_charts(found):
    _, words = found
    assert "chapters/mechanism" in words["axl"] and "chapters/sources-cabinet" in words[
        "crossov"
    ] + words.get("crossover", [])
    assert "chapters/trial-evidence" in words["publish"]
