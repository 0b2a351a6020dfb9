"""The PDF of a small made-up book, put together from its chapters: what changes is set anew and no more,
and kept or not, here or elsewhere, the same book is the same file.
"""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from assessment.book.pdf import kept_pages
from assessment.book.pdf.fragments import Fragments
from assessment.book.pdf.kept_pages import KeptPages
from assessment.book.pdf.layout import chapter_setting, page_fill
from assessment.book.pdf.printed_chapter import PrintedChapter, printed_chapter
from assessment.book.pdf.whole_book import whole_book

pytestmark = pytest.mark.slow  # runs the model, or sets pages

TITLE = "A made-up book"
TABLE = (
    '<table class="data"><thead><tr><th scope="col">Dose</th><th scope="col">Years</th></tr></thead>'
    '<tbody><tr><th scope="row">One</th><td>2</td></tr>'
    '<tr><th scope="row">Two</th><td>3</td></tr></tbody></table>'
)
FRAGMENTS = {
    "index": '<section id="book"><h1>A book<a class="headerlink" href="#book">#</a></h1>'
    '<div class="first-question"><p>Is it <a href="chapters/two.html#id1">so</a>?</p></div>'
    '<div class="first-screen"><div><p>Yes, <span id="id1">perhaps</span>.</p></div></div>'
    '<p>Read <a href="chapters/one.html">one</a>.</p></section>',
    "chapters/one": '<section id="one"><h1>One</h1><section id="limits"><h2>Limits</h2>'
    f'<p id="id1">Letters: abc.</p>{TABLE}<p>As <a href="two.html#id1">two</a>'
    ' and <a href="#id1">here</a> and <a href="../index.html#id1">there</a>.</p></section></section>',
    "chapters/two": '<section id="two"><h1>Two</h1><section id="limits"><h2>Limits</h2>'
    f'<p id="id1">Letters: xyzæøå.</p>{TABLE}<p><a href="https://example.org/">Outside</a></p>'
    "</section></section>",
}


def chapters() -> list[PrintedChapter]:
    return [printed_chapter(name, fragment) for name, fragment in FRAGMENTS.items()]


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def made(kept) -> bytes:
    """Set from nothing, chapters side by side."""
    return whole_book(TITLE, chapters(), KeptPages(kept))[0]


@pytest.fixture(scope="module")
def reader(made) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def words(page) -> str:
    return "".join(page.extract_text().split())


def test_places_are_unique_and_links_between_chapters_are_told():
    one = chapters()[1]
    assert "chapters/one.id1" in one.places and "chapters/one" in one.places
    assert [target for target, _ in one.links] == ["chapters/two.id1", "index.id1"]
    assert 'href="#chapters/one.id1"' in one.html
    assert "headerlink" not in chapters()[0].html
    assert len({place for chapter in chapters() for place in chapter.places}) == sum(
        len(set(chapter.places)) for chapter in chapters()
    )


def test_same_book_same_bytes_kept_or_not_here_or_elsewhere(made, kept, tmp_path, monkeypatch):
    # elsewhere: another folder, and one after another in this process
    def one_by_one(look, listed):
        return [chapter_setting.set_chapter(look, *one) for one in listed]

    with monkeypatch.context() as patch:
        patch.setattr(chapter_setting, "set_chapters", one_by_one)
        assert whole_book(TITLE, chapters(), KeptPages(tmp_path / "elsewhere"))[0] == made
    assert whole_book(TITLE, chapters(), KeptPages(kept))[0] == made


def test_only_the_changed_chapter_is_set_anew(made, kept, monkeypatch):
    book, done = chapters(), []
    book[1] = replace(book[1], html=book[1].html.replace("abc", "abd"))
    original = chapter_setting.set_chapters
    monkeypatch.setattr(
        chapter_setting,
        "set_chapters",
        lambda look, listed: [done.append(name) for name, *_ in listed] and original(look, listed),
    )
    changed = whole_book(TITLE, book, KeptPages(kept))[0]
    assert done == ["chapters/one"]
    assert changed != made
    assert "abd" in words(PdfReader(io.BytesIO(changed)).pages[3])


