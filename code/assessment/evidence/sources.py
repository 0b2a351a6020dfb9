"""The register of documents: ``references/references.bib``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pybtex.database import BibliographyDataError, parse_file
from pybtex.scanner import PybtexError

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.object_arguments import place
from assessment.evidence.cells.spreadsheet_traces import misread_letters
from assessment.evidence.cells.typed_cells import unseen_mark
from assessment.evidence.paths import REFERENCES
from assessment.evidence.problems import DataError, Problem
from assessment.evidence.read_log import log_file

ADDRESS = re.compile(r"https?://[^\s<>\"'`]+")
DOI = re.compile(r"10\.\d{4,}/[^\s<>\"'`]+")


@dataclass(frozen=True)
class Source:
    """A document: its key, who wrote it, title, year as printed, and where it can be opened (None
    if nowhere).
    """

    key: str
    author: str
    title: str
    year: str
    publisher: str
    url: str | None

    @property
    def short(self) -> str:
        """Author and year, as in running text."""
        return f"{self.author}, {self.year}" if self.year else self.author


@taking(path=place)
def load_sources(path: Path = REFERENCES) -> dict[str, Source]:
    """Every source by key. Raises DataError when the file cannot be read or an entry lacks title,
    author or year.
    """
    log_file(path)
    return checked_sources(path)


@taking(path=place)
@lru_cache(maxsize=8)
def checked_sources(path: Path = REFERENCES) -> dict[str, Source]:
    """As load_sources, for checks of what is cited: a result does not come to depend on every
    document because its inputs name one.
    """
    name = f"references/{path.name}"
    try:
        entries = parse_file(str(path), "bibtex", encoding="utf-8").entries
    except (PybtexError, BibliographyDataError, OSError, UnicodeDecodeError) as fault:
        raise DataError(
            Problem(
                name,
                None,
                None,
                str(fault),
                "BibTeX in UTF-8, each key once",
                "mend the entry named",
            )
        ) from None
    sources, problems = {}, _misread(path, name)
    for key, entry in entries.items():
        fields = entry.fields
        author = _authors(entry)
        for field, value in (
            ("title", fields.get("title")),
            ("author", author),
            ("year", fields.get("year")),
        ):
            if not value:
                problems.append(
                    Problem(
                        name,
                        None,
                        field,
                        None,
                        f"a {field} for entry '{key}'",
                        f"add {field} = {{...}} to '{key}'",
                    )
                )
        problems += _unusable(name, key, fields)
        url = f"https://doi.org/{fields['doi']}" if "doi" in fields else fields.get("url")
        publisher = (
            fields.get("journal")
            or fields.get("publisher")
            or fields.get("howpublished")
            or fields.get("organization")
            or ""
        )
        sources[key] = Source(
            key,
            author,
            _plain(fields.get("title", "")),
            fields.get("year", ""),
            _plain(publisher),
            url,
        )
    if problems:
        raise DataError(problems)
    return sources


def _misread(path: Path, name: str) -> list[Problem]:
    """Lines with letters that an editor read in another code than UTF-8 and saved so, such as Ã¥."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        Problem(
            name,
            number,
            None,
            letters,
            f"the letter that '{letters}' was: '{letters.encode('cp1252').decode('utf-8')}'",
            "restore the file from git, and open and save it as UTF-8",
        )
        for number, line in enumerate(lines, 1)
        if (letters := misread_letters(line))
    ]


def _unusable(name: str, key: str, fields) -> list[Problem]:
    """Addresses that open nothing, and marks that nobody sees."""
    rules = [
        ("url", ADDRESS, f"an address of '{key}' that begins with https:// or http://"),
        (
            "doi",
            DOI,
            f"a DOI of '{key}' such as 10.1056/NEJMoa2403991, without an address before it",
        ),
    ]
    problems = [
        Problem(name, None, field, fields[field], allowed, "correct the field")
        for field, pattern, allowed in rules
        if field in fields and not pattern.fullmatch(fields[field])
    ]
    return problems + [
        Problem(
            name, None, field, text, f"text without unseen marks (here {mark})", f"mend '{key}'"
        )
        for field, text in fields.items()
        if (mark := unseen_mark(text))
    ]


def _plain(text: str) -> str:
    return text.replace("{", "").replace("}", "").replace("\\&", "&").replace("--", "–")


def _authors(entry) -> str:
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [_plain(" ".join(p.prelast_names + p.last_names)) or _plain(str(p)) for p in people]
    if not names:
        return _plain(entry.fields.get("organization", ""))
    return (
        names[0]
        if len(names) == 1
        else f"{names[0]} and {names[1]}"
        if len(names) == 2
        else f"{names[0]} et al."
    )
