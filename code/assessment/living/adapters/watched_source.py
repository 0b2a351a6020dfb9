"""What is watched: a source, the fields of its answers that are compared, and a record of them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assessment.evidence import DATA, DataError, Problem, load_facts, read_table
from assessment.evidence.sources import DOI

LEVELS = ("log", "digest", "interrupt")
NEW, GONE = "(new)", "(gone)"
FILE, FIELDS_FILE = "data/watch/sources.csv", "data/watch/fields.csv"
UNSEEN = ("Cc", "Cf", "Co", "Cs")  # control, direction, private: none belongs in a table
LONGEST = 600  # characters of a value that are kept as they are


@dataclass(frozen=True)
class Field:
    """One thing compared: ``found_at``, a path, column or pattern by the kind of source; empty for a
    record that comes (NEW) or goes (GONE). ``required``: without it the form has changed. ``facts``:
    ids, or their beginnings with a full stop at the end. ``at_least``: the least level of a finding,
    and ``because`` why.
    """

    name: str
    found_at: str
    required: bool
    facts: tuple[str, ...]
    at_least: str
    because: str


@dataclass(frozen=True)
class WatchedSource:
    """A source as a row of data says it. ``ask``: what is asked for. ``records_at``: where the records
    stand in its answer; ``key``: what names one. ``match``: the pattern that a record must hold.
    ``interval_days``: how often it must be looked at.
    """

    id: str
    label: str
    adapter: str
    address: str
    ask: str
    records_at: str
    key: str
    match: str
    interval_days: int
    fields: tuple[Field, ...]

    def compared(self) -> tuple[Field, ...]:
        """The fields that are read from an answer."""
        return tuple(field for field in self.fields if field.found_at)

    def field(self, name: str) -> Field | None:
        """The field of that name; None where no row speaks of it."""
        return next((field for field in self.fields if field.name == name), None)


@dataclass(frozen=True)
class Record:
    """One thing that a source says: its ``item`` (an id) and the values of the fields compared."""

    item: str
    values: Mapping[str, str]


def load_watched(data: Path = DATA) -> tuple[WatchedSource, ...]:
    """Every source with its fields. DataError where a field is of no source, or touches a fact that
    does not exist.
    """
    known = [fact.id for fact in load_facts().unread()] if data == DATA else []
    problems: list[Problem] = []
    of_source: dict[str, list[Field]] = {}
    rows = read_table("watch-sources", data)
    ids = {row["id"] for row in rows}
    for row in read_table("watch-fields", data):
        facts = tuple((row["touches"] or "").split())
        lost = [f for f in facts if known and "{" not in f and not touched((f,), known)]
        for field, value, allowed in (
            *(
                (("watched", row["watched"], f"one of {', '.join(sorted(ids))}"),)
                * (row["watched"] not in ids)
            ),
            *(
                ("touches", fact, "ids of facts, or their beginnings with a full stop")
                for fact in lost
            ),
        ):
            step = "correct it, or add what it names"
            problems.append(Problem(FIELDS_FILE, row["_row"], field, value, allowed, step))
        of_source.setdefault(row["watched"], []).append(
            Field(
                row["field"],
                row["found_at"] or "",
                row["required"] == "yes",
                facts,
                row["at_least"],
                row["because"],
            )
        )
    if problems:
        raise DataError(problems)
    return tuple(
        WatchedSource(
            row["id"],
            row["label"],
            row["adapter"],
            row["address"],
            row["ask"] or "",
            row["records_at"] or "",
            row["key"] or "",
            row["match"] or "",
            int(row["interval_days"]),
            tuple(of_source.get(row["id"], ())),
        )
        for row in rows
    )


def _touches(named: str, fact: str) -> bool:
    return fact.startswith(named) if named.endswith(".") else fact == named


def touched(named: tuple[str, ...], facts: list[str]) -> list[str]:
    """The ids among ``facts`` that ``named`` means, in their order."""
    return [fact for fact in facts if any(_touches(name, fact) for name in named)]


def asked_for(
    source: WatchedSource, data: Path = DATA, references: Path | None = None
) -> list[str]:
    """What a source is asked for: ``table:NAME.COLUMN`` gives the values of a column, each once,
    ``references:doi`` the DOIs of the register of documents; anything else is the question itself.
    """
    kind, _, rest = source.ask.partition(":")
    if kind == "table":
        name, _, column = rest.partition(".")
        return list(dict.fromkeys(row[column] for row in read_table(name, data) if row[column]))
    if source.ask == "references:doi":
        path = references or data.parent / "references" / "references.bib"
        named = re.findall(r"^\s*doi\s*=\s*[{\"](.+?)[}\"]", path.read_text("utf-8"), re.MULTILINE)
        return list(dict.fromkeys(doi.lower() for doi in named if DOI.fullmatch(doi)))
    return [source.ask] if source.ask else []


def kept_text(value: object) -> str:
    """A value as it is kept: spaces made one, marks that nobody sees left out, lists joined in order,
    long text cut with a fingerprint of the whole, so that a change behind the cut is seen too.
    """
    if isinstance(value, list):
        value = " | ".join(kept_text(one) for one in value)
    text = "" if value is None else " ".join(str(value).split())
    text = "".join(letter for letter in text if unicodedata.category(letter) not in UNSEEN)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 100]} … [{fingerprint(text)}]"


def fingerprint(text: str) -> str:
    """Sixteen digits that differ when the text does (SHA-256)."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
