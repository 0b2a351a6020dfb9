"""Sites of earlier releases below v/ of the site: as released, checked, listed, and marked as earlier."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest

from assessment.book.publishing import earlier_versions as subject
from assessment.book.publishing.github_api import GitHubError

PAGE = b'<!DOCTYPE html><html><body class="x"><p>Price</p></body></html>'
SITE = {"index.html": PAGE, "chapters/economics.html": PAGE, "book.pdf": b"%PDF <body>"}


def zipped(files: dict[str, bytes], **attributes: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = attributes.get("mode", 0o100644) << 16
            archive.writestr(entry, content)
    return made.getvalue()


def release(server, tag: str, packed: bytes, checksum: str = "", **more) -> dict:
    """A release as GitHub tells of it; its files on the server."""
    sums = f"{checksum or hashlib.sha256(packed).hexdigest()}  site.zip\n".encode()
    server.answers[f"/{tag}/site"] = (200, {}, packed)
    server.answers[f"/{tag}/sums"] = (200, {}, sums)
    files = {"site.zip": "site", "SHA256SUMS": "sums"}
    assets = [{"name": n, "url": f"{server.address}/{tag}/{p}"} for n, p in files.items()]
    of = {"draft": False, "prerelease": False, "published_at": "2026-12-01T10:00:00Z"}
    return {"tag_name": tag, "assets": assets, **of, **more}


@pytest.fixture
def site(tmp_path):
    """A built site."""
    (tmp_path / "index.html").write_bytes(PAGE)
    return tmp_path


def add(server, github, site, *releases):
    server.answers["/repos/owner/book/releases"] = list(releases)
    return subject.add_earlier_versions(github, site)


def test_every_release_is_reachable_as_it_was(server, github, site):
    found = add(
        server,
        github,
        site,
        release(server, "v0.9.0", zipped(SITE)),
        release(server, "v0.10.0", zipped(SITE)),
        release(server, "v1.0.0", zipped(SITE), draft=True),
        release(server, "v1.1.0", zipped(SITE), prerelease=True),
        release(server, "nightly", zipped(SITE)),
        release(server, "v0.1.0", zipped(SITE)) | {"assets": []},
    )
    assert found == ["0.10.0", "0.9.0"]
    for version in found:
        assert (site / "v" / version / "book.pdf").read_bytes() == SITE["book.pdf"]
    page = (site / "v" / "0.9.0" / "chapters" / "economics.html").read_text()
    assert '<body class="x"><p role="note">This is version 0.9.0 of 2026-12-01' in page
    assert 'href="../../../index.html"' in page
    assert (site / "index.html").read_bytes() == PAGE
    listed = json.loads((site / "v" / "versions.json").read_text())
    assert [one["version"] for one in listed] == found
    shown = (site / "v" / "index.html").read_text()
    assert all(f'href="{version}/index.html"' in shown for version in found)


def test_without_releases_there_is_no_list(server, github, site):
    assert add(server, github, site) == [] and not (site / "v").exists()


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("../outside.html", 0o100644),
        ("/etc/outside.html", 0o100644),
        ("a/../../outside.html", 0o100644),
        ("a\\..\\outside.html", 0o100644),
        ("link.html", 0o120777),
    ],
)
def test_only_plain_files_inside_the_site_are_unpacked(server, github, site, name, mode):
    packed = zipped({"index.html": PAGE, name: b"x"}, mode=mode)
    with pytest.raises(GitHubError, match="no plain file inside the site"):
        add(server, github, site, release(server, "v1.0.0", packed))
    assert not (site / "v").exists() and not list(site.parent.rglob("outside.html"))


def test_a_site_that_is_not_the_released_one_is_refused(server, github, site):
    with pytest.raises(GitHubError, match="not the one its SHA256SUMS names"):
        add(server, github, site, release(server, "v1.0.0", zipped(SITE), checksum="0" * 64))
    assert not (site / "v").exists()


def test_a_site_may_not_be_endless(server, github, site, monkeypatch):
    monkeypatch.setattr(subject, "LARGEST_UNPACKED", 20)
    with pytest.raises(GitHubError, match="more than 20 bytes"):
        add(server, github, site, release(server, "v1.0.0", zipped(SITE)))
