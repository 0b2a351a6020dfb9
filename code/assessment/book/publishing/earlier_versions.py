"""``python -m assessment.book.publishing.earlier_versions``: puts the site of every release below
``v/<version>/`` of the built site, as it was released, with a list of them.

Sites are taken from the releases themselves (``site.zip``, held against the release's checksums), so a
version stays reachable however the book has been rebuilt since.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import stat
import zipfile
from dataclasses import dataclass
from html import escape
from pathlib import Path, PurePosixPath

from assessment.book.publishing.github_api import GitHub, GitHubError, give_up

ROOT = Path(__file__).resolve().parents[4]
SITE, CHECKSUMS = "site.zip", "SHA256SUMS"
FOLDER, INDEX = "v", "versions.json"
TAG = re.compile(r"v(\d+\.\d+\.\d+)")
LARGEST = 200_000_000  # bytes, packed
LARGEST_UNPACKED = 500_000_000
BODY = re.compile(rb"<body\b[^>]*>")
NEWEST = "The newest version is here"
THIS_IS = "This is version {version} of {day}, kept as it was; numbers may have changed since."
LIST_TITLE = "Versions of this assessment"
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True)
class Release:
    """A released version: its number, its day (ISO), and where its files are, by name."""

    version: str
    day: str
    files: dict[str, str]


def releases(github: GitHub) -> list[Release]:
    """Every release that keeps a site, newest first; drafts and trial releases are none."""
    found = []
    for one in github.get_all("releases"):
        files = {asset["name"]: asset["url"] for asset in one["assets"]}
        tag = TAG.fullmatch(one["tag_name"])
        final = not one["draft"] and not one["prerelease"]
        if tag and final and {SITE, CHECKSUMS} <= files.keys():
            found.append(Release(tag[1], one["published_at"][:10], files))
    return sorted(found, key=lambda r: [int(part) for part in r.version.split(".")], reverse=True)


def checked(content: bytes, checksums: str, release: Release) -> bytes:
    """The content, when its checksum is the one of the release.

    Raises GitHubError otherwise."""
    lines = [line.split(maxsplit=1) for line in checksums.splitlines()]
    said = {name: checksum for checksum, name in (line for line in lines if line[1:])}
    if said.get(SITE) != hashlib.sha256(content).hexdigest():
        raise GitHubError(
            f"{SITE} of version {release.version} is not the one its {CHECKSUMS} names: look at the"
            " release, and put the right file back."
        )
    return content


def unpack(packed: bytes, folder: Path) -> None:
    """Writes the files of a site below ``folder``, which is new.

    Raises GitHubError for anything but plain files inside it."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
            raise GitHubError(f"{SITE}: more than {LARGEST_UNPACKED} bytes when unpacked.")
        for entry in entries:
            name = PurePosixPath(entry.filename)
            kind = stat.S_IFMT(entry.external_attr >> 16)
            inside = (
                not name.is_absolute() and ".." not in name.parts and "\\" not in entry.filename
            )
            if not inside or kind not in (0, stat.S_IFREG):
                raise GitHubError(f"{SITE}: '{entry.filename}' is no plain file inside the site.")
            target = folder.joinpath(*name.parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(entry))


def mark_as_earlier(folder: Path, release: Release) -> None:
    """Says at the top of every page which version it is, and where the newest is."""
    for page in folder.rglob("*.html"):
        up = "../" * (len(page.relative_to(folder).parts) + 1)
        said = escape(THIS_IS.format(version=release.version, day=release.day))
        note = f'<p role="note">{said} <a href="{up}index.html">{NEWEST}</a>.</p>'.encode()
        text = page.read_bytes()
        if body := BODY.search(text):
            page.write_bytes(text[: body.end()] + note + text[body.end() :])


def list_page(found: list[Release], title: str = LIST_TITLE) -> str:
    """The page that lists every version, newest first."""
    rows = "".join(
        f'<li><a href="{escape(r.version)}/index.html">{escape(r.version)}</a>, {escape(r.day)}</li>'
        for r in found
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title></head><body><main><h1>{title}</h1>"
        f'<p><a href="../index.html">{NEWEST}</a>.</p><ul>{rows}</ul></main></body></html>\n'
    )


def add_earlier_versions(github: GitHub, site: Path) -> list[str]:
    """Puts every released site and the list of them below ``site``; the versions.

    Raises GitHubError; then nothing below ``v/`` is left half done."""
    top, found = site / FOLDER, releases(github)
    shutil.rmtree(top, ignore_errors=True)
    try:
        for release in found:
            packed = github.download(release.files[SITE], LARGEST)
            sums = github.download(release.files[CHECKSUMS], 100_000).decode("utf-8")
            unpack(checked(packed, sums, release), top / release.version)
            mark_as_earlier(top / release.version, release)
    except (GitHubError, zipfile.BadZipFile):
        shutil.rmtree(top, ignore_errors=True)
        raise
    if found:
        (top / "index.html").write_text(list_page(found), encoding="utf-8")
        listed = [{"version": r.version, "date": r.day, "path": f"{r.version}/"} for r in found]
        (top / INDEX).write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")
    return [release.version for release in found]


def main() -> None:
    site = ROOT / "_build" / "html"
    if not (site / "index.html").exists():
        give_up(GitHubError(f"{site} holds no site: make book first."))
    try:
        found = add_earlier_versions(GitHub.from_environment(), site)
    except (GitHubError, zipfile.BadZipFile) as fault:
        give_up(fault)
    print(f"Earlier versions below {site / FOLDER}: {', '.join(found) or 'none released yet'}.")


if __name__ == "__main__":
    main()
