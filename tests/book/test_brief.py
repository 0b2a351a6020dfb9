"""The brief: picked from the pages of the book by name, wherever they stand, and nothing said twice."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from assessment.book.pdf.brief import BriefPage, NoSuchPart, brief_fragment, brief_pages
from assessment.book.pdf.brief_chapters import brief_chapters, within
from assessment.book.pdf.kept_pages import KeptPages
from assessment.book.pdf.printed_chapter import PrintedChapter, printed_chapter
from assessment.book.pdf.whole_book import Volume, volume, volumes

TABLE = (
    '<div class="cell"><div class="table-scroll"><table class="data"><thead><tr><th>Dose</th></tr>'
    "</thead><tbody><tr><td>2</td></tr></tbody></table></div></div>"
)
FRAGMENTS = {
    "index": '<section id="book"><h1>A book</h1><div class="first-question cover-only"><p>Is it so?</p>'
    '</div><div class="first-screen"><div class="card-answer"><p>Perhaps.</p></div></div>'
    "<section><h2>For the site</h2><p>Point here.</p></section></section>",
    "chapters/summary": '<section id="summary"><h1>Summary</h1><p>In short, as'
    ' <a href="costs.html#limits">costs</a> and <a href="other.html">others</a> say.</p></section>',
    "chapters/costs": '<section id="costs"><h1>Costs</h1><p>What does it cost?</p><div class="answer">'
    '<p>Much <a href="sources.html#cite-1-a">[1]</a>.</p></div><p>More.</p><section id="results">'
    '<span id="own"></span><h3>Results</h3><p>Long.</p>'
    f'{TABLE}<figure id="fig-a"><figcaption>A picture</figcaption></figure></section>'
    '<section id="limits"><h2>Limits</h2><p>Many.</p></section></section>',
    "chapters/other": '<section id="other"><h1>Other</h1><section id="deep"><h2>Deep</h2><section'
    ' id="moved"><h3>Moved</h3><h4>Below</h4><p>As <a href="#deep">above</a>.</p></section>'
    '<figure id="fig-b"><figcaption>Another</figcaption></figure></section></section>',
    "chapters/sources": '<section id="sources"><h1>Sources</h1>'
    '<div class="citation" id="cite-1-a">A</div><div class="citation" id="cite-1-b">B</div></section>',
}
LISTED = """
- page: chapters/summary
- page: chapters/costs
  parts:
    - answer
    - table: own
    - figure: fig-b
    - section: moved
    - section: limits
- page: chapters/sources
  parts: [cited]
