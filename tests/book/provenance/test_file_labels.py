"""Pictures and tables say what they are, and are otherwise what they were."""

from __future__ import annotations

import io
from datetime import date
from xml.etree import ElementTree

import pytest
from PIL import Image

from assessment.book.provenance import picture_labels, table_descriptions
from assessment.book.provenance.provenance_list import shown_numbers
from assessment.book.site.citation import Work
from assessment.evidence import descriptor, load_facts

WORK = Work("A book", ("Somebody",), "abc1234", date(2026, 11, 28), "https://example.org/book")
CONTENT = {
    "name": "a-figure",
    "alt": "Bars: å < b & c.",
    "sources": [],
    "origin": {"function": "f", "facts": [], "tables": []},
    "table": {
        "columns": ["Year", "Cost, million NOK", "Cost, million NOK", "2.5 %", "Case"],
        "rows": [["1", "2.0", "3.0", "1", "a"]],
        "raw": [[1, 2.0, 3, 1, "a"], [2, 2.5, None, 1.5, "b"]],
    },
}
SAID = table_descriptions.with_version(
    table_descriptions.figure_description(CONTENT, "What it shows", "chapters/a.html#fig"), WORK
)
LABEL = picture_labels.picture_label(SAID, WORK)


@pytest.fixture
def picture() -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").convert("P").save(file, "PNG")
    return file.getvalue()


def test_a_picture_keeps_its_pixels_and_carries_its_label_once(picture):
    once = picture_labels.labelled_png(picture, LABEL)
    again = picture_labels.labelled_png(once, LABEL)
    assert once == again == picture_labels.labelled_png(picture, LABEL)
    before, after = (Image.open(io.BytesIO(b)) for b in (picture, once))
    assert before.tobytes() == after.tobytes() and before.getpalette() == after.getpalette()
    after.load()
    assert after.text == {
        "Title": "What it shows",
        "Author": "Somebody",
        "Description": "Bars: å < b & c.",
        "Copyright": LABEL["copyright"],
        "Source": LABEL["source"],
        "Software": "A book, version abc1234, 28 November 2026",
        "Version": "abc1234",
        "URL": "https://example.org/book/chapters/a.html#fig",
    }
    with pytest.raises(ValueError, match="PNG"):
        picture_labels.labelled_png(b"GIF89a", LABEL)


def test_a_drawing_carries_its_label_once():
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="1"><rect width="1"/></svg>'
    once = picture_labels.labelled_svg(drawing, LABEL)
    assert once == picture_labels.labelled_svg(once, LABEL)
    root = ElementTree.fromstring(once)
    assert [e.tag.rpartition("}")[2] for e in root] == ["title", "desc", "metadata", "rect"]
    told = {e.tag: e.text for e in root.iter() if e.tag.startswith(f"{{{picture_labels.DC}}}")}
    assert told[f"{{{picture_labels.DC}}}description"] == "Bars: å < b & c."
    with pytest.raises(ValueError, match="SVG"):
        picture_labels.labelled_svg("<p>", LABEL)


def test_without_an_address_or_a_day_a_file_says_so():
    outside = Work("A book", ("Somebody",), "unversioned", None, "")
    said = table_descriptions.with_version(SAID, outside)
    assert said["schema:url"] == "no address set"
    assert picture_labels.picture_label(said, outside)["software"] == "A book, version unversioned"


def test_columns_have_the_type_and_the_unit_of_their_numbers():
    found = {c["name"]: c for c in SAID["tableSchema"]["columns"]}
    assert [c["titles"] for c in found.values()] == CONTENT["table"]["columns"]
    assert {name: c["datatype"] for name, c in found.items()} == {
        "year": "integer",
        "cost_million_nok": "number",
        "cost_million_nok_3": "integer",
        "2_5": "number",
        "case": "string",
    }
    assert {name: c.get("schema:unitText") for name, c in found.items()} == {
        "year": "Year",
        "cost_million_nok": "million NOK",
        "cost_million_nok_3": "million NOK",
        "2_5": None,
        "case": None,
    }


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Hazard in month 3, per 100 at risk", "per 100 at risk"),
        ("Price of a pack, NOK", "NOK"),
        ("Dose, mg", "mg"),
        ("95 % from", ""),
        ("0 % of the effect", ""),
        ("Hazard ratio 0.4", ""),
        ("QALYs gained", ""),
        ("Months", "Months"),
        ("Age", ""),
        ("PFS", ""),
    ],
)
def test_a_unit_is_what_a_heading_names(heading, unit):
    assert table_descriptions.unit_of(heading) == unit


def test_a_picture_names_a_few_sources_and_where_the_others_are():
    many = SAID | {"dc:source": [f"Document {n}" for n in range(9)]}
    told = picture_labels.picture_label(many, WORK)["source"]
    assert told.startswith("Document 0 · ") and "Document 6" not in told
    assert told.endswith("3 more documents, listed in a-figure.csv-metadata.json")


def test_every_table_of_the_descriptor_is_described_by_its_fields():
    package = descriptor()
    for table in package["resources"]:
        said = table_descriptions.data_description(table, package)
        names = [c["name"] for c in said["tableSchema"]["columns"]]
        assert names == [f["name"] for f in table["schema"]["fields"]]


def test_numbers_of_a_page_are_read_with_their_place():
    fact = next(iter(load_facts()))
    page = f"""<html><body><p><span class="fact" data-fact="{fact.id}">outside</span></p><article>
    <section id="top"><p>So <span class="fact" data-fact="{fact.id}"><a class="fact-link"
    href="s.html#x">0.38</a><sup>●</sup><noscript><span class="fact-card">9</span></noscript></span>
    and <span class="fact computed" data-origin="k1">a sentence of 12 <a class="fact-link"><sup>△</sup>
    <span class="visually-hidden">See</span></a></span>.</p>
    <figure id="fig"><table class="data" data-origin="k2"><thead><tr><th>Case</th><th>Cost</th></tr></thead>
    <tbody><tr class="group"><th colspan="2">G</th></tr><tr><th>a</th><td><span class="pad"></span>4.1</td>
    </tr><tr><th>b</th><td>none</td></tr></tbody></table></figure></section></article></body></html>"""
    found = [
        (n.anchor, n.text, n.kind, n.fact, n.origin, n.where) for n in shown_numbers("p.html", page)
    ]
    assert found == [
        ("top", "0.38", "fact", fact.id, "", ""),
        ("top", "a sentence of 12", "computed", "", "k1", ""),
        ("fig", "4.1", "cell", "", "k2", "G · a · Cost"),
    ]
