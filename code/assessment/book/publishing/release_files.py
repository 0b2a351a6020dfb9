"""``python -m assessment.book.publishing.release_files VERSION``: puts everything a release consists of
into ``_build/release``.

Site, PDF, data, CITATION.cff, a list of the packages it was built with, and checksums of them all. The
notes are the version's part of CHANGELOG.md and what each change of the data did. The
version must be the one that CITATION.cff and pyproject.toml say, and the files those that are committed.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import yaml

from assessment.book.publishing.earlier_versions import CHECKSUMS, SITE
from assessment.book.site import data_archive
from assessment.book.site.version import pdfs_on_site, version
from assessment.evidence import ROOT
from assessment.pages.attribution.release_words import release_text
from assessment.workbook.sheets.workbook_layout import file_name as workbook_name

PACKAGES = "packages.cdx.json"
CITATION = "CITATION.cff"
NOTES = "notes.md"  # beside the files, not one of them


class NoRelease(Exception):
    """The state of the checkout and the version asked for do not belong together."""


def check_version(asked: str, root: Path = ROOT) -> str:
    """The version without its "v", when all who name it agree.

    Raises NoRelease with one line for each that does not."""
    wanted = asked.removeprefix("v")
    if not re.fullmatch(r"\d+\.\d+\.\d+", wanted):
        raise NoRelease(
            f"VERSION is '{asked}': three numbers, such as v1.0.0 (the name of the tag)."
        )
    cited = yaml.safe_load((root / CITATION).read_text(encoding="utf-8"))
    package = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    said = {
        f"{CITATION}, version": cited.get("version"),
        f"{CITATION}, preferred-citation, version": cited["preferred-citation"].get("version"),
        "pyproject.toml, version": package["project"]["version"],
    }
    wrong = [
        f"{where} is {found}; the tag says {wanted}: write the same version, commit, and tag anew."
        for where, found in said.items()
        if found != wanted
    ]
    if wrong:
        raise NoRelease("\n".join(wrong))
    return wanted


def check_commit(said: str) -> None:
    """Raises NoRelease where files differ from the commit, or there is none."""
    if not re.fullmatch(r"[0-9a-f]+", said):
        raise NoRelease(
            f"The book calls itself version {said}: commit your changes first, so that a release is what"
            " its tag names."
        )


def notes(wanted: str, changelog: str) -> str:
    """The part of CHANGELOG.md about this version.

    Raises NoRelease where there is none."""
    found = re.search(rf"^## {re.escape(wanted)}\b[^\n]*\n(.*?)(?=^## |\Z)", changelog, re.M | re.S)
    if not found or not found[1].strip():
        raise NoRelease(f"CHANGELOG.md has nothing below '## {wanted}': say there what changed.")
    return found[1].strip() + "\n"


def write_site(site: Path, archive: Path) -> None:
    """The site as one archive, byte for byte the same for the same site; earlier versions, which may lie
    below it, are their own releases.
    """
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for file in sorted(path for path in site.rglob("*") if path.is_file()):
            name = file.relative_to(site)
            if name.parts[0] != "v":
                entry = zipfile.ZipInfo(name.as_posix(), data_archive.FIRST_DAY)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o100644 << 16
                packed.writestr(entry, file.read_bytes())


def checksums(folder: Path) -> str:
    """A line for each file, as sha256sum writes and checks them."""
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
        if path.name not in (CHECKSUMS, NOTES)
    )


def packages(lock: Path, to: Path, program: Path) -> None:
    """Writes what the book was built with, from the lock, as CycloneDX: names, versions, hashes."""
    command = [str(program), "requirements", str(lock), "--output-reproducible"]
    command += ["--output-format", "JSON", "--output-file", str(to)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def assemble(asked: str, root: Path, folder: Path, program: Path) -> list[Path]:
    """Writes the release; its files. ``program``: the one that lists packages.

    Raises NoRelease; then the folder is not there."""
    shutil.rmtree(folder, ignore_errors=True)
    wanted = check_version(asked, root)
    check_commit(version(root).commit)
    said, site = (
        notes(wanted, (root / "CHANGELOG.md").read_text(encoding="utf-8")),
        root / "_build" / "html",
    )
    folder.mkdir(parents=True)
    write_site(site, folder / SITE)
    for name in pdfs_on_site(root).values():
        shutil.copyfile(site / name, folder / name)
    for name in (data_archive.ARCHIVE, workbook_name()):
        offered = site / data_archive.FOLDER / name
        if offered.exists() or name == data_archive.ARCHIVE:
            shutil.copyfile(offered, folder / name)
    shutil.copyfile(root / CITATION, folder / CITATION)
    packages(root / "requirements.txt", folder / PACKAGES, program)
    (folder / CHECKSUMS).write_text(checksums(folder), encoding="utf-8")
    (folder / NOTES).write_text(f"{said}\n{release_text()}", encoding="utf-8")
    return sorted(folder.iterdir())


def main() -> None:
    parser = argparse.ArgumentParser(description="Everything a release consists of.")
    parser.add_argument("version", nargs="?", default="", help="the name of the tag")
    parser.add_argument(
        "--program", type=Path, default=ROOT / ".venv-publish" / "bin" / "cyclonedx-py"
    )
    asked = parser.parse_args()
    try:
        for path in assemble(asked.version, ROOT, ROOT / "_build" / "release", asked.program):
            print(f"  {path.stat().st_size / 1e6:7.2f} MB  {path.relative_to(ROOT)}")
    except NoRelease as fault:
        sys.exit(str(fault))


if __name__ == "__main__":
    main()
