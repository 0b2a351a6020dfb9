"""Headline results that moved, ranked by their effect on the decision."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from assessment.book.comparison.result_names import described, unit_beside, valued, whose
from assessment.pages.headline.headline_file import QUOTED
from assessment.pages.headline.result_rows import NOK_PER_PACK, NOK_PER_QALY, NOK_PER_YEAR
from assessment.presentation import numbers

Key = tuple[str, str, str]  # result, cohort, analysis set
VERDICT, CLASS, ICER, PRICE, QALYS, COST, REST = range(7)
RANK_OF_UNIT = {
    "verdict": VERDICT,
    "class": CLASS,
    NOK_PER_QALY: ICER,
    NOK_PER_YEAR: ICER,
    NOK_PER_PACK: PRICE,
    "QALYs": QALYS,
    "NOK": COST,
}
BASE = "scenario.base."
# The rule of assessment.case.attribution.base_answers.turned, by the names of headline results.
CONCLUSION_CLASS = "severity.class"
CONCLUSION_WORDS = ("scenario.base.worth_it", "price.class_value")


@dataclass(frozen=True)
class Move:
    """One result before and after, as the file of headline results writes it; None where there is no
    such result.
    """

    key: Key
    unit: str
    before: str | None
    after: str | None

    @property
    def rank(self) -> int:
        """VERDICT where a word took another's or a number's place, else by unit."""
        if self.turned:
            return VERDICT
        if "icer" in self.key[0]:
            return ICER
        return RANK_OF_UNIT.get(self.unit, REST)

    @property
    def turned(self) -> bool:
        """Whether a verdict turned, or a number took the place of a word such as 'none'."""
        if self.before is None or self.after is None or self.unit == "words":
            return False
        words = (_number(self.before) is None, _number(self.after) is None)
        return any(words) and "nan" not in (self.before, self.after)

    @property
    def quoted(self) -> bool:
        """Whether readers quote it."""
        return self.key[0] in QUOTED

    @property
    def concludes(self) -> bool:
        """Whether it turns the conclusion: the base case's verdict at the value of its class, whether any
        price is enough for that value, or the class.
        """
        reclassed = self.key[0] == CONCLUSION_CLASS and None not in (self.before, self.after)
        return bool(self.turned and self.key[0] in CONCLUSION_WORDS or reclassed)

    @property
    def absolute(self) -> Decimal | None:
        """After less before."""
        before, after = _number(self.before), _number(self.after)
        return None if before is None or after is None or self.unit == "class" else after - before

    @property
    def per_cent(self) -> float | None:
        """The change in per cent of the size before; None where there is none."""
        before = _number(self.before)
        return float(100 * self.absolute / abs(before)) if self.absolute and before else None

    def words(self, scenario_words: dict[str, str] | None = None) -> list[str]:
        """What a table says of it: result, whose, before, after, change, change in per cent, unit."""
        result, cohort, analysis_set = self.key
        change, share = self.absolute, self.per_cent
        name = described(result, scenario_words)
        return [
            name,
            whose(cohort, analysis_set),
            valued(self.before),
            valued(self.after),
            "" if change is None else _signed(change),
            "" if share is None else f"{_signed(Decimal(f'{share:.1f}'))}\u00a0%",
            unit_beside(self.unit, name),
        ]


COLUMNS = ("Result", "Whose", "Before", "After", "Change", "Per cent", "Unit")


def _number(text: str | None) -> Decimal | None:
    try:
        found = Decimal(text or "")
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _signed(value: Decimal) -> str:
    decimals = max(0, -int(value.as_tuple().exponent))
    text = numbers.number(float(value), decimals)
    return text if value < 0 else f"+{text}"


def _rows(text: str) -> dict[Key, tuple[str, str]]:
    """(unit, value) by key, of the last version in a file of headline results."""
    rows = list(csv.DictReader(io.StringIO(text)))
    return {
        (row["result"], row["cohort"], row["analysis_set"]): (row["unit"], row["value"])
        for row in rows
        if row["version"] == rows[-1]["version"]
    }


def moves(before: str, after: str) -> list[Move]:
    """What differs between two files of headline results, by effect on the decision: verdicts,
    classes, costs per QALY, prices, QALYs, costs, the rest; in each, what readers quote first, then the
    base case, then by per cent. Nothing where one of both is empty.
    """
    if not before or not after:
        return []
    old, new = _rows(before), _rows(after)
    found = []
    for key in dict.fromkeys((*new, *old)):
        if old.get(key) != new.get(key):
            unit = (new.get(key) or old[key])[0]
            values = [rows[key][1] if key in rows else None for rows in (old, new)]
            found.append(Move(key, unit, *values))
    return sorted(found, key=_order)


def _order(move: Move) -> tuple:
    by_place = 0 if move.quoted else 1 if move.key[0].startswith((BASE, "base_case.")) else 2
    size = float("inf") if move.per_cent is None else abs(move.per_cent)
    return (move.rank, not move.concludes, by_place, -size, move.key)


def counted(text: str) -> int:
    """How many results a file of headline results holds of its last version."""
    return len(_rows(text)) if text else 0
