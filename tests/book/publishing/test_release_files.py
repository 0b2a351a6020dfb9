"""A release: only of a version that all agree on, the same bytes for the same site, with checksums that
hold.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile

import pytest

from assessment.book.publishing import release_files as subject
from assessment.book.site import data_archive
from assessment.book.site.version import (
    BRIEF_LIST,
    BRIEF_ON_SITE,
    PDF_ON_SITE,
    UNVERSIONED,
    Version,
)
from assessment.evidence import ROOT
from assessment.workbook.sheets.workbook_layout import file_name

VERSION = re.search(r"^version: (\S+)", (ROOT / "CITATION.cff").read_text("utf-8"), re.M)[1]


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A committed checkout with a small built site, and a stand-in for the program that lists packages."""
    for name in ("CITATION.cff", "pyproject.toml", "CHANGELOG.md", "requirements.txt"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    site = tmp_path / "_build" / "html"
    shutil.copyfile(ROOT / BRIEF_LIST, tmp_path / BRIEF_LIST)
    files = [
        "index.html",
        PDF_ON_SITE,
        BRIEF_ON_SITE,
        f"{data_archive.FOLDER}/{data_archive.ARCHIVE}",
        f"{data_archive.FOLDER}/{file_name()}",
    ]
    for name in [*files, "v/0.0.1/index.html"]:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name)
    program = tmp_path / "program"
    program.write_text(
        '#!/bin/sh\nwhile [ "$1" != --output-file ]; do shift; done\necho {} >"$2"\n'
    )
    program.chmod(0o755)
    monkeypatch.setattr(subject, "version", lambda root: Version("abc1234", None))
    return tmp_path


def assemble(checkout, asked: str = f"v{VERSION}"):
    folder = checkout / "_build" / "release"
    return subject.assemble(asked, checkout, folder, checkout / "program"), folder


def test_everything_is_there_and_the_checksums_hold(checkout):
    files, folder = assemble(checkout)
    names = {path.name for path in files}
    assert names == {
        "site.zip",
        PDF_ON_SITE,
        BRIEF_ON_SITE,
        data_archive.ARCHIVE,
        file_name(),
        "CITATION.cff",
        "packages.cdx.json",
        "SHA256SUMS",
        "notes.md",
    }
    listed = {line.split()[1] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    assert listed == names - {"SHA256SUMS", "notes.md"}
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=folder, check=True)
    inside = zipfile.ZipFile(folder / "site.zip").namelist()
    assert "index.html" in inside and not [name for name in inside if name.startswith("v/")]


def test_the_same_site_gives_the_same_bytes(checkout):
    _, folder = assemble(checkout)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    (checkout / "_build" / "html" / "index.html").touch()
    _, folder = assemble(checkout)
    assert first == {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("asked", ["", "v1", "1.2.x", "v1.2.3-rc1", "../v1.0.0"])
def test_a_version_is_three_numbers(checkout, asked):
    with pytest.raises(subject.NoRelease, match="three numbers, such as v1.0.0"):
        assemble(checkout, asked)


def test_tag_citation_and_package_agree(checkout):
    with pytest.raises(subject.NoRelease) as fault:
        assemble(checkout, "v98.0.0")
    said = str(fault.value).splitlines()
    assert len(said) == 3 and all("the tag says 98.0.0" in line for line in said)
    assert not (checkout / "_build" / "release").exists()


@pytest.mark.parametrize("commit", ["abc1234+", UNVERSIONED.commit])
def test_only_what_is_committed_is_released(checkout, monkeypatch, commit):
    monkeypatch.setattr(subject, "version", lambda root: Version(commit, None))
    with pytest.raises(subject.NoRelease, match="commit your changes first"):
        assemble(checkout)


def test_a_release_says_what_changed(checkout):
    (checkout / "CHANGELOG.md").write_text(f"# Changelog\n\n## {VERSION}\n\n## 0.0.1\n\n- x\n")
    with pytest.raises(subject.NoRelease, match="say there what changed"):
        assemble(checkout)
    assert subject.notes("0.0.1", (checkout / "CHANGELOG.md").read_text()) == "- x\n"


def test_the_list_of_packages_is_that_of_the_lock(tmp_path):
    program = ROOT / ".venv-publish" / "bin" / "cyclonedx-py"
    if not program.exists():
        pytest.skip("make release installs the program that lists packages")
    subject.packages(ROOT / "requirements.txt", tmp_path / "p.json", program)
    listed = json.loads((tmp_path / "p.json").read_text())
    assert listed["bomFormat"] == "CycloneDX"
    locked = re.findall(r"^[a-z][\w.-]*==", (ROOT / "requirements.txt").read_text(), re.M)
    assert len(listed["components"]) == len(locked)
