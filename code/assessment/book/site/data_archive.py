"""The data page: every table as CSV with its description, and all of them as one archive with its
descriptor.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping
from html import escape
from pathlib import Path

from assessment.case.definition import load_case
from assessment.evidence import DATA, REFERENCES, ROOT, read_table, resources
from assessment.presentation import numbers, words

FOLDER = "_downloads/data"
ARCHIVE = f"{load_case().data_stem}.zip"
# Where each number of a page comes from, at the top of the site and in the archive, and its fields.
PROVENANCE, PROVENANCE_SCHEMA = "provenance.json", "provenance.schema.json"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # archives carry no clock: the same data give the same bytes


def archived() -> list[tuple[str, Path]]:
    """What the archive holds, as (name inside, file): every table of the descriptor, the
    descriptor, the register of documents, the licence.
    """
    files = [(f"data/{r['path']}", DATA / r["path"]) for r in resources()]
    return [
        *files,
        ("data/datapackage.json", DATA / "datapackage.json"),
        ("references/references.bib", REFERENCES),
        ("LICENSE", ROOT / "LICENSE"),
    ]


def write_archive(path: Path, told: Mapping[str, str] | None = None) -> None:
    """Writes the archive, byte for byte the same for the same data and for what else is ``told`` in it
    (texts by their names inside).
    """
    inside = {name: file.read_bytes() for name, file in archived()}
    inside |= {name: text.encode() for name, text in (told or {}).items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(inside.items()):
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)


def write_files(app, exception) -> None:
    """Copies the tables below the site; the archive is written in the last step, with what is told of
    the version.
    """
    if exception is not None or app.builder.name != "html":
        return
    folder = Path(app.outdir, FOLDER)
    for name, file in archived():
        target = folder / name.removeprefix("data/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)


def tables(builder, page: str) -> str:
    """Every table: title, rows, description, where it comes from, its fields in a fold, and its
    CSV.
    """
    root = (
        builder.get_relative_uri(page, builder.config.root_doc).rpartition("index.html")[0] + FOLDER
    )
    w, size = words.DATA_PAGE, sum(file.stat().st_size for _name, file in archived())
    parts = [
        f'<p class="data-archive web-only"><a href="{root}/{ARCHIVE}" download>{w["archive"]}</a>'
        f" ({w['unpacked'].format(mb=numbers.number(size / 1e6, 1))})</p>"
    ]
    for r in resources():
        fields = "".join(
            f'<tr><th scope="row"><code>{escape(f["name"])}</code></th><td>{f["type"]}</td>'
            f"<td>{escape(f['description'])}{_allowed(f)}</td></tr>"
            for f in r["schema"]["fields"]
        )
        head = "".join(f'<th scope="col">{w[k]}</th>' for k in ("field", "type", "meaning"))
        rows = w["rows"].format(
            rows=numbers.number(len(read_table(r["name"]))), fields=len(r["schema"]["fields"])
        )
        parts.append(
            f'<section class="data-table" id="table-{r["name"]}">'
            f"<h3>{escape(r['title'])}</h3><p>{escape(r['description'])} {rows}</p>"
            f'<p class="web-only"><a href="{root}/{r["path"]}" download>{escape(r["path"])}</a></p>'
            f'<details class="web-only"><summary>{w["fields"]}</summary><div class="table-scroll"'
            f' tabindex="0" role="region" aria-label="{escape(r["title"])}: {w["fields"]}">'
            f'<table class="data"><thead><tr>{head}</tr></thead><tbody>{fields}</tbody></table>'
            "</div></details></section>"
        )
    return "".join(parts)


def _allowed(field: dict) -> str:
    allowed = field.get("constraints", {}).get("enum")
    return (
        f' <span class="fact-note">{words.DATA_PAGE["allowed"]}:'
        f" {escape(', '.join(map(str, allowed)))}</span>"
        if allowed
        else ""
    )
