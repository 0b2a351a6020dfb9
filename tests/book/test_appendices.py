"""Complete lists stand last in the printed report, under letters, and the site's order is left alone."""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

from assessment.book.building.build_inputs import pages
from assessment.book.pdf.appendices import LIST, appendices_last, appendix_names
from assessment.book.pdf.front_pages import contents
from assessment.book.pdf.printed_chapter import PrintedChapter, printed_chapter
from assessment.book.site.version import PDF_ON_SITE
from assessment.evidence import ROOT

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
from pdf_reading import bookmarks, read_pdf, squeezed


def chapters(*names: str) -> list[PrintedChapter]:
    return [
        printed_chapter(name, f'<section id="{name}"><h1>{name.title()}</h1><p>Text.</p></section>')
        for name in names
    ]


def test_those_named_come_last_in_the_order_of_the_list():
    made = appendices_last(chapters("index", "facts", "costs", "works", "end"), ["works", "facts"])
    assert [one.name for one in made] == ["index", "costs", "end", "works", "facts"]
    assert [one.appendix for one in made] == ["", "", "", "A", "B"]
    assert made[3].title == "Appendix A · Works" and "Appendix B" in made[4].html
    assert made[4].html.index("Appendix B") < made[4].html.index("<h1")


def test_a_page_that_is_not_there_is_a_warning_and_the_front_page_stays(monkeypatch):
    told = []
    monkeypatch.setattr(
        "assessment.book.pdf.appendices.logger.warning", lambda line, *of: told.append(line % of)
    )
    made = appendices_last(chapters("index", "costs"), ["index", "gone", "costs", "costs"])
    assert [one.name for one in made] == ["index", "costs"] and made[1].appendix == "A"
    assert len(told) == 2 and "'index'" in told[0] and "'gone'" in told[1]


def test_a_book_without_the_list_has_none(tmp_path):
    assert appendix_names(tmp_path) == []
    book = chapters("index", "costs")
    assert appendices_last(book, []) == book
    assert "Appendices" not in contents(book[1:], {})


def test_the_contents_name_letters_below_a_line():
    made = appendices_last(chapters("index", "facts", "costs"), ["facts"])
    listed = contents(made[1:], {"facts": 7, "costs": 3})
    assert listed.index("Costs") < listed.index("Appendices") < listed.index("A Facts")


def test_every_appendix_is_a_page_of_the_book_named_once():
    names = yaml.safe_load((ROOT / LIST).read_text(encoding="utf-8"))
    assert len(set(names)) == len(names)
    assert {f"{name}.html" for name in names} <= set(pages(ROOT))


def test_the_report_ends_with_its_appendices(site):
    printed = read_pdf(site / PDF_ON_SITE)
    first = [page for _title, page in bookmarks(printed, 1)][-len(appendix_names(ROOT)) :]
    for letter, page in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", first, strict=False):
        text = squeezed("".join(piece.text for piece in printed.pages[page - 1]))
        assert squeezed(f"Appendix {letter}") in text


def test_a_heading_whose_section_is_for_the_site_alone_is_not_printed():
    made = printed_chapter(
        "facts",
        '<section id="facts"><h1>Facts</h1><p>Many.</p><section id="find"><h2>Find</h2>'
        '<div class="web-only"><p>Type.</p></div></section></section>',
    )
    assert "Find" not in made.html and [text for _l, _p, text in made.headings] == ["Facts"]
    assert "facts.find" in made.places
