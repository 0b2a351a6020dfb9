"""Reads the CSV tables of ``data/`` strictly, by their descriptor ``datapackage.json`` (Frictionless)."""

from __future__ import annotations

import csv
import io
import json
from functools import lru_cache
from pathlib import Path

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.object_arguments import place, text, word
from assessment.evidence.cells.descriptor_rules import field_faults
from assessment.evidence.cells.spreadsheet_traces import explained, separator, spreadsheet_traces
from assessment.evidence.cells.typed_cells import typed_cell
from assessment.evidence.paths import DATA
from assessment.evidence.problems import DataError, Problem
from assessment.evidence.read_log import log_file

FACTS = "facts-"  # names of tables of facts begin so
# The other tables may be empty: a new book begins with registers that hold nothing yet.
NEVER_EMPTY = ("case", "units", "upkeep", "source-checks")


@taking(data=place)
def descriptor(data: Path = DATA) -> dict:
    """The parsed ``datapackage.json``. Raises DataError when it is missing or is not JSON."""
    path = data / "datapackage.json"
    try:
        return _described(path.read_bytes())
    except FileNotFoundError:
        allowed, step = "a Frictionless descriptor", "restore the file from git"
        raise DataError(Problem(str(path), None, None, None, allowed, step)) from None


@lru_cache(maxsize=4)
def _described(content: bytes) -> dict:
    """The descriptor in a file of this content, which nobody may change; DataError as ``descriptor``."""
    try:
        found = json.loads(content.decode("utf-8"))
        # What every reader relies on: a broken descriptor is told here, not in the middle of a table.
        faults = [
            Problem(
                "data/datapackage.json",
                None,
                f"{resource['path']}, column {field['name']}, {part}",
                value,
                allowed,
                "correct it, or restore it from git",
            )
            for resource in found["resources"]
            if resource["name"] + resource["path"]
            for field in resource["schema"]["fields"]
            for part, value, allowed in field_faults(resource["name"], field)
        ]
        if faults:
            raise DataError(faults)
        return found
    except (UnicodeDecodeError, json.JSONDecodeError) as fault:
        line, found, allowed = getattr(fault, "lineno", None), str(fault), "valid JSON in UTF-8"
        step = "mend the line named, or restore the file from git"
    except (KeyError, TypeError, AttributeError, RecursionError) as fault:
        line, found, step = None, repr(fault), "restore what is missing from git"
        allowed = "resources with name, path and schema; fields with name, type and description"
    raise DataError(Problem("data/datapackage.json", line, None, found, allowed, step))


@taking(data=place, prefix=text)
def resources(data: Path = DATA, prefix: str = "") -> list[dict]:
    """The descriptor's tables whose name starts with ``prefix``."""
    return [r for r in descriptor(data)["resources"] if r["name"].startswith(prefix)]


def field_names(name: str, data: Path = DATA) -> list[str]:
    """The columns of one table, in order. KeyError when the descriptor has no such table."""
    return [field["name"] for field in _resource(name, data)["schema"]["fields"]]


@taking(name=word, data=place)
def read_table(name: str, data: Path = DATA) -> list[dict]:
    """One table as a list of rows.

    Each row maps field name → str, int, float or None (empty cell), plus ``_row`` and ``_file`` for
    messages. A table of nothing but its header is an empty list. Raises DataError listing every fault
    in the file; KeyError when the descriptor has no such table.
    """
    if not name.startswith(FACTS):  # a fact is noted when it is asked for
        log_file(data / _resource(name, data)["path"])
    return _read(_resource(name, data), data)


def _resource(name: str, data: Path) -> dict:
    found = [r for r in resources(data) if r["name"] == name]
    if not found:
        known = ", ".join(r["name"] for r in resources(data))
        raise KeyError(f"no table '{name}' in data/datapackage.json. Tables: {known}")
    return found[0]


