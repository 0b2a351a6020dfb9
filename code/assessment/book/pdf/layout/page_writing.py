"""Pages that were laid out, written as a tagged PDF that is made to be joined with others."""

from __future__ import annotations

import hashlib
import io
from functools import lru_cache
from pathlib import Path

import pydyf
import weasyprint
from weasyprint.text.fonts import get_hb_object_data

from assessment.book.pdf.layout.accessibility_tags import better_tags

FONT_FILE = "BookFont"  # names the file of fonts/ in the place of the font itself


def written(document: weasyprint.Document, name: str, sheet: Path, tagged: bool = True) -> bytes:
    """The PDF. Names within its tag tree begin with ``name``; fonts that lie beside the style sheet
    are named, not embedded: each is embedded once in the joined PDF.
    """

    def finish(written_document: weasyprint.Document, pdf: pydyf.PDF) -> None:
        if tagged:
            _name_headers(pdf, name)
        _leave_out_fonts(written_document, pdf, sheet.parent)

    target = io.BytesIO()
    with better_tags():
        # no standard is claimed that no checker confirmed
        document.write_pdf(target, pdf_tags=tagged, finisher=finish)
    return target.getvalue()


def _name_headers(pdf: pydyf.PDF, name: str) -> None:
    """Gives the headers of tables names that are unique in the book, and lists them."""
    named, root = [], None
    for entry in pdf.objects:
        if not isinstance(entry, pydyf.Dictionary):
            continue
        if entry.get("S") == "/TH" and "ID" in entry:
            # cells name their headers by the same object
            entry["ID"].string = f"{name}-{entry['ID'].string}"
            named.append(entry)
        elif entry.get("Type") == "/StructTreeRoot":
            root = entry
    if named and root is not None:
        listed = pydyf.Array()
        for entry in sorted(named, key=lambda one: one["ID"].string):
            listed += [entry["ID"], entry.reference]
        root["IDTree"] = pydyf.Dictionary({"Names": listed})


def _leave_out_fonts(document: weasyprint.Document, pdf: pydyf.PDF, folder: Path) -> None:
    files = font_files(folder)
    of_name = {
        font.name: files.get(_digest(get_hb_object_data(font.hb_face)))
        for font in document.fonts.values()
    }
    for entry in list(pdf.objects):
        if isinstance(entry, pydyf.Dictionary) and entry.get("Type") == "/FontDescriptor":
            file = of_name.get(entry["FontName"])
            if file is None or "FontFile2" not in entry:
                continue
            embedded = pdf.objects[int(entry["FontFile2"].split()[0])]
            embedded.stream = []
            embedded.extra = pydyf.Dictionary({FONT_FILE: pydyf.String(file.name)})


@lru_cache(maxsize=1)
def font_files(folder: Path) -> dict[str, Path]:
    """The font files below a folder, by the hash of what they hold."""
    return {_digest(path.read_bytes()): path for path in sorted(folder.rglob("*.ttf"))}


def _digest(content: bytes | None) -> str:
    return hashlib.sha256(content or b"").hexdigest()
