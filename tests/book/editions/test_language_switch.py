"""The switch between languages stands in the header of every page and leads to pages that exist."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessment.book.editions.edition_settings import config, contents, load_edition
from assessment.book.editions.language_switch import link_pages
from assessment.evidence import ROOT

PAGE = (
    '<html><head><meta charset="utf-8" /></head><body><div class="article-header-buttons"></div>'
    "<p>Text</p></body></html>"
)
PAGES = ("index.html", "chapters/one.html", "chapters/two.html", "nb/index.html")


@pytest.fixture
def pages(tmp_path) -> Path:
    for name in (*PAGES, "nb/chapters/one.html", "nb/search.html", "v/1/index.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE, encoding="utf-8")
    return tmp_path


def links(page: Path) -> tuple[list[Path], list[Path]]:
    """(where the switch of a page leads, where its head says that the same page is)."""
    text = page.read_text(encoding="utf-8")
    shown = text.split('class="language-switch" href="')[1:]
    told = text.split('rel="alternate" hreflang="')[1:]
    to = [(page.parent / part.split('"')[0]).resolve() for part in shown]
    same = [(page.parent / part.split('href="')[1].split('"')[0]).resolve() for part in told]
    return to, same


def test_a_translated_page_is_linked_both_ways(pages):
    linked = link_pages(pages, "nb", "Norsk bokmål", ["chapters/one.html", "chapters/two.html"])
    assert linked == ["chapters/one.html"]
    there, here = pages / "nb/chapters/one.html", pages / "chapters/one.html"
    assert links(here) == ([there], [there]) and links(there) == ([here], [here])


def test_a_page_that_is_not_translated_leads_to_the_front_page(pages):
    link_pages(pages, "nb", "Norsk bokmål", ["chapters/one.html"])
    assert links(pages / "chapters/two.html") == ([pages / "nb/index.html"], [])
    assert links(pages / "nb/search.html") == ([], []), "there is no English page of this name"
    assert links(pages / "v/1/index.html") == ([], []), "an earlier version stays as it was"


def test_linking_twice_changes_nothing(pages):
    for _again in range(2):
        link_pages(pages, "nb", "Norsk bokmål", ["index.html", "chapters/one.html"])
        texts = [(pages / name).read_text(encoding="utf-8") for name in PAGES]
    assert sum(text.count("language-switch") for text in texts) == 4


def test_the_settings_of_an_edition_differ_only_where_its_file_says():
    edition = load_edition(ROOT, "nb")
    settings = config(ROOT, edition)
    assert settings["title"] == edition.title
    assert settings["sphinx"]["config"]["language"] == "nb"
    assert settings["execute"] == config(ROOT, load_edition(ROOT, "nb"))["execute"]
    parts = contents(ROOT / "_toc.yml", edition)["parts"]
    assert {part["caption"] for part in parts} <= set(edition.captions.values())
    listed = [page["file"] for part in parts for page in part["chapters"]]
    assert {"index", *listed} == set(edition.pages), "every page is in the contents of the book"
