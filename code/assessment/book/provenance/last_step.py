"""The last step of a build: the site with its version on pages and in files, its list of numbers, and
sealed. What Sphinx wrote stays as it was, so that a new version writes and draws nothing anew.
"""

from __future__ import annotations

import json
from pathlib import Path

from assessment.book.provenance.archive_readme import README, readme
from assessment.book.provenance.picture_labels import (
    labelled_png,
    labelled_svg,
    picture_label,
)
from assessment.book.provenance.provenance_list import provenance_text
from assessment.book.provenance.provenance_schema import schema_text
from assessment.book.provenance.table_descriptions import (
    ENDING,
    data_description,
    with_version,
)
from assessment.book.security.page_seal import seal
from assessment.book.site import citation, data_archive
from assessment.book.site.stamp import stamp_site
from assessment.book.site.version import Version
from assessment.evidence import descriptor


def finish_site(site: Path, root: Path, address: str, of: Version) -> None:
    """Takes the last step on ``site``. ``address``: where it is published, "" when that is not known."""
    work = citation.work(root, address, of)
    stamp_site(site, root, address, of)
    label_figures(site, work)
    told = {
        data_archive.PROVENANCE: provenance_text(site, work),
        data_archive.PROVENANCE_SCHEMA: schema_text(),
    }
    for name, text in told.items():
        (site / name).write_text(text, encoding="utf-8")
    tables = table_texts(work)
    folder = site / data_archive.FOLDER
    if folder.exists():
        for name, text in tables.items():
            (folder / name).write_text(text, encoding="utf-8")
        beside = {f"data/{name}": text for name, text in tables.items()}
        data_archive.write_archive(
            folder / data_archive.ARCHIVE, {README: readme(work), **told, **beside}
        )
    seal(site)


def label_figures(site: Path, work: citation.Work) -> None:
    """Puts title, version, address, sources and licence into every file of every figure."""
    for file in sorted((site / "_downloads" / "figures").glob(f"*.csv{ENDING}")):
        said = with_version(json.loads(file.read_text(encoding="utf-8")), work)
        file.write_text(_text(said), encoding="utf-8")
        label = picture_label(said, work)
        stem = file.name.removesuffix(f".csv{ENDING}")
        drawing = file.with_name(f"{stem}.svg")
        drawing.write_text(
            labelled_svg(drawing.read_text(encoding="utf-8"), label), encoding="utf-8"
        )
        for ending in (".png", "-narrow.png"):
            picture = file.with_name(stem + ending)
            picture.write_bytes(labelled_png(picture.read_bytes(), label))


def table_texts(work: citation.Work) -> dict[str, str]:
    """The description beside every table of data/, by its name there."""
    package = descriptor()
    return {
        f"{table['path']}{ENDING}": _text(with_version(data_description(table, package), work))
        for table in package["resources"]
    }


def _text(said: dict) -> str:
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"
