"""What fills printed pages is found once, kept in a file, and gives the same pages without a search."""

from __future__ import annotations

import yaml

from assessment.book.pdf.layout import page_layout
from assessment.book.pdf.layout.chapter_setting import set_chapter
from assessment.book.pdf.layout.fill_record import (
    as_record,
    from_record,
    read_records,
    records_text,
)
from assessment.book.pdf.layout.look import Look
from assessment.book.pdf.layout.page_changes import AFTER, SMALLER, PageChange
from assessment.book.pdf.layout.page_fill import PageFill
from assessment.book.pdf.whole_book import SHEET

PARAGRAPH = "<p>" + "Word after word fills the line of a page in print. " * 9 + "</p>"
FIGURE = (
    '<figure style="break-inside: avoid"><svg class="drawing" data-scale="1" data-width="640"'
    ' style="width: 100%" viewBox="0 0 640 430" xmlns="http://www.w3.org/2000/svg">'
    '<rect width="640" height="430"/></svg></figure>'
)
CHAPTER = f'<section id="one"><h1>One</h1>{PARAGRAPH * 5}{FIGURE}{PARAGRAPH * 9}</section>'


def set_counted(monkeypatch, known=None):
    """(the set chapter, how many layouts it took)."""
    count, lay_out = [0], page_layout.PageSetter.lay_out

    def counted(self, body):
        count[0] += 1
        return lay_out(self, body)

    with monkeypatch.context() as patch:
        patch.setattr(page_layout.PageSetter, "lay_out", counted)
        return set_chapter(Look(SHEET, "en", 640.0), "one", CHAPTER, known), count[0]


def test_what_filled_pages_once_fills_them_again_with_one_layout(monkeypatch):
    searched, several = set_counted(monkeypatch)
    assert searched.fill.get("changes"), "the figure leaves a hole that something must fill"
    kept = yaml.safe_load(records_text({"one": searched.fill}))["one"]
    again, once = set_counted(monkeypatch, kept)
    assert several > 1 and once == 1
    assert again.html == searched.html and again.pdf == searched.pdf
    assert again.fill == searched.fill


def test_what_no_longer_fits_the_chapter_is_left_out(monkeypatch):
    unknown = {"changes": [{"after": ["gone 3"], "of": "gone 4"}, {"unheard": ["one 1"]}]}
    found, _layouts = set_counted(monkeypatch, unknown)
    assert found.fill == set_counted(monkeypatch)[0].fill


def test_a_record_tells_all_of_a_fill():
    fill = PageFill(
        [PageChange(SMALLER, ("a 1", "a 2"), share=0.9312), PageChange(AFTER, ("a 1",), "a 4")],
        ["b 2"],
        False,
    )
    assert from_record(as_record(fill)) == fill
    assert as_record(PageFill()) == {}


def test_a_file_that_is_not_yaml_is_as_none(tmp_path):
    assert read_records(tmp_path) == {}
    (tmp_path / "_print.yml").write_text("one: [text]\ntwo: {tight: true}", encoding="utf-8")
    assert read_records(tmp_path) == {"two": {"tight": True}}
    (tmp_path / "_print.yml").write_text("a: [", encoding="utf-8")
    assert read_records(tmp_path) == {}
