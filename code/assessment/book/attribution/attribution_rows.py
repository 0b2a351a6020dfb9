"""An attribution as rows of data/attributed_changes.csv and data/attribution.csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite, nan

from assessment.book.attribution.change_words import said, what_of
from assessment.case.attribution.attribution_run import Attribution
from assessment.case.attribution.base_answers import OUTCOMES, Answers, turned
from assessment.case.attribution.single_changes import SingleChange
from assessment.economics.analysis.order_free_split import rounded_parts
from assessment.pages.attribution.attributed import IDLE, METHOD, NEEDED, SPLIT, WHOLE
from assessment.presentation.language import _

BY_HAND = ("what", "why", "told_in")
W = {WHOLE: _("All changes together"), METHOD: _("Code and method")}
Cells = dict[str, str]


@dataclass(frozen=True)
class Comparison:
    """Which two states are compared: ``version`` of the present one; ``since``, ``since_day`` of the
    other; ``day`` of the computation.
    """

    version: str
    since: str
    since_day: str
    day: str


def change_rows(of: Attribution, accepted: Answers, which: Comparison) -> list[Cells]:
    """A row for all changes together, for code and method, and for each change; the first two only where
    something moved or results were accepted.
    """
    head = {
        "version": which.version,
        "since": which.since,
        "since_day": which.since_day,
        "day": which.day,
    }
    start = accepted or of.then
    rows = [_row(head, WHOLE, WHOLE, W[WHOLE], turned(start, of.now))]
    if accepted:
        rows.append(_row(head, METHOD, SPLIT, W[METHOD], turned(accepted, of.then)))
    for name, change in of.changes.items():
        rows.append(_of_change(head, change, SPLIT, of.turned_by(name)))
    rows += [_of_change(head, change, IDLE, []) for change in of.set_aside]
    rows += [_of_change(head, change, NEEDED, []) for change, _fault in of.needed]
    return rows


def _row(head: Cells, change: str, counted: str, what: str, of: list[tuple[str, str]]) -> Cells:
    return {
        **head,
        "change": change,
        "counted": counted,
        "what": what,
        "before": "",
        "after": "",
        "why": "",
        "told_in": "",
        "conclusion_changed": "yes" if of else "no",
        "turned": "; ".join(f"{cohort} {outcome}" for cohort, outcome in of),
    }


def _of_change(head: Cells, change: SingleChange, counted: str, of: list[tuple[str, str]]) -> Cells:
    before, after = said(change)
    row = _row(head, change.id, counted, what_of(change), of)
    return row | {"before": before, "after": after}


def part_rows(of: Attribution, accepted: Answers, version: str) -> list[Cells]:
    """Before, after and part of every outcome for the whole, for code and method, and for each change
    that was split. The parts, as they are written, add up to the whole to the last digit.
    """
    rows = []
    for cohort, answers in of.now.items():
        for name in answers:
            for change, *numbers in _parts(of, accepted, cohort, name):
                cells = [_written(number, OUTCOMES[name].decimals) for number in numbers]
                rows.append(
                    {
                        "version": version,
                        "change": change,
                        "cohort": cohort,
                        "outcome": name,
                        "unit": OUTCOMES[name].unit,
                        **dict(zip(("before", "after", "share", "standard_error"), cells)),
                    }
                )
    return rows


Part = tuple[str, Decimal | None, Decimal | None, Decimal | None, Decimal | None]


def _parts(of: Attribution, accepted: Answers, cohort: str, name: str) -> Iterator[Part]:
    """(change, before, after, share, standard error) for the whole, the method and each change."""
    digits = OUTCOMES[name].decimals
    key, zero = f"{cohort} {name}", Decimal(0)
    then, now = (_rounded(answers[cohort][name], digits) for answers in (of.then, of.now))
    start = _rounded(accepted[cohort].get(name, nan), digits) if accepted else then
    yield WHOLE, start, now, _less(now, start), zero
    if accepted:
        yield METHOD, start, then, _less(then, start), zero
    parts = {change: of.split.parts[change][key] for change in of.changes}
    exact = rounded_parts(parts, _less(now, then) or zero, digits)
    for change, share in exact.items():
        without = _rounded(of.without[change][cohort][name], digits)
        error = _rounded(of.split.errors[change][key], digits + 1)
        yield change, without, now, share, error


def _rounded(value: float, decimals: int) -> Decimal | None:
    return (
        Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals))
        if isfinite(value)
        else None
    )


def _less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other


def _written(value: Decimal | None, decimals: int) -> str:
    """Without an exponent and without zeros at the end."""
    if value is None:
        return ""
    text = f"{value:.{decimals + 1}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def kept_by_hand(rows: Sequence[Cells], there: Iterable[Mapping[str, str]]) -> list[Cells]:
    """The rows, with what a person had written of the same change of the same version."""
    known = {(row["version"], row["change"]): row for row in there}
    found = []
    for row in rows:
        old = known.get((row["version"], row["change"]), {})
        found.append(row | {name: old[name] for name in BY_HAND if old.get(name)})
    return found


def merged(text: str, rows: Sequence[Cells], version: str) -> str:
    """A table with the rows of this version in place of those it had, other versions as they are."""
    reader = csv.DictReader(io.StringIO(text))
    out = io.StringIO()
    writer = csv.DictWriter(out, reader.fieldnames or [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for row in reader if row["version"] != version)
    writer.writerows(rows)
    return out.getvalue()
