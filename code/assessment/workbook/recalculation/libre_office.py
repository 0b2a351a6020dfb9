"""Workbooks opened and recomputed by LibreOffice, a spreadsheet program that is not ours."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

PROGRAMS = ("soffice", "libreoffice")
# Recompute whatever the file holds, as Excel does with this file.
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
# comma, quotes, UTF-8, from row 1, as stored and not as shown, formulas as values, one sheet
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,{sheet}"
EVERY_SHEET = -1
SECONDS_A_FILE = 300


class NoSpreadsheet(RuntimeError):
    """LibreOffice is not installed, or could not read a file."""


def program() -> str:
    """Where LibreOffice is. NoSpreadsheet says what to type where it is missing."""
    for name in PROGRAMS:
        found = shutil.which(name)
        if found:
            return found
    raise NoSpreadsheet(
        "LibreOffice is not installed, so formulas cannot be recomputed here. Type: sudo apt-get"
        " install -y libreoffice-calc"
    )


def converted(files: Sequence[Path], folder: Path, to: str, recompute: bool = True) -> None:
    """Opens, recomputes and saves files in another form (a filter of LibreOffice) into ``folder``.

    ``recompute``: False leaves LibreOffice as it is installed, which keeps what a file stores.
    NoSpreadsheet where the program is missing or says nothing was made.
    """
    profile = recomputing_profile(folder) if recompute else _profile(folder / "as-installed")
    command = [program(), "--headless", profile]
    command += ["--convert-to", to, "--outdir", str(folder), *map(str, files)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=SECONDS_A_FILE * len(files), check=False
    )
    if done.returncode:
        raise NoSpreadsheet(f"LibreOffice ended with {done.returncode}: {done.stderr.strip()}")


def recomputing_profile(folder: Path) -> str:
    """LibreOffice's argument for settings of its own in ``folder / "profile"``, by which it recomputes
    every file that it opens.
    """
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(ALWAYS, encoding="utf-8")
    return _profile(folder / "profile")


def _profile(home: Path) -> str:
    return f"-env:UserInstallation={home.absolute().as_uri()}"


def sheet_rows(
    files: Sequence[Path], folder: Path, sheet: str, number: int, recompute: bool = True
) -> list[list[list[str]]]:
    """The rows of one sheet of each file after recomputing, as texts with all digits. ``number``: place of
    the sheet in the workbook, counted from 1; ``recompute``: as in ``converted``.
    """
    converted(files, folder, CSV.format(sheet=number), recompute)
    return [_rows(file, folder, sheet) for file in files]


def rows_by_sheet(file: Path, folder: Path, sheets: Sequence[str]) -> dict[str, list[list[str]]]:
    """{sheet: its rows after recomputing, as in ``sheet_rows``}, the file opened once."""
    converted([file], folder, CSV.format(sheet=EVERY_SHEET))
    return {sheet: _rows(file, folder, sheet) for sheet in sheets}


def _rows(file: Path, folder: Path, sheet: str) -> list[list[str]]:
    made = folder / f"{file.stem}-{sheet}.csv"
    if not made.exists():
        raise NoSpreadsheet(f"LibreOffice made no {made.name}; is {file} a workbook?")
    with made.open(encoding="utf-8", newline="") as text:
        return list(csv.reader(text))
