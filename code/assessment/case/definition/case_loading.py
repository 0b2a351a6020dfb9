"""Reads ``data/case.csv`` into a Case, refusing a row that would leave part of it unsaid.

Reading it is not noted as facts and tables are: names are no source of a number. Kept results
depend on the whole file instead, as they do on the units (see the result cache).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from assessment.case.definition.case_definition import (
    BASE_CASE,
    CONTROL,
    MODELLED,
    TREATED,
    UNDIVIDED,
    AnalysisSet,
    Arm,
    Case,
    Cohort,
    Comparator,
    Name,
)
from assessment.evidence import DATA, REFERENCES, DataError, Problem, checked_sources, read_table

TABLE, FILE = "case", "data/case.csv"
SINGLE = ("assessment", "drug", "disease", "country", "language", "agency", "process", "trial")
FILES = ("document", "data")
MARKS = ("colour", "dash", "shape")
# What a row of a kind must say beside id and label; it says nothing else but words.
REQUIRED: dict[str, tuple[str, ...]] = {
    "drug": ("also_called",),
    "disease": ("also_called",),
    "country": ("also_called",),
    "cohort": ("also_called", *MARKS),
    "arm": ("role", *MARKS),
    "analysis_set": ("role", "fact_prefix"),
    "comparator": ("role",),
}
OPTIONAL: dict[str, tuple[str, ...]] = {
    "agency": ("also_called",),
    "process": ("also_called",),
    "analysis_set": ("assessor", "source"),
}
ROLES: dict[str, tuple[str, ...]] = {
    "arm": (TREATED, CONTROL),
    "analysis_set": (BASE_CASE, "alternative", UNDIVIDED),
    "comparator": (MODELLED, "compared"),
}
FIELDS = ("also_called", "role", "fact_prefix", "assessor", "source", *MARKS)


@lru_cache(maxsize=4)
def load_case(data: Path = DATA, references: Path = REFERENCES) -> Case:
    """The case of ``data/case.csv``.

    Raises DataError listing every fault found: fields missing or out of place, an id or a role
    given twice, a part of the case left out, a source that is not in the bibliography.
    """
    rows = read_table(TABLE, data)
    problems = [
        *_field_problems(rows, set(checked_sources(references))),
        *_repeated_ids(rows),
        *_missing_parts(rows),
    ]
    if problems:
        raise DataError(problems)
    return _case(rows)


def _of_kind(rows: list[dict], kind: str) -> list[dict]:
    return [row for row in rows if row["kind"] == kind]


def _problem(row: dict, field: str, allowed: str, next_step: str) -> Problem:
    return Problem(row["_file"], row["_row"], field, row[field], allowed, next_step)


def _field_problems(rows: list[dict], sources: set[str]) -> Iterator[Problem]:
    for row in rows:
        kind = row["kind"]
        required, roles = list(REQUIRED.get(kind, ())), ROLES.get(kind)
        if kind == "analysis_set" and row["role"] != UNDIVIDED:
            required += ["assessor", "source"]
        for field in FIELDS:
            if field in required and row[field] is None:
                allowed = f"something: a row of the kind {kind} needs its {field}"
                yield _problem(row, field, allowed, "fill the cell")
            elif field not in (*required, *OPTIONAL.get(kind, ())) and row[field] is not None:
                allowed = f"nothing: a row of the kind {kind} has no {field}"
                yield _problem(row, field, allowed, "empty the cell, or correct the kind")
        if roles and row["role"] is not None and row["role"] not in roles:
            allowed = f"one of {', '.join(roles)} for the kind {kind}"
            yield _problem(row, "role", allowed, "correct the role")
        if row["source"] is not None and row["source"] not in sources:
            allowed = "a key of references/references.bib"
            yield _problem(row, "source", allowed, "correct the key, or add the document")


def _repeated_ids(rows: list[dict]) -> Iterator[Problem]:
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        earlier = first.setdefault((row["kind"], row["id"]), row["_row"])
        if earlier != row["_row"]:
            allowed = f"each id once within its kind (it is also in row {earlier})"
            yield _problem(row, "id", allowed, "rename or remove one of the two rows")


def _missing_parts(rows: list[dict]) -> Iterator[Problem]:
    """Parts of which a case has exactly one, and the cohorts, of which it has one or more."""
    roles = (("arm", TREATED), ("arm", CONTROL), ("analysis_set", BASE_CASE))
    wanted = [
        *((f"the kind {kind}", _of_kind(rows, kind)) for kind in SINGLE),
        *((f"the kind file and the id {name}", _named(rows, "file", "id", name)) for name in FILES),
        *(
            (f"the kind {kind} and the role {r}", _named(rows, kind, "role", r))
            for kind, r in roles
        ),
    ]
    for what, found in wanted:
        if len(found) != 1:
            numbers = ", ".join(str(row["_row"]) for row in found) or None
            yield Problem(
                FILE, None, "kind", numbers, f"one row of {what}", "add the row, or leave one"
            )
    if not _of_kind(rows, "cohort"):
        allowed = "at least one row of the kind cohort"
        yield Problem(FILE, None, "kind", None, allowed, "add a row for each cohort")


def _named(rows: list[dict], kind: str, field: str, value: str) -> list[dict]:
    return [row for row in _of_kind(rows, kind) if row[field] == value]


def _case(rows: list[dict]) -> Case:
    single = {kind: _name(_of_kind(rows, kind)[0]) for kind in SINGLE}
    document, data = (_named(rows, "file", "id", name)[0]["label"] for name in FILES)
    treated, control = (_arm(_named(rows, "arm", "role", role)[0]) for role in (TREATED, CONTROL))
    sets = [_analysis_set(row) for row in _of_kind(rows, "analysis_set")]
    return Case(
        **single,
        cohorts=tuple(_cohort(row) for row in _of_kind(rows, "cohort")),
        subgroups=tuple(_name(row) for row in _of_kind(rows, "subgroup")),
        arms=(treated, control),
        analysis_sets=tuple(sorted(sets, key=lambda s: s.role != BASE_CASE)),
        comparators=tuple(
            Comparator(row["id"], row["label"], row["role"] == MODELLED)
            for row in _of_kind(rows, "comparator")
        ),
        other_trials=tuple(_name(row) for row in _of_kind(rows, "other_trial")),
        document_stem=document,
        data_stem=data,
        words=tuple(word for row in rows for word in (row["words"] or "").split("|") if word),
    )


def _name(row: dict) -> Name:
    return Name(row["id"], row["label"], row["also_called"])


def _cohort(row: dict) -> Cohort:
    return Cohort(
        row["id"], row["label"], row["also_called"], row["colour"], _dash(row), row["shape"]
    )


def _arm(row: dict) -> Arm:
    return Arm(row["id"], row["label"], row["role"], row["colour"], _dash(row), row["shape"])


def _dash(row: dict) -> tuple[int, int]:
    stroke, gap = row["dash"].split()
    return int(stroke), int(gap)


def _analysis_set(row: dict) -> AnalysisSet:
    return AnalysisSet(
        row["id"], row["label"], row["role"], row["fact_prefix"], row["assessor"], row["source"]
    )
