"""Citation, archive, feed, sitemap and error reports, without building the site."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from frictionless import Package
from pybtex.database import parse_string

from assessment.book.site import (
    change_feed,
    citation,
    data_archive,
    error_reports,
    machine_files,
)
from assessment.book.site.version import Version
from assessment.evidence import (
    ROOT,
    load_register,
)
from assessment.pages.attribution.release_words import told


def test_citations_parse_and_carry_the_version():
    w = citation.work(ROOT, "https://example.org/book/", Version("abc1234", date(2026, 11, 22)))
    ((key, entry),) = parse_string(citation.bibtex(w), "bibtex").entries.items()
    assert (
        key == "cabozantinib-net-assessment-abc1234"
        and entry.fields["version"] == "abc1234"
        and entry.fields["year"] == "2026"
        and entry.fields["url"] == "https://example.org/book/"
    )
    assert str(entry.persons["author"][0]) == "{The assessment's contributors}"
    tags = dict(
        re.fullmatch(r"([A-Z][A-Z0-9])  - ?(.*)", line).groups()
        for line in citation.ris(w).splitlines()
    )
    assert (
        list(tags)[0] == "TY"
        and list(tags)[-1] == "ER"
        and tags["ET"] == "abc1234"
        and tags["DA"] == "2026/11/22"
    )
    assert "abc1234, 22 November 2026" in citation.plain(w)
    outside = citation.work(ROOT, "", Version("unversioned", None))
    assert (
        "url" not in citation.bibtex(outside)
        and "n.d." in citation.plain(outside)
        and "UR  -" not in citation.ris(outside)
    )


def test_the_archive_is_a_valid_package_and_always_the_same(tmp_path):
    first, second = tmp_path / "a.zip", tmp_path / "b.zip"
    data_archive.write_archive(first)
    data_archive.write_archive(second)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        archive.extractall(tmp_path / "out")
    assert Package(str(tmp_path / "out" / "data" / "datapackage.json")).validate().valid
    assert (tmp_path / "out" / "references" / "references.bib").exists()


ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("address", ["", "https://example.org/book/"])
def test_the_feed_has_what_rfc_4287_requires(address):
    """RFC 4287, 4.1.1 and 4.1.2: id, title, updated, author of the feed; id, title, updated of each
    entry, ids unique.
    """
    root = ElementTree.fromstring(change_feed.feed(address).encode())
    assert root.tag == f"{ATOM}feed" and root.find(f"{ATOM}author/{ATOM}name").text
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == len(load_register("changes")) + len(told())
    for element in (root, *entries):
        assert (
            element.find(f"{ATOM}id").text.startswith("urn:uuid:")
            and element.find(f"{ATOM}title").text
        )
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", element.find(f"{ATOM}updated").text)
    assert len({e.find(f"{ATOM}id").text for e in entries}) == len(entries)
    assert all(
        link.get("href").startswith(address or "chapters/") for link in root.iter(f"{ATOM}link")
    )


def test_sitemap_and_robots():
    root = ElementTree.fromstring(
        machine_files.sitemap(["https://example.org/a.html"], "2026-11-22").encode()
    )
    assert [e.text for e in root.iter(f"{{{machine_files.SITEMAP}}}loc")] == [
        "https://example.org/a.html"
    ]
    assert "Sitemap" not in machine_files.robots() and machine_files.robots(
        "https://example.org"
    ).endswith("Sitemap: https://example.org/sitemap.xml\n")


@pytest.mark.parametrize(
    ("address", "starts"),
    [
        ("", "about.html?page=chapters%2Fpico&fact=cabinet.n.pnet#found-an-error"),
        (
            "mailto:book@example.org",
            "mailto:book@example.org?subject=Error%20in%20cabinet.n.pnet&body=",
        ),
        (
            "https://example.org/issues/new?labels=error",
            "https://example.org/issues/new?labels=error&title=Error%20in%20cabinet.n.pnet&body=",
        ),
    ],
)
def test_a_report_carries_page_fact_and_version(address, starts):
    builder = SimpleNamespace(
        config=SimpleNamespace(assessment_report_address=address),
        get_relative_uri=lambda page, target: "about.html",
    )
    found = error_reports.link(builder, "chapters/pico", "cabinet.n.pnet")
    assert found.startswith(starts)
    if address:
        assert "chapters%2Fpico" in found and "version%20" in found
