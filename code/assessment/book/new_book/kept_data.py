"""The data that a new book takes along: what holds for every drug in the country."""

from __future__ import annotations

import copy
import csv
import io
import json
import tomllib
from collections.abc import Iterable
from pathlib import Path

from pybtex.database import BibliographyData, parse_file

from assessment.book.new_book.answers import Answers
from assessment.case.definition import load_case
from assessment.evidence import DATA, REFERENCES, descriptor

CARRIED = "carried_over.toml"


def carried_over(template: Path) -> dict:
    """The parsed list of what is taken along."""
    return tomllib.loads((template / CARRIED).read_text(encoding="utf-8"))


def kept_tables(carried: dict, brought: set[Path], data: Path = DATA) -> dict[Path, str]:
    """Tables by their path below data/, as text: kept whole, emptied, or with the facts that stay.

    ``brought``: paths below data/ of tables that the template holds, to which kept facts are added by
    ``merged``, and which are not taken otherwise.
    """
    found = {}
    for resource in descriptor(data)["resources"]:
        path = Path(resource["path"])
        rows = _records(data / path)
        if resource["name"].startswith("facts-") and resource["name"] not in carried["dropped"]:
            kept = [rows[0], *_kept_facts(rows, carried)]
        elif resource["name"] in carried["tables"]:
            kept = [row for row in rows if not _names_the_case(" ".join(row))]
        elif resource["name"] in carried["empty"]:
            kept = rows[:1]
        else:
            continue
        if path not in brought or resource["name"].startswith("facts-"):
            found[path] = _text(kept)
    return found


def merged(template_text: str, kept_text: str) -> str:
    """The rows of the template's table, and those of the kept one behind them; one header."""
    return template_text + kept_text.partition("\n")[2]


def _records(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _text(rows: Iterable[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _kept_facts(rows: list[list[str]], carried: dict) -> list[list[str]]:
    """Rows of the facts that stay, assumptions with a note that says where they come from."""
    status, note = (rows[0].index(field) for field in ("status", "note"))
    kept = []
    for row in rows[1:]:
        if not row[0].startswith(tuple(carried["facts"])):
            continue
        if row[0].startswith(tuple(carried["left_facts"])):
            continue
        row = list(row)
        if _names_the_case(row[note]):
            row[note] = ""
        if row[status] == "assumption":
            row[note] = f"{carried['assumption_note']} {row[note]}".strip()
        kept.append(row)
    return kept


def _names_the_case(text: str) -> bool:
    """Whether a text names the drug, the disease, a trial, a cohort or a comparator of this book."""
    case = load_case()
    country = {case.country.label, case.country.also_called, *(case.country.label.split())}
    return any(word in text for word in case.words if word not in country)


def new_descriptor(carried: dict, answers: Answers, data: Path = DATA) -> str:
    """``datapackage.json`` of the new book: tables left behind are out, cohorts and analysis sets are
    its own.
    """
    found = copy.deepcopy(descriptor(data))
    found["name"], found["title"] = (
        f"{answers.drug}-assessment",
        f"A living assessment of {answers.drug}: data",
    )
    kept = [r for r in found["resources"] if r["name"] not in carried["dropped"]]
    facts = next(r for r in kept if r["name"].startswith("facts-"))
    trial = copy.deepcopy(facts) | {
        "name": "facts-trial",
        "path": "facts/trial.csv",
        "title": "The trial",
        "description": "The trial's design, results and safety.",
    }
    found["resources"] = [*kept[:2], trial, *kept[2:]]
    told, labels = carried["descriptions"], [row["cohort_label"] for row in answers.cohort_places()]
    for resource in found["resources"]:
        resource["description"] = told.get(resource["name"], resource["description"])
        for field in resource["schema"]["fields"]:
            rules = field.get("constraints", {})
            if field["name"] == "cohort" and "enum" in rules:
                rules["enum"] = ["both", *answers.cohorts]
            elif field["name"] == "analysis_set" and "enum" in rules:
                rules["enum"] = ["publication", "not_applicable"]
                field["description"] = (
                    "Which analysis of the trial's patients; values of two are never combined."
                )
            elif field["name"] == "network":
                rules["enum"] = labels
            elif field["name"] in told:
                field["description"] = told[field["name"]]
            elif field["name"] == "subject":
                field["description"] = "What it is about: a trial, the drug, or a country."
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def kept_references(
    tables: Iterable[str], descriptor_text: str, references: Path = REFERENCES
) -> str:
    """The entries of the bibliography that rows of the tables or the descriptor name as their source,
    as BibTeX.
    """
    tables_described = json.loads(descriptor_text)["resources"]
    named = {table.get("provenance", {}).get("source", "") for table in tables_described}
    for text in tables:
        for row in csv.DictReader(io.StringIO(text)):
            named |= {row.get("source") or "", row.get("read_in") or ""}
    entries = parse_file(str(references), "bibtex", encoding="utf-8").entries
    kept = BibliographyData({key: entry for key, entry in entries.items() if key in named})
    return kept.to_string("bibtex")
