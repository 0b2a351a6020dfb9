"""Values and formulas changed in a workbook's file, everything else left as it is: as if typed by hand."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from pathlib import Path
from xml.etree import ElementTree

SHEETS = {
    "s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "p": "http://schemas.openxmlformats.org/package/2006/relationships",
}
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def with_cells(path: Path, out: Path, sheet: str, cells: Mapping[str, float | str | None]) -> Path:
    """Writes the workbook with other values in cells of a sheet ({"D7": 0.5}; None empties a cell).

    LookupError for a cell that the sheet does not write.
    """

    def change(text: str) -> str:
        for cell, value in cells.items():
            text, count = re.subn(
                rf'<c r="{cell}"((?: s="\d+")?)(?: t="\w+")?(?:/>|>.*?</c>)',
                partial(_cell, cell, value),
                text,
            )
            if count != 1:
                raise LookupError(f"the sheet '{sheet}' writes no cell {cell}")
        return text

    return _rewritten(path, out, sheet, change)


def with_formulas(path: Path, out: Path, sheet: str, old: str, new: str) -> Path:
    """Writes the workbook with ``old`` replaced in every formula of a sheet. LookupError where no formula
    holds it.
    """
    find = escape(old, quote=False)

    def change(text: str) -> str:
        changed = re.sub(
            r"<f>(.*?)</f>",
            lambda match: f"<f>{match.group(1).replace(find, escape(new, quote=False))}</f>",
            text,
        )
        if changed == text:
            raise LookupError(f"no formula of the sheet '{sheet}' holds '{old}'")
        return changed

    return _rewritten(path, out, sheet, change)


def _cell(cell: str, value: float | str | None, match: re.Match[str]) -> str:
    look = match.group(1)
    if value is None:
        return f'<c r="{cell}"{look}/>'
    if isinstance(value, str):
        return f'<c r="{cell}"{look} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{cell}"{look}><v>{value!r}</v></c>'


def _rewritten(path: Path, out: Path, sheet: str, change: Callable[[str], str]) -> Path:
    with zipfile.ZipFile(path) as old:
        part = _part(old, sheet)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
            for entry in old.infolist():
                content = old.read(entry.filename)
                if entry.filename == part:
                    content = change(content.decode()).encode()
                new.writestr(entry.filename, content)
    return out


def _part(file: zipfile.ZipFile, sheet: str) -> str:
    """The part of the file that holds a sheet."""
    book = ElementTree.fromstring(file.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(file.read("xl/_rels/workbook.xml.rels"))
    targets = {r.get("Id"): r.get("Target") for r in relations.findall("p:Relationship", SHEETS)}
    for one in book.findall("s:sheets/s:sheet", SHEETS):
        if one.get("name") == sheet:
            return f"xl/{targets[one.get(RELATION)]}"
    raise LookupError(f"the workbook has no sheet '{sheet}'")
