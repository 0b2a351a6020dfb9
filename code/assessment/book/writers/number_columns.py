"""Columns of text that are numbers to a reader: the cells of each meet at the decimal mark."""

from __future__ import annotations

import re
from html import escape

# sign or "less than", whole part with its spaces, decimals, and what follows: a unit, an interval
NUMBER = re.compile(
    r"([<>~−+±]?\s?[<>~−+±]?)"
    r"(\d[\d\u202f\u00a0]*\d|\d)"
    r"([.,]\d+)?"
    r"((?:[\u00a0\u202f ]?%|\u00a0[^()]{1,14})?(?:\s?[(–].{0,40})?)",
    re.DOTALL,
)
INTERVAL = re.compile(r"\s?\([^)]*\)|–[\d.,\u202f\u00a0]*")
MOST_WORDS = 0.4  # the share of cells that may hold words instead


def text_of(cell: str | dict) -> str:
    """The text of a cell, which may name a fact."""
    return cell if isinstance(cell, str) else cell["text"]


def is_number(cell: str | dict) -> bool:
    """Whether a cell begins with a number, with no more behind it than a unit and an interval."""
    return NUMBER.fullmatch(text_of(cell).strip()) is not None


def column_kind(cells: list[str | dict]) -> str:
    """'number' where all numbers stand alone or with one unit (set to the right), 'aligned' where
    intervals follow them (set to the left), else '': numbers of different units do not compare.
    """
    texts = [text for cell in cells if (text := text_of(cell).strip())]
    found = [match for text in texts if (match := NUMBER.fullmatch(text))]
    if not found or len(found) < (1 - MOST_WORDS) * len(texts):
        return ""
    if len({match[4] for match in found}) == 1:
        return "number"
    return "aligned" if len({INTERVAL.sub("", match[4]).strip() for match in found}) == 1 else ""


def padding(cells: list[str | dict], kind: str) -> list[tuple[str, str]]:
    """What stands before and behind each cell, unseen, so that the decimal marks meet."""
    found = [NUMBER.fullmatch(text_of(cell).strip()) for cell in cells]
    lead = max((m[1] + m[2] for m in found if m), key=len, default="")
    behind = max((m[3] or "" for m in found if m), key=len, default="")

    def around(match: re.Match | None) -> tuple[str, str]:
        if not match:
            return "", ""
        own, decimals = match[1] + match[2], match[3] or ""
        rest = behind[len(decimals) :] if kind == "number" else ""
        return lead[: len(lead) - len(own)], rest

    return [around(match) for match in found]


def pad(unseen: str) -> str:
    """A room as wide as this text, which nobody sees, hears or copies."""
    return f'<span class="pad" data-pad="{escape(unseen, quote=True)}"></span>' if unseen else ""
