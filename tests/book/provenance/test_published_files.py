"""Every file that readers take away from the built site says what it is; provenance.json holds every
number that a page marks.
"""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections import Counter
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pikepdf
import pytest
from bs4 import BeautifulSoup
from frictionless import Package
from PIL import Image

from assessment.book.building.build_inputs import pages
from assessment.book.provenance.picture_labels import DC, SCHEMA
from assessment.book.provenance.provenance_list import facts_by_anchor
from assessment.book.provenance.table_descriptions import ENDING
from assessment.book.site import citation, data_archive
from assessment.book.site.data_archive import PROVENANCE, PROVENANCE_SCHEMA
from assessment.book.site.page_addresses import site_address
from assessment.book.site.version import PDF_ON_SITE, version
from assessment.evidence import ROOT, load_facts

PAGES = pages(ROOT)
FIGURES, DATA = "_downloads/figures", data_archive.FOLDER
PNG_SAYS = {"Title", "Author", "Description", "Copyright", "Source", "Software", "Version", "URL"}
CASTS = {"integer": int, "number": float, "string": str}


@pytest.fixture(scope="module")
def descriptions(site) -> dict[Path, dict]:
    """Every CSV file of the site with the description beside it."""
    found = sorted(path for top in (FIGURES, DATA) for path in (site / top).rglob("*.csv"))
    return {path: json.loads(Path(f"{path}{ENDING}").read_text("utf-8")) for path in found}


