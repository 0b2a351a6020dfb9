"""The file of accepted headline results: reading it, comparing with it, rewriting it, its history."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd

from assessment.case.trial.trial import COHORTS as COHORTS_SHOWN
from assessment.evidence import ROOT
from assessment.evidence.read_log import log_file
from assessment.pages.headline.earlier_answers import told_then
from assessment.pages.headline.headline_results import results
from assessment.pages.headline.result_rows import BASE_SET, NO_SET, Result
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.show import Table

CITATION = ROOT / "CITATION.cff"
EXPECTED = ROOT / "tests" / "expected" / "headline.csv"


FIELDS = ("version", "result", "cohort", "analysis_set", "unit", "value")


# Results a reader would quote, in the order of the page that prints their history, and what it
# calls them. Answers are told with their intervals.
QUOTED = {
    "trial.pfs.hazard_ratio": _("Hazard ratio for progression, printed"),
    "trial.os.hazard_ratio": _("Hazard ratio for death, printed"),
    "base_case.life_years_gained": _("Life years gained"),
    "base_case.qalys_gained_as_told": _("QALYs gained"),
    "base_case.cost_added_as_told": _("Added cost"),
    "base_case.net_benefit_as_told": _("Net benefit at the class's value"),
    "base_case.icer_as_told": _("Cost per QALY"),
    "price.opportunity_cost_as_told": _(
        "Price of a pack at which the stated opportunity cost is met"
    ),
    "price.class_value_as_told": _("Price of a pack at which the class's value is met"),
    "severity.shortfall": _("Absolute shortfall, QALYs"),
    "severity.class": _("Severity class"),
    "base_case.probability_worth_it": _("Share of draws in which it is worth the assumed price"),
    "budget.year_5": _("Added expenditure in year 5, NOK with tax"),
}

# The number within an answer that is told with its interval; earlier versions have these alone.
BEFORE = {
    "base_case.qalys_gained_as_told": "base_case.qalys_gained",
    "base_case.cost_added_as_told": "base_case.cost_added",
    "base_case.net_benefit_as_told": "base_case.net_benefit.class_value",
    "price.opportunity_cost_as_told": "price.opportunity_cost",
    "price.class_value_as_told": "price.class_value",
}


WORDS = {
    "result": _("Result"),
    "cohort": _("Cohort"),
    "both": _("both"),
    "now": _("{version}, this one"),
    "none": _("no price"),
}


def version() -> str:
    """The version of the book, as CITATION.cff has it."""
    log_file(CITATION)
    lines = CITATION.read_text(encoding="utf-8").splitlines()
    return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("version:"))


def expected(path: Path = EXPECTED) -> dict[str, dict[tuple[str, str, str], dict[str, str]]]:
    """The file's rows by version, oldest first, and by name, cohort and analysis set; nothing where
    there is no file.
    """
    log_file(path)
    by_version: dict[str, dict] = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                by_version.setdefault(row["version"], {})[
                    row["result"], row["cohort"], row["analysis_set"]
                ] = row
    return by_version


def moved(
    found: tuple[Result, ...], accepted: dict[tuple[str, str, str], dict[str, str]]
) -> list[str]:
    """A line for each result that is new, gone or different, from where to where and by how many
    per cent, largest first.
    """
    lines = [
        (
            float("inf"),
            f"{_named(key)}: gone (was {row['value']} {row['unit']})",  # not translated: for builders
        )
        for key, row in accepted.items()
        if key not in {r.key for r in found}
    ]
    for result in found:
        row = accepted.get(result.key)
        if row is None:
            lines.append((float("inf"), f"{_named(result.key)}: new, {result.text} {result.unit}"))
        elif (row["value"], row["unit"]) != (result.text, result.unit):
            change = _change(row["value"], result.text)
            lines.append(
                (
                    abs(change),
                    f"{_named(result.key)}: {row['value']} -> {result.text} {result.unit}"
                    + (f" ({change:+.2f} %)" if np.isfinite(change) else ""),
                )
            )
    return [line for _size, line in sorted(lines, key=lambda entry: -entry[0])]


def _named(key: tuple[str, str, str]) -> str:
    return " ".join((key[0], f"[{', '.join(part for part in key[1:] if part)}]")).replace(" []", "")


def _change(before: str, after: str) -> float:
    """The change in per cent; infinite where one of both is no number, or the first is 0."""
    try:
        return 100 * (float(after) / float(before) - 1)
    except (ValueError, ZeroDivisionError):
        return float("inf")


def accepted_text(found: tuple[Result, ...], path: Path = EXPECTED) -> str:
    """What the file holds once these results are accepted: rows of earlier versions as they are,
    those of this version anew.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
    writer.writeheader()
    for name, rows in expected(path).items():
        if name != version():
            writer.writerows(rows.values())
    writer.writerows(
        {
            "version": version(),
            "result": r.result,
            "cohort": r.cohort,
            "analysis_set": r.analysis_set,
            "unit": r.unit,
            "value": r.text,
        }
        for r in found
    )
    return out.getvalue()


def history_table(path: Path = EXPECTED) -> Table:
    """The results a reader would quote, by version of the book: earlier versions as they were
    accepted, this one as computed now.
    """
    now = {r.key: r.text for r in results()}
    versions = {
        name: {key: row["value"] for key, row in rows.items()}
        for name, rows in expected(path).items()
        if name != version()
    }
    versions[WORDS["now"].format(version=version())] = now
    keys = [
        (result, cohort, division)
        for result in QUOTED
        for result_, cohort, division in now
        if result_ == result and division in (BASE_SET, NO_SET)
    ]
    rows = [
        {WORDS["result"]: QUOTED[key[0]], WORDS["cohort"]: COHORTS_SHOWN.get(key[1], WORDS["both"])}
        | {name: _shown(_of_version(values, key)) for name, values in versions.items()}
        for key in keys
    ]
    return Table(pd.DataFrame(rows), first_rows=10)


def _of_version(values: dict[tuple[str, str, str], str], key: tuple[str, str, str]) -> str:
    """A result of a version; where it was not told yet, its number then in today's words."""
    result, cohort, analysis_set = key
    said = values.get(key) or told_then(values, *key)
    return said or values.get((BEFORE.get(result, result), cohort, analysis_set), "")


def _shown(text: str) -> str:
    """A value of the file as the page writes it: three digits, more than any comparison here can
    bear.
    """
    try:
        value = float(text)
    except ValueError:
        return WORDS["none"] if text == "none" else text
    decimals = 2 - int(np.floor(np.log10(abs(value)))) if value else 0
    return numbers.number(
        round(value, decimals), max(0, min(decimals, len(text.rstrip("0").partition(".")[2])))
    )
