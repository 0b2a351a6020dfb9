"""``data/watch/findings.csv`` and ``data/source_checks.csv``: the watch adds rows and changes none."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, astuple, fields
from pathlib import Path
from typing import Any

from assessment.evidence import DATA, read_table, resources
from assessment.evidence.cells.typed_cells import typed_cell
from assessment.evidence.provenance.result_cache import write_whole
from assessment.living.asking import source_fault
from assessment.living.asking.source_fault import SourceFault
from assessment.living.findings.finding import Finding

NAMES = [field.name for field in fields(Finding)]
EMPTY: dict[str, Any] = {"swing_nok": None}


def load_findings(data: Path = DATA) -> list[Finding]:
    """Every finding, oldest first."""
    rows = read_table("watch-findings", data)
    # an empty cell is an empty text, but for the number
    filled = [
        {n: row[n] if row[n] is not None else EMPTY.get(n, "") for n in NAMES} for row in rows
    ]
    return [Finding(**row) for row in filled]


def add_findings(found: Sequence[Finding], data: Path = DATA) -> list[Finding]:
    """Adds those that are not there yet, whole or not at all; which they were. OSError where the file
    cannot be written, SourceFault where a cell would make the table unreadable for every other source.
    """
    known = {finding.id for finding in load_findings(data)}
    new = [finding for finding in found if finding.id not in known]
    columns = {f["name"]: f for f in resources(data, "watch-findings")[0]["schema"]["fields"]}
    for finding in new:
        for name, value in asdict(finding).items():
            fault = typed_cell(columns[name], "" if value is None else str(value))[1]
            if fault:
                raise SourceFault(source_fault.DAMAGED, f"{name} '{value}' is no cell: {fault[0]}")
    if new:
        _add(data / "watch" / "findings.csv", [astuple(finding) for finding in new])
    return new


def add_checks(rows: Sequence[tuple[str, str, str, str]], data: Path = DATA) -> None:
    """Adds (day, source, outcome, what was found) to the checks of sources, all of them or none."""
    _add(data / "source_checks.csv", rows)


def _add(file: Path, rows: Sequence[tuple]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [["" if cell is None else cell for cell in row] for row in rows]
    )
    before = file.read_bytes()
    if before and not before.endswith(b"\n"):
        before += b"\n"
    write_whole(file, before + text.getvalue().encode())