@pytest.fixture(scope="module")
def listed(site) -> dict:
    return json.loads((site / PROVENANCE).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def soup(site):
    return lru_cache(maxsize=None)(
        lambda name: BeautifulSoup((site / name).read_text(encoding="utf-8"), "lxml")
    )


def address() -> str:
    return site_address(ROOT).rstrip("/")


def test_every_table_has_a_description_that_is_true_of_it(descriptions):
    assert len(descriptions) > 80
    for path, said in descriptions.items():
        columns = said["tableSchema"]["columns"]
        with path.open(encoding="utf-8", newline="") as file:
            heads, *rows = csv.reader(file)
        assert said["url"] == path.name and [c["titles"] for c in columns] == heads, path.name
        assert len({c["name"] for c in columns}) == len(columns), path.name
        assert all(re.fullmatch(r"[^\W_]\w*", c["name"]) for c in columns), path.name
        for column, values in zip(columns, zip(*rows)):
            if isinstance(column["datatype"], str) and column["datatype"] in CASTS:
                [CASTS[column["datatype"]](value) for value in values if value]
        needed = ("dc:title", "dc:description", "dc:source", "schema:version", "schema:url")
        assert all(said[key] for key in needed), path.name
        assert said["dc:license"]["@id"].startswith("https://creativecommons.org/")
        assert said["schema:version"] == version(ROOT).commit
        assert said["schema:url"].startswith(address() or "no address set")


def test_every_picture_says_what_it_is(site, descriptions):
    shown = Counter(
        name
        for page in PAGES
        for name in re.findall(r'data-name="([^"]+)"', (site / page).read_text(encoding="utf-8"))
    )
    figures = {path.stem: said for path, said in descriptions.items() if FIGURES in str(path)}
    assert set(shown) == set(figures), "the files of figures are those of the pages"
    assert {name for name, n in shown.items() if n > 1} == set(), "a figure names its one place"
    for name, said in figures.items():
        for ending in (".png", "-narrow.png"):
            picture = Image.open(site / FIGURES / f"{name}{ending}")
            picture.load()
            assert set(picture.text) == PNG_SAYS and all(picture.text.values()), name
            assert picture.text["Title"] == said["dc:title"]
            assert picture.text["Version"] == version(ROOT).commit
        root = ElementTree.parse(site / FIGURES / f"{name}.svg").getroot()
        told = {e.tag: e.text for e in root.iter()}
        assert told[f"{{{DC}}}title"] == said["dc:title"] == root[0].text
        wanted = [f"{{{DC}}}{key}" for key in ("creator", "source", "rights", "identifier")]
        assert all(told[key] for key in [*wanted, f"{{{SCHEMA}}}version"])


def test_figures_lead_back_to_their_place(site, soup, descriptions):
    for path, said in descriptions.items():
        if FIGURES in str(path):
            page, _, anchor = said["schema:isPartOf"].partition("#")
            place = soup(page)
            if anchor:
                place = place.find(id=anchor)
            assert place.select_one(f'.chart[data-name="{path.stem}"]'), path.stem


@pytest.mark.parametrize("page", PAGES)
def test_every_marked_number_of_a_page_is_listed(soup, listed, page):
    """Counted with another reader of HTML than the one that made the list."""
    for silent in (article := soup(page).select_one("article")).select("noscript"):
        silent.extract()
    facts = Counter(e["data-fact"] for e in article.select(".fact[data-fact]"))
    computed = Counter(e["data-origin"] for e in article.select(".fact.computed"))
    rows = Counter(
        facts_by_anchor()[e["id"]].id
        for e in article.select("tr[id]")
        if e["id"] in facts_by_anchor()
    )
    here = [n for n in listed["numbers"] if n["page"] == page]
    told = {
        kind: [n for n in here if n["kind"] == kind] for kind in ("fact", "computed", "register")
    }
    assert not facts - Counter(n["fact"] for n in told["fact"])
    assert computed == Counter(n["origin"] for n in told["computed"])
    assert rows == Counter(n["fact"] for n in told["register"])
    ids = {e["id"] for e in soup(page).select("[id]")}
    assert {n["anchor"] for n in here} <= ids
    for number in here:
        assert number["text"] and number["status"]


def test_the_list_is_what_its_schema_says_and_knows_every_name(site, listed):
    schema = json.loads((site / PROVENANCE_SCHEMA).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(listed, schema)
    facts, known = load_facts(), set(listed["facts"])
    assert all(i in facts for i in known)
    assert {n["page"] for n in listed["numbers"]} <= set(PAGES)
    assert {n["fact"] for n in listed["numbers"] if "fact" in n} <= known
    assert {n["origin"] for n in listed["numbers"] if "origin" in n} == set(listed["origins"])
    for origin in listed["origins"].values():
        assert set(origin["facts"]) <= known
        assert sum(origin["rests_on"].values()) == len(origin["facts"])
    assert any(origin["model_inputs"] for origin in listed["origins"].values())
    assert listed["version"] == version(ROOT).commit
    assert len(listed["numbers"]) > 5000


def test_the_archive_holds_the_list_and_says_what_it_is(site, listed, tmp_path):
    with zipfile.ZipFile(site / DATA / data_archive.ARCHIVE) as archive:
        names = set(archive.namelist())
        readme = archive.read("README.md").decode()
        assert json.loads(archive.read(PROVENANCE)) == listed
        archive.extractall(tmp_path)
    work = citation.work(ROOT, site_address(ROOT))
    assert work.commit in readme and (work.address or "no address set") in readme
    tables = {name for name in names if name.endswith(".csv")}
    assert tables == set(re.findall(r"^- `(data/[^`]+)`", readme, re.MULTILINE))
    assert {f"{name}{ENDING}" for name in tables} <= names
    assert set(re.findall(r"`([\w./]+\.\w+)`", readme)) <= names, "it names what is there"
    assert Package(str(tmp_path / "data" / "datapackage.json")).validate().valid


def test_every_pdf_carries_its_metadata(site):
    """XMP, as ISO 16684-1 has it, in the file itself: title, language, version, licence, and where the
    living version is or that no address is set.
    """
    files = sorted(site.glob("*.pdf"))
    assert site / PDF_ON_SITE in files
    for file in files:
        with pikepdf.open(file) as pdf, pdf.open_metadata() as told:
            said = {key: told.get(f"dc:{key}") for key in ("title", "description")}
            assert all(said.values()) and told.get("dc:language"), (file.name, said)
            where = site_address(ROOT)
            assert told.get("dc:identifier", "") == where
            assert where or "No address" in said["description"]
            assert str(pdf.docinfo["/Title"]) == said["title"]
            assert version(ROOT).commit in said["description"]
            assert told.get("xmpRights:WebStatement", "").startswith("https://creativecommons.org/")
