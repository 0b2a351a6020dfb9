"""Reads ``data/facts/`` into a FactSet, refusing whatever could become a wrong number."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from assessment.evidence.csv_tables import read_table, resources
from assessment.evidence.facts import Fact, FactSet, one_analysis_set
from assessment.evidence.formulas import FormulaError, evaluate, ids_in
from assessment.evidence.paths import DATA, REFERENCES
from assessment.evidence.problems import DataError, MixedAnalysisSets, Problem
from assessment.evidence.sources import load_sources

VALUE = re.compile(r"(?P<sign>[<>~]?)(?P<number>-?[0-9]+(\.[0-9]+)?)", re.ASCII)
NOT_ESTIMABLE = "NE"

Complain = Callable[[str, str, str], None]


def load_facts(data: Path = DATA, references: Path = REFERENCES) -> FactSet:
    """Every fact of ``data/facts/``, checked, with derived values computed.

    Raises DataError listing every fault found: in the tables themselves, unknown units or sources,
    values outside their unit, intervals that do not contain the estimate, missing sources, formulas
    that do not work.
    """
    return _load(data, references)


@lru_cache(maxsize=4)
def _load(data: Path, references: Path) -> FactSet:
    units = {u["unit"]: u for u in read_table("units", data)}
    sources = load_sources(references)
    rows, problems = [], []
    for resource in resources(data, prefix="facts-"):
        try:
            rows += read_table(resource["name"], data)
        except DataError as fault:
            problems += fault.problems
    if problems:
        raise DataError(problems)
    first_seen: dict[str, dict] = {}
    facts: dict[str, Fact] = {}
    for row in rows:

        def complain(field: str, allowed: str, next_step: str, row=row) -> None:
            problems.append(
                Problem(row["_file"], row["_row"], field, row.get(field), allowed, next_step)
            )

        earlier = first_seen.setdefault(row["id"], row)
        if earlier is not row:
            complain(
                "id",
                f"each id once (it is also in {earlier['_file']}, row {earlier['_row']})",
                "rename or remove one of the two rows",
            )
            continue
        check_provenance(row, sources, complain)
        facts[row["id"]] = _fact(row, units, complain)
    problems += _derive(facts, units)
    if problems:
        raise DataError(problems)
    return FactSet(facts.values())


def check_provenance(row: dict, sources: dict, complain: Complain) -> None:
    """Complains about a missing or unknown source, an unargued assumption, a misplaced formula or
    an impossible date.
    """
    status = row["status"]
    if status in ("verified", "secondary") and not row["source"]:
        complain(
            "source",
            f"a key of references/references.bib when the status is {status}",
            "add the source, or set the status to assumption or unknown",
        )
    if status == "secondary" and not row["read_in"]:
        complain(
            "read_in",
            "the key of the document it was read in when the status is secondary",
            "name that document, or set the status to verified",
        )
    for field in ("source", "read_in"):
        if row[field] and row[field] not in sources:
            near = (
                ", ".join(difflib.get_close_matches(row[field], sources, n=3, cutoff=0.4))
                or "none is close"
            )
            complain(
                field,
                f"a key of references/references.bib (nearest: {near})",
                "correct the key, or add the document to the register",
            )
    if status == "assumption" and not row["note"]:
        complain("note", "a sentence that argues the assumption", "say why this value")
    if (status == "derived") != bool(row.get("formula")):
        complain(
            "formula",
            "a formula exactly when the status is derived",
            "add the formula and leave the value empty, or change the status",
        )
    iso_date(row["checked"], "checked", complain)


def iso_date(text: str | None, field: str, complain: Complain) -> date | None:
    """The date, or None after complaining that it is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        complain(field, "a real date written YYYY-MM-DD", "correct the date")
        return None


def _fact(row: dict, units: dict, complain: Complain) -> Fact:
    unit = units.get(row["unit"])
    value: float | str | date | None = None
    low = high = None
    if unit is None:
        near = ", ".join(
            difflib.get_close_matches(row["unit"], units, n=3, cutoff=0.3)
        ) or ", ".join(units)
        complain(
            "unit",
            f"a unit of data/units.csv (nearest: {near})",
            "correct the unit, or add it to data/units.csv",
        )
    elif unit["kind"] == "text":
        value = row["value"]
    elif unit["kind"] == "date":
        value = iso_date(row["value"], "value", complain)
    else:
        value = _number(row["value"], "value", unit, complain)
        low, high = (_bound(row[side], side, unit, complain) for side in ("low", "high"))
        _check_interval(row, value, low, high, complain)
    _check_presence(row, complain)
    fields = {k: v for k, v in row.items() if not k.startswith("_")}
    fields |= {
        "value": value,
        "low": low,
        "high": high,
        "printed": row["value"],
        "printed_low": row["low"],
        "printed_high": row["high"],
    }
    try:
        checked = date.fromisoformat(row["checked"])
    except ValueError:  # already complained about
        checked = date.min
    return Fact(**fields | {"checked": checked}, file=row["_file"], row=row["_row"])


