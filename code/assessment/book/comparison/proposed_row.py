"""The row of data/changes.csv that a change asks for, as far as it can be told from its effects."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

from assessment.book.comparison.data_differences import FactDifference
from assessment.book.comparison.headline_moves import VERDICT, Move
from assessment.book.comparison.page_differences import PageDifference
from assessment.book.comparison.result_names import described, unit_beside, valued, whose

FIELDS = ("date", "kind", "section", "what", "before", "after", "effect", "conclusion_changed")
NAMED = 3  # so many facts and results are named
WHOLE_BOOK = "whole book"
ASKED = "(Say in a reader's words what was changed and why.)"
COMPARED = "not assessed"


def proposed_row(
    day: date,
    facts: list[FactDifference],
    other_data: bool,
    pages: list[PageDifference],
    moves: list[Move],
    results_known: bool,
) -> dict[str, str]:
    """The row by field. ``results_known``: whether headline results of both states are there; without
    them nothing is said of the conclusion.
    """
    own = [fact for fact in facts if not fact.follows]
    first = next((m for m in moves if m.quoted), moves[0] if moves else None)
    row = dict.fromkeys(FIELDS, "")
    row |= {
        "date": day.isoformat(),
        "kind": _kind(own, other_data, moves),
        "section": _section(pages),
        "what": _what(own),
        "effect": _effect(moves) if results_known else "",
        "conclusion_changed": COMPARED if not results_known else _yes_or_no(moves),
    }
    if first is not None:
        row |= {"before": _told(first, first.before), "after": _told(first, first.after)}
    elif own:
        row |= {"before": own[0].before, "after": own[0].after}
    return {name: re.sub(r"\s+", " ", text) for name, text in row.items()}  # plain spaces in data


def as_csv(row: dict[str, str]) -> str:
    """The row as a line of the table."""
    out = io.StringIO()
    csv.DictWriter(out, FIELDS, lineterminator="\n").writerow(row)
    return out.getvalue().rstrip("\n")


def _kind(facts: list[FactDifference], other_data: bool, moves: list[Move]) -> str:
    if facts and not any(fact.moved for fact in facts) and not moves:
        fields = {name for fact in facts for name, _before, _after in fact.cells}
        return "source" if fields & {"source", "locator", "read_in"} else "text"
    if facts or other_data:
        return "data"
    return "method" if moves else "text"


def _section(pages: list[PageDifference]) -> str:
    """The page on which most differs."""
    if not pages:
        return WHOLE_BOOK
    most = max(
        pages, key=lambda p: len(p.sentences) + len(p.texts) + len(p.figures) + len(p.tables)
    )
    return most.title


def _what(facts: list[FactDifference]) -> str:
    if not facts:
        return ASKED
    told = [f"{fact.label}: {_fact_change(fact)}" for fact in facts[:NAMED]]
    more = len(facts) - NAMED
    return "; ".join(told) + (f"; and {more} more facts" if more > 0 else "") + "."


def _fact_change(fact: FactDifference) -> str:
    if not fact.before:
        return f"new, {fact.after}"
    if not fact.after:
        return f"taken out, was {fact.before}"
    if not fact.moved:
        return f"{fact.rests()} changed"
    return f"{fact.after} instead of {fact.before}"


def _told(move: Move, value: str | None) -> str:
    name = described(move.key[0])
    unit = unit_beside(move.unit, name)
    return f"{name}, {whose(*move.key[1:])}: {valued(value, unit)}"


def _effect(moves: list[Move]) -> str:
    """What moved, the results that readers quote first."""
    if not moves:
        return "No result changed."
    quoted = [move for move in moves if move.quoted] or moves
    told = [
        f"{_told(move, move.before)} before, {valued(move.after)} now" for move in quoted[:NAMED]
    ]
    turned = sum(move.rank == VERDICT and not move.concludes for move in moves)
    more = f" Answers that turned in scenarios or at other values: {turned}." if turned else ""
    return "; ".join(told) + "." + more


def _yes_or_no(moves: list[Move]) -> str:
    return "yes" if any(move.concludes for move in moves) else "no"
