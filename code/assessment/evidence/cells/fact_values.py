"""Values as data tables hold them: numbers within their unit, intervals around their estimate, dates.

``complain(field, allowed, next_step)`` notes a fault of the row at hand; nothing here raises.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from datetime import date, timedelta

VALUE = re.compile(r"(?P<sign>[<>~]?)(?P<number>-?[0-9]+(\.[0-9]+)?)", re.ASCII)
NOT_ESTIMABLE = "NE"

Complain = Callable[[str, str, str], None]


def iso_date(text: str | None, field: str, complain: Complain) -> date | None:
    """The date, or None after complaining that it is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        complain(field, "a real date written YYYY-MM-DD", "correct the date")
        return None


def day_checked(text: str | None, complain: Complain) -> date | None:
    """The date on which something was checked, or None after complaining: no day to come."""
    found = iso_date(text, "checked", complain)
    if found and found > date.today() + timedelta(days=1):  # it may be tomorrow elsewhere
        complain("checked", "a day that has come", "correct the date, or the clock of this machine")
        return None
    return found


def days_of(text: str) -> tuple[date, date]:
    """First and last day that a date of day, month or year precision allows: 2025-09-10, 2025-09 or
    2025. ValueError for what is no date.
    """
    of_year, *rest = (int(part) for part in text.split("-"))
    if len(rest) == 2:
        month, day = rest
        return date(of_year, month, day), date(of_year, month, day)
    if len(rest) == 1:
        (month,) = rest
        first_of_next = date(of_year + month // 12, month % 12 + 1, 1)
        return date(of_year, month, 1), first_of_next - timedelta(days=1)
    return date(of_year, 1, 1), date(of_year, 12, 31)


def check_presence(row: dict, complain: Complain) -> None:
    """Complains about a value that is missing, or present where the status leaves none."""
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


def check_measure(row: dict, units_of: dict[str, list[str]], complain: Complain) -> None:
    """Complains about a unit that the measure of the row cannot have, and about a measure that is
    a known one misspelt.

    ``units_of``: measure → units, from data/measures.csv. Other measures may have any unit.
    """
    measure = row["measure"]
    if measure in units_of and row["unit"] not in units_of[measure]:
        complain(
            "unit",
            f"{' or '.join(units_of[measure])}, for the measure is {measure}",
            "correct the unit or the measure; if this measure may have this unit, add it in"
            " data/measures.csv",
        )
    elif measure not in units_of and len(measure) >= 6:
        near = difflib.get_close_matches(measure, units_of, n=1, cutoff=0.9)
        if near:
            complain(
                "measure",
                f"a measure of data/measures.csv, or one that looks like none (nearest: {near[0]})",
                "correct the spelling; if it is another measure, add it to data/measures.csv",
            )


def read_number(text: str | None, field: str, unit: dict, complain: Complain) -> float | None:
    """The number in a cell, without its leading <, > or ~; None after complaining that it is none,
    and for an empty cell.
    """
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
    if not within_unit(number, unit):
        complain(field, f"{allowed} for the unit {unit['unit']}", "correct the value or the unit")
    return number


def read_bound(text: str | None, side: str, unit: dict, complain: Complain) -> float | None:
    """One end of an interval; infinite where the source prints that it cannot be estimated."""
    if text == NOT_ESTIMABLE:
        return float("inf") if side == "high" else float("-inf")
    return read_number(text, side, unit, complain)


def within_unit(number: float, unit: dict) -> bool:
    """Whether a unit of data/units.csv allows this number."""
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


def check_interval(row: dict, value, low, high, complain: Complain) -> None:
    """Complains about an interval with one end, without a meaning, or without its estimate in it."""
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
