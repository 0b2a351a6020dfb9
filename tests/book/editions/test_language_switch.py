"""Links between languages stand on pages that exist in both, and on no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessment.book.editions.edition_build import translated_pages
from assessment.book.editions.edition_settings import config, contents, load_edition
from assessment.book.editions.language_switch import link_pages
from assessment.evidence import ROOT
from assessment.presentation.language import LOCALE

PAGE = (
    '<html><head><meta charset="utf-8" /></head><body><div class="book-status">'
    '<span>Version</span><span><a href="x.pdf">PDF</a></span></div><p>Text</p></body></html>'
)
PAGES = ("index.html", "chapters/one.html", "chapters/two.html", "nb/index.html")


@pytest.fixture
def pages(tmp_path) -> Path:
    for name in (*PAGES, "nb/chapters/one.html", "nb/search.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE, encoding="utf-8")
    return tmp_path


def links(page: Path) -> list[Path]:
    """The files that the links of a page to other languages lead to."""
    text = page.read_text(encoding="utf-8")
    parts = text.split('hreflang="')[1:]
    assert len(parts) in (0, 2), "one in the head, one in the status line"
    within = text.split('class="status-language"><a href="')[1:]
    return [(page.parent / part.split('"')[0]).resolve() for part in within]


def test_a_translated_page_is_linked_both_ways(pages):
    linked = link_pages(pages, "nb", "Norsk bokmål", ["chapters/one.html", "chapters/two.html"])
    assert linked == ["chapters/one.html"]
    assert links(pages / "chapters/one.html") == [pages / "nb/chapters/one.html"]
    assert links(pages / "nb/chapters/one.html") == [pages / "chapters/one.html"]


def test_what_is_not_translated_is_not_led_to_but_leads_back(pages):
    link_pages(pages, "nb", "Norsk bokmål", ["chapters/one.html"])
    assert links(pages / "index.html") == links(pages / "chapters/two.html") == []
    assert links(pages / "nb/index.html") == [pages / "index.html"]
    assert links(pages / "nb/search.html") == [], "there is no English page of this name"


def test_linking_twice_changes_nothing(pages):
    for _again in range(2):
        link_pages(pages, "nb", "Norsk bokmål", ["chapters/one.html"])
        texts = [(pages / name).read_text(encoding="utf-8") for name in PAGES]
    assert sum(text.count("status-language") for text in texts) == 2


def test_the_settings_of_an_edition_differ_only_where_its_file_says():
    edition = load_edition(ROOT, "nb")
    settings = config(ROOT, edition)
    assert settings["title"] == edition.title
    assert settings["sphinx"]["config"]["language"] == "nb"
    assert settings["execute"] == config(ROOT, load_edition(ROOT, "nb"))["execute"]
    captions = [part["caption"] for part in contents(ROOT / "_toc.yml", edition)["parts"]]
    assert set(captions) <= set(edition.captions.values()), "every caption is translated"


def test_a_page_with_a_catalogue_is_a_translated_page():
    assert translated_pages(ROOT, "nb") == sorted(
        f"chapters/{path.stem}.html" for path in (LOCALE / "nb/LC_MESSAGES/chapters").glob("*.po")
    )
