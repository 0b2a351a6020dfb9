"""CITATION.cff, here and in the template of new books, by the rules of the Citation File Format 1.2.0
(https://github.com/citation-file-format/citation-file-format), as far as it uses them.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
import yaml

from assessment.evidence import ROOT

FILES = [ROOT / "CITATION.cff", ROOT / "template" / "files" / "CITATION.cff"]
REQUIRED = {"authors", "cff-version", "message", "title"}
KEYS = REQUIRED | set(
    "abstract commit contact date-released doi identifiers keywords license license-url"
    " preferred-citation references repository repository-artifact repository-code type url"
    " version".split()
)
PERSON = set("address affiliation alias email family-names given-names name-particle orcid".split())
ENTITY = set("address alias city country date-end date-start email location name orcid".split())
LICENCES = {"CC-BY-4.0", "MIT"}


def faults(cff: dict) -> list[str]:
    """What the format does not allow in a parsed file."""
    found = [f"{key} is missing" for key in REQUIRED - cff.keys()]
    found += [f"{key} is no key of the format" for key in cff.keys() - KEYS]
    if cff.get("type", "software") not in ("software", "dataset"):
        found.append(f"type {cff['type']}: software or dataset; a report is a preferred-citation")
    if cff.get("cff-version") != "1.2.0":
        found.append("cff-version is 1.2.0, as text")
    licence = cff.get("license", [])
    if not set([licence] if isinstance(licence, str) else licence) <= LICENCES:
        found.append(f"license {licence}: as SPDX names them")
    for name, work in (("", cff), ("preferred-citation: ", cff.get("preferred-citation"))):
        if work is None:
            continue
        if not isinstance(work.get("title"), str) or not work["title"]:
            found.append(f"{name}title is a text")
        if not isinstance(work.get("version", ""), str):
            found.append(f"{name}version is a text")
        released = work.get("date-released", date.today())
        if not isinstance(released, date) and not re.fullmatch(r"\d{4}-\d\d-\d\d", str(released)):
            found.append(f"{name}date-released is a date")
        authors = work.get("authors") or [{}]
        if not all(
            a and (a.keys() <= PERSON or "name" in a and a.keys() <= ENTITY) for a in authors
        ):
            found.append(f"{name}authors are persons or bodies with a name")
    cited = cff.get("preferred-citation", {"type": "report"})
    if cited.get("type") != "report":
        found.append("preferred-citation: the assessment is a report")
    return found


def read(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=["this book", "a new book"])
def test_the_citation_file_is_valid(path):
    assert faults(read(path)) == []


@pytest.mark.parametrize("path", FILES, ids=["this book", "a new book"])
def test_the_report_is_what_is_cited(path):
    cff = read(path)
    report = cff["preferred-citation"]
    assert all(report[key] == cff[key] for key in ("title", "authors", "version"))


def test_the_version_is_that_of_the_package():
    package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert read(FILES[0])["version"] == package["project"]["version"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"type": "report"}, "a report is a preferred-citation"),
        ({"authors": []}, "authors are persons or bodies"),
        ({"authors": [{"family": "A"}]}, "authors are persons or bodies"),
        ({"licence": "MIT"}, "licence is no key"),
        ({"license": "CC BY 4.0"}, "as SPDX names them"),
        ({"version": 0.2}, "version is a text"),
        ({"date-released": "29.11.2026"}, "date-released is a date"),
        ({"cff-version": 1.2}, "cff-version is 1.2.0"),
        ({"preferred-citation": {"type": "software"}}, "preferred-citation: title is a text"),
    ],
)
def test_a_fault_is_found(change, says):
    assert any(says in fault for fault in faults(read(FILES[0]) | change))