def _check_presence(row: dict, complain: Complain) -> None:
    has = row["value"] or row["interval"] == "range" and row["low"]
    if row["low"] and not row["value"] and row["interval"] != "range":
        complain(
            "value",
            "the estimate the interval belongs to (only a stated range stands alone)",
            "add the value, or set interval to range",
        )
        return
    if row["status"] in ("unknown", "derived") and has:
        complain(
            "value",
            f"no value, low or high when the status is {row['status']}",
            "remove the number, or change the status",
        )
    if row["status"] not in ("unknown", "derived") and not has:
        complain(
            "value",
            f"a value or a range when the status is {row['status']}",
            "add it, or set the status to unknown",
        )


def _number(text: str | None, field: str, unit: dict, complain: Complain) -> float | None:
    if text is None:
        return None
    match = VALUE.fullmatch(text)
    if not match or len(text) > 30:
        complain(
            field,
            "a plain number with a full stop as decimal mark, at most one leading <, > or ~",
            "retype the number (no thousands separator, no decimal comma, no unit)",
        )
        return None
    number = float(match["number"])
    allowed = range_of(unit)
    if not _within(number, unit):
        complain(field, f"{allowed} for the unit {unit['unit']}", "correct the value or the unit")
    return number


def _bound(text: str | None, side: str, unit: dict, complain: Complain) -> float | None:
    if text == NOT_ESTIMABLE:
        return float("inf") if side == "high" else float("-inf")
    return _number(text, side, unit, complain)


def _within(number: float, unit: dict) -> bool:
    lowest, highest = unit["minimum"], unit["maximum"]
    if lowest is not None and (
        number < lowest or number == lowest and unit["minimum_excluded"] == "yes"
    ):
        return False
    return (highest is None or number <= highest) and not (
        unit["whole"] == "yes" and number != int(number)
    )


def range_of(unit: dict) -> str:
    """The values a unit allows, in words."""
    parts = ["a whole number" if unit["whole"] == "yes" else "a number"]
    if unit["minimum"] is not None:
        parts.append(
            f"{'above' if unit['minimum_excluded'] == 'yes' else 'from'} {unit['minimum']:g}"
        )
    if unit["maximum"] is not None:
        parts.append(f"up to {unit['maximum']:g}")
    return " ".join(parts)


def _check_interval(row: dict, value, low, high, complain: Complain) -> None:
    if (row["low"] is None) != (row["high"] is None):
        complain(
            "low" if row["low"] is None else "high",
            "both ends of the interval, or neither (NE where one is not estimable)",
            "add the missing end",
        )
    if bool(row["interval"]) != (row["low"] is not None or row["high"] is not None):
        complain(
            "interval",
            "what low and high mean, exactly when they are given",
            "set interval to ci95, range or plus_minus, or add low and high",
        )
    if low is not None and high is not None and low > high:
        complain("low", f"at most high ({row['high']})", "swap low and high")
    elif value is not None and low is not None and high is not None and not low <= value <= high:
        complain(
            "value",
            f"between low ({row['low']}) and high ({row['high']})",
            "check all three against the source",
        )


def _derive(facts: dict[str, Fact], units: dict) -> list[Problem]:
    """Fills the values of derived facts in place; returns what stopped any of them."""
    problems: list[Problem] = []
    failed: set[str] = set()

    def value_of(fact_id: str, above: tuple[str, ...]) -> float:
        if fact_id not in facts:
            raise FormulaError(
                f"there is no fact '{fact_id}'. {FactSet(facts.values()).nearest(fact_id)}"
            )
        if fact_id in above:
            raise FormulaError("the formulas form a circle: " + " → ".join((*above, fact_id)))
        fact = facts[fact_id]
        if fact.formula and fact.value is None:
            derive(fact, above)
        if not isinstance(facts[fact_id].value, float):
            raise FormulaError(f"'{fact_id}' has no number")
        return facts[fact_id].value

    def derive(fact: Fact, above: tuple[str, ...] = ()) -> None:
        if fact.id in failed:
            raise FormulaError(f"'{fact.id}' could not be computed")
        try:
            number = evaluate(fact.formula, lambda i: value_of(i, (*above, fact.id)))
            one_analysis_set([fact, *(facts[i] for i in ids_in(fact.formula))])
        except (FormulaError, MixedAnalysisSets) as fault:
            failed.add(fact.id)
            problems.append(
                Problem(
                    fact.file,
                    fact.row,
                    "formula",
                    fact.formula,
                    f"arithmetic on existing facts of one analysis set: {fault}",
                    "correct the formula",
                )
            )
            return
        number = round(number, 10)  # 99 - 33.3 must not print as 65.70000000000000
        unit = units.get(fact.unit)
        if unit and not _within(number, unit):
            failed.add(fact.id)
            problems.append(
                Problem(
                    fact.file,
                    fact.row,
                    "formula",
                    f"{fact.formula} = {number:g}",
                    f"{range_of(unit)} for the unit {unit['unit']}",
                    "correct the formula or the unit",
                )
            )
            return
        facts[fact.id] = replace(fact, value=number)

    for fact_id in list(facts):
        if facts[fact_id].formula and facts[fact_id].value is None and fact_id not in failed:
            derive(facts[fact_id])
    return problems
