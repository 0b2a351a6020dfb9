"""How to cite this version: plain text, BibTeX and RIS, from CITATION.cff and the version stamp."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

import yaml

from assessment.book.site.version import Version, version
from assessment.case.definition import load_case
from assessment.presentation import numbers, words

STEM = load_case().document_stem
FILES = {"bib": f"{STEM}.bib", "ris": f"{STEM}.ris"}
FOLDER = "_downloads/cite"


@dataclass(frozen=True)
class Work:
    """What is cited: ``authors`` as CITATION.cff names them, ``day`` and ``year`` of the version
    (None outside git).
    """

    title: str
    authors: tuple[str, ...]
    commit: str
    day: date | None
    address: str

    @property
    def year(self) -> str:
        return str(self.day.year) if self.day else "n.d."


def work(root: Path, address: str = "", of: Version | None = None) -> Work:
    """The work at ``root``; ``address``: where the site is published, "" when that is not
    configured.
    """
    cff, of = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8")), of or version()
    authors = tuple(
        a.get("name") or f"{a['family-names']}, {a['given-names']}" for a in cff["authors"]
    )
    return Work(cff["title"], authors, of.commit, of.day, address)


def plain(w: Work) -> str:
    """One line for a reference list."""
    day = f", {numbers.day(w.day)}" if w.day else ""
    return (
        f"{'; '.join(w.authors)} ({w.year}). {w.title}. {words.STATUS_LINE['version']}"
        f" {w.commit}{day}." + (f" {w.address}" if w.address else "")
    )


def bibtex(w: Work) -> str:
    """A BibTeX entry; the authors stand in double braces, as a name that must not be divided."""
    fields = {
        "author": " and ".join(f"{{{a}}}" if "," not in a else a for a in w.authors),
        "title": f"{{{w.title}}}",
        "year": w.year,
        "version": w.commit,
        "note": f"{words.STATUS_LINE['version']} {w.commit}",
    }
    fields |= {"date": w.day.isoformat()} if w.day else {}
    fields |= {"url": w.address} if w.address else {}
    inside = ",\n".join(f"  {key} = {{{value}}}" for key, value in fields.items())
    return f"@misc{{{STEM}-{w.commit.rstrip('+')},\n{inside}\n}}\n"


def ris(w: Work) -> str:
    """A RIS record: a report, with the version as edition."""
    lines = [("TY", "RPRT"), *(("AU", a) for a in w.authors), ("TI", w.title), ("PY", w.year)]
    lines += [("DA", w.day.strftime("%Y/%m/%d"))] if w.day else []
    lines += [("ET", w.commit)] + ([("UR", w.address)] if w.address else []) + [("ER", "")]
    return "".join(
        f"{tag}  - {value}".rstrip(" ") + (" " if not value else "") + "\n" for tag, value in lines
    )


def box(w: Work, top: str) -> str:
    """The three forms on a page, with files to download; ``top``: the way from the page to the top
    of the site. A script adds buttons that copy; the text is there without one.
    """
    forms = (
        ("text", plain(w), ""),
        ("BibTeX", bibtex(w), FILES["bib"]),
        ("RIS", ris(w), FILES["ris"]),
    )
    shown = ""
    for name, text, file in forms:
        label = words.CITE["text"] if name == "text" else name
        download = (
            f' <a class="web-only" href="{top}{FOLDER}/{file}"'
            f" download>{words.CITE['download']}</a>"
            if file
            else ""
        )
        shown += (
            f'<div class="cite-form"><p class="rubric">{label}{download}</p><pre class="copyable"'
            f' tabindex="0" role="group" aria-label="{label}">{escape(text.strip())}</pre></div>'
        )
    return (
        f'<div class="cite-box" data-copy="{words.CITE["copy"]}"'
        f' data-copied="{words.CITE["copied"]}">{shown}</div>'
    )


def write_files(app, exception) -> None:
    """Writes the BibTeX and RIS files below the site."""
    if exception is None and app.builder.name == "html":
        folder, w = (
            Path(app.outdir, FOLDER),
            work(Path(app.srcdir), app.config.assessment_site_address),
        )
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILES["bib"]).write_text(bibtex(w), encoding="utf-8")
        (folder / FILES["ris"]).write_text(ris(w), encoding="utf-8")