def test_pages_follow_each_other_with_number_title_and_version(reader):
    assert len(reader.pages) == 5  # cover, contents, three chapters
    text = [words(page) for page in reader.pages]
    assert "perhaps" in text[0] and "Isitso?" in text[0]
    assert text[3].endswith("4") and text[4].endswith("5")
    assert "Limits" in text[1] and ".4" in text[1]
    assert reader.metadata.title == TITLE


def test_links_lead_to_other_chapters_and_bookmarks_to_all(reader):
    places, links = reader.named_destinations, []
    for page in reader.pages:
        links += [one.get_object() for one in page.get("/Annots", [])]
    inside = [str(link["/Dest"]) for link in links if "/Dest" in link]
    assert {"chapters/two.id1", "index.id1", "chapters/one", "chapters/one.id1"} <= set(inside)
    assert set(inside) <= set(places)
    assert [str(link["/A"]["/URI"]) for link in links if "/A" in link] == ["https://example.org/"]
    number = reader.get_destination_page_number
    assert number(places["chapters/two.id1"]) == 4 and number(places["index.id1"]) == 0
    assert [mark.title for mark in reader.outline if not isinstance(mark, list)] == [
        "A book",
        "One",
        "Two",
    ]


def test_one_tag_tree_whose_numbers_and_names_are_unique(reader):
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    assert [kid.get_object()["/S"] for kid in root["/K"]] == ["/Document"]
    numbers = root["/ParentTree"]["/Nums"][::2]
    assert list(numbers) == list(range(len(numbers)))
    used = [page["/StructParents"] for page in reader.pages]
    for page in reader.pages:
        used += [a.get_object()["/StructParent"] for a in page.get("/Annots", [])]
    assert sorted(used) == list(numbers)
    names = list(root["/IDTree"]["/Names"][::2])
    assert len(set(names)) == len(names) == 8 and names == sorted(names)


def test_each_font_is_there_once_with_the_letters_of_all_chapters(reader):
    fonts = {}
    for page in reader.pages:
        for name, font in page["/Resources"]["/Font"].items():
            fonts.setdefault(name, set()).add(font.indirect_reference.idnum)
    assert fonts and all(len(numbers) == 1 for numbers in fonts.values())
    assert "xyzæøå" in words(reader.pages[4]) and "abc" in words(reader.pages[3])


def test_a_link_that_leads_nowhere_is_a_warning(kept, monkeypatch):
    told = []
    monkeypatch.setattr(
        "assessment.book.pdf.whole_book.logger.warning", lambda line, *of: told.append(line % of)
    )
    book = chapters()
    book[1] = replace(book[1], links=[("chapters/two.nowhere", "text")])
    whole_book(TITLE, book, KeptPages(kept))
    assert len(told) == 1 and "chapters/two.nowhere" in told[0] and "chapters/one" in told[0]


def test_a_fragment_holds_for_its_state_only(tmp_path):
    fragments = Fragments(tmp_path)
    fragments.write("chapters/one", "a b", "<p>text</p>")
    assert fragments.read("chapters/one", "a b") == "<p>text</p>"
    assert fragments.read("chapters/one", "a c") is None
    assert fragments.read("chapters/two", "a b") is None
    fragments.write("chapters/one", "", "<p>text</p>")
    assert fragments.read("chapters/one", "") is None
    fragments.tidy(set())
    assert not list(tmp_path.rglob("*.html"))


def test_what_was_kept_and_is_broken_is_made_anew(kept, made):
    for file in kept.glob("*.printed.json"):
        file.write_text("{", encoding="utf-8")
    name, fragment = next(iter(FRAGMENTS.items()))
    assert KeptPages(kept).printed(name, fragment) == printed_chapter(name, fragment)
    assert KeptPages(kept).printed(name, fragment) == printed_chapter(name, fragment)
    assert kept_pages.digest(b"a", b"bc") != kept_pages.digest(b"ab", b"c")


def test_a_label_does_not_part_a_heading_from_what_it_follows():
    page = BeautifulSoup(
        '<section><p>a</p><section><span id="x"></span><h2>H</h2><p>b</p></section></section>',
        "html.parser",
    )
    page_fill.labels_into_headings(page.section)
    assert str(page) == (
        '<section><p>a</p><section><h2><span id="x"></span>H</h2><p>b</p></section></section>'
    )