"""


def listed(tmp_path: Path, text: str = LISTED) -> list[BriefPage]:
    (tmp_path / "_brief.yml").write_text(text, encoding="utf-8")
    return brief_pages(tmp_path)


def picked(*parts: tuple[str, str]) -> BeautifulSoup:
    page = BriefPage("chapters/costs", parts)
    return BeautifulSoup(brief_fragment(page, FRAGMENTS, set()), "html.parser")


def test_a_book_without_a_list_has_no_brief(tmp_path):
    assert brief_pages(tmp_path) == []


def test_a_page_is_whole_or_picked_from(tmp_path):
    summary, costs, sources = listed(tmp_path)
    assert summary == BriefPage("chapters/summary") and sources.cites and not costs.cites
    assert brief_fragment(summary, FRAGMENTS, set()) == FRAGMENTS["chapters/summary"]


def test_the_answer_is_the_question_and_its_box():
    assert [e.get_text() for e in picked(("answer", "")).section.find_all(recursive=False)] == [
        "Costs",
        "What does it cost?",
        "Much [1].",
    ]


def test_a_table_stands_below_the_heading_of_its_section_and_a_figure_alone():
    made = picked(("table", "own"), ("figure", "fig-a")).section
    assert [e.name for e in made.find_all(recursive=False)] == ["h1", "section", "figure"]
    assert made.section.h2.get_text() == "Results" and made.select_one("section table")
    assert "Long." not in made.get_text()


def test_a_part_is_found_where_it_was_moved_and_its_links_lead_back():
    made = picked(("section", "moved"), ("figure", "fig-b")).section
    assert made.section.h2.get_text() == "Moved" and made.section.h3.get_text() == "Below"
    assert made.section.a["href"] == "other.html#deep" and made.find(id="fig-b")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- page: chapters/costs\n  parts: [{figure: fig-x}]\n", "no page has the figure 'fig-x'"),
        ("- page: chapters/none\n", "there is no page 'chapters/none' in _toc.yml"),
        ("- page: chapters/costs\n  parts: [{picture: a}]\n", "'picture' is no part of a page"),
        ("- page: chapters/costs\n  parts: [figure]\n", "'figure' is no part of a page"),
    ],
)
def test_what_is_not_there_is_told_with_the_next_step(tmp_path, text, message):
    with pytest.raises(NoSuchPart, match=message):
        for page in listed(tmp_path, text):
            brief_fragment(page, FRAGMENTS, set())


def test_only_documents_that_the_brief_cites_are_listed(tmp_path):
    chapters = brief_chapters(listed(tmp_path), FRAGMENTS, KeptPages(tmp_path / "kept"), "")
    assert [one.name for one in chapters] == [
        "chapters/summary",
        "chapters/costs",
        "chapters/sources",
    ]
    assert ">A<" in chapters[2].html and ">B<" not in chapters[2].html


def test_links_that_leave_the_brief_lead_to_the_site_or_are_text(tmp_path):
    pages, kept = listed(tmp_path), KeptPages(tmp_path / "kept")
    plain, led = (
        brief_chapters(pages, FRAGMENTS, kept, address) for address in ("", "https://a.no/")
    )
    assert "chapters/other" not in plain[0].html and "others" in plain[0].html
    assert 'href="https://a.no/chapters/other.html"' in led[0].html
    assert 'href="book:chapters/costs.limits"' in led[0].html  # within the brief
    chapter = PrintedChapter("a", "A", "", answers='<p><a href="book:b">b</a></p>')
    assert within([chapter], "")[0].answers == "<p>b</p>"


def test_a_part_that_is_missing_is_a_warning_and_the_rest_is_made(tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(
        "assessment.book.pdf.brief_chapters.logger.warning",
        lambda line, *of: told.append(line % of),
    )
    text = "- page: chapters/none\n- page: chapters/summary\n"
    made = brief_chapters(listed(tmp_path, text), FRAGMENTS, KeptPages(tmp_path / "kept"), "")
    assert len(made) == 1 and len(told) == 1 and "chapters/none" in told[0]


@pytest.mark.slow
def test_the_summary_stands_before_the_contents_and_the_brief_has_them_on_its_cover(tmp_path):
    kept = KeptPages(tmp_path / "kept")
    chapters = [printed_chapter(name, fragment) for name, fragment in FRAGMENTS.items()]
    assert chapters[0].html == "" and "index" in chapters[0].places
    short = brief_chapters(listed(tmp_path), FRAGMENTS, kept, "")
    made = volumes(
        [
            volume("A book", chapters, "chapters/summary"),
            Volume("A book", chapters[0], short, brief=True),
        ],
        kept,
    )
    whole, brief = (PdfReader(io.BytesIO(pdf)) for pdf, _page in made)
    text = ["".join(page.extract_text().split()) for page in whole.pages]
    assert "Perhaps." in text[0] and "Inshort" in text[1] and text[2].startswith("Contents")
    assert "Pointhere" not in "".join(text) and len(text) == 6
    assert re.search(r"Summary[.]+2Costs[.]+4", text[2])
    number = whole.get_destination_page_number
    assert number(whole.named_destinations["chapters/costs"]) == 3
    text = ["".join(page.extract_text().split()) for page in brief.pages]
    assert "Summary" in text[0] and "Costs" in text[0] and len(text) == 4
    assert brief.named_destinations.keys() <= {*whole.named_destinations, *short[1].places}
    for reader in (whole, brief):
        told = reader.xmp_metadata
        assert told.dc_title["x-default"] == "A book" and told.dc_language == ["en-GB"]
        assert "CC BY" in told.dc_rights["x-default"]
        assert "No address of the living version is set" in told.dc_description["x-default"]