def _read(resource: dict, data: Path) -> list[dict]:
    file = f"data/{resource['path']}"
    fields = resource["schema"]["fields"]
    names = [f["name"] for f in fields]
    text = _text(data / resource["path"], file)
    lines = _lines(text, file, names)
    problems: list[Problem] = []
    rows = []
    unique = [f["name"] for f in fields if f.get("constraints", {}).get("unique")]
    seen: dict[str, dict] = {name: {} for name in unique}
    for number, cells in lines:
        if len(cells) != len(names):
            problems.append(
                Problem(
                    file,
                    number,
                    None,
                    ",".join(cells),
                    f"{len(names)} cells, as in the header",
                    "put quotes around text that holds a comma, and check for a missing or extra"
                    " comma",
                )
            )
            continue
        row = {"_row": number, "_file": file}
        for field, cell in zip(fields, cells):
            row[field["name"]], fault = typed_cell(field, cell)
            if fault:
                problems.append(Problem(file, number, field["name"], cell, *fault))
        for name, earlier in seen.items():
            if row[name] is not None and row[name] in earlier:
                problems.append(
                    Problem(
                        file,
                        number,
                        name,
                        row[name],
                        f"each {name} once (it is also in row {earlier[row[name]]})",
                        "rename or remove one of the two rows",
                    )
                )
            earlier.setdefault(row[name], number)
        rows.append(row)
    rewritten = _rewritten(text, file, at_fault=bool(problems))
    if problems or rewritten:
        # What the spreadsheet did is told in one line, so that other faults can be seen.
        raise DataError(
            [*rewritten, *(p for p in problems if not (rewritten and explained(p.value)))]
        )
    if not rows and resource["name"] in NEVER_EMPTY:
        raise DataError(
            Problem(
                file, None, None, None, "a header and at least one row", "restore the rows from git"
            )
        )
    return rows


def _rewritten(text: str, file: str, at_fault: bool) -> list[Problem]:
    """One problem for all that a spreadsheet program did to the file, where it shows."""
    traces = spreadsheet_traces(text, at_fault)
    if traces is None:
        return []
    return [
        Problem(
            file,
            None,
            None,
            f"rewritten by a spreadsheet such as Excel: {traces}",
            "commas between the cells, full stops in numbers, dates as 2026-01-31, every zero as the"
            " source prints it, lines that end as before",
            f"bring the file back (git checkout -- {file}) and make the change in a text editor, or in"
            " a spreadsheet that reads every column as text",
        )
    ]


def _text(path: Path, file: str) -> str:
    """The text of the file."""
    try:
        raw = path.read_bytes()
    except OSError:
        step = "restore the file from git, or remove its entry from the descriptor"
        raise DataError(
            Problem(file, None, None, None, "the file named in data/datapackage.json", step)
        ) from None
    if not raw.strip():
        raise DataError(
            Problem(
                file,
                None,
                None,
                None,
                "a header, and rows where there is something to say",
                "restore the file from git",
            )
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        row = raw[: fault.start].count(b"\n") + 1
        raise DataError(
            Problem(
                file,
                row,
                None,
                raw[max(0, fault.start - 10) : fault.start + 10],
                "text in UTF-8",
                "save the file again as 'CSV UTF-8'",
            )
        ) from None


def _lines(text: str, file: str, names: list[str]) -> list[tuple[int, list[str]]]:
    """Rows of the file behind its header, with spreadsheet row numbers; the header must match the
    descriptor.
    """
    if separator(text.partition("\n")[0]) != ",":
        raise DataError(_rewritten(text, file, at_fault=True))
    try:
        reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
        # csv counts physical lines, a spreadsheet counts records: so do we.
        records = list(enumerate(reader, start=1))
    except csv.Error as fault:
        raise DataError(
            Problem(file, None, None, str(fault), "well-formed CSV", "check the quotes in the file")
        ) from None
    header = records[0][1]
    if header != names:
        raise DataError(_header_problem(file, header, names))
    return [(number, cells) for number, cells in records[1:] if cells]


def _header_problem(file: str, header: list[str], names: list[str]) -> Problem:
    unknown = [c for c in header if c not in names]
    missing = [c for c in names if c not in header]
    allowed = "the columns " + ", ".join(names) + ", in this order"
    if unknown:
        step = (
            f"remove or rename the unknown column {', '.join(map(repr, unknown))}, or add it to"
            " data/datapackage.json"
        )
    elif missing:
        step = f"add the missing column {', '.join(map(repr, missing))}"
    else:
        step = "put the columns in the order of data/datapackage.json, each once"
    return Problem(file, 1, ", ".join(unknown or missing) or None, ",".join(header), allowed, step)
