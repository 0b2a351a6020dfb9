"""What a spreadsheet program did to a table of ``data/`` when it saved it: Excel writes semicolons,
decimal commas and its own dates where the computer's language has them, takes 2:1 for a time, reads
letters of UTF-8 as two each, and drops zeros at the end of a number that the source prints.
"""

from __future__ import annotations

import csv
import io
import re

SEPARATORS = {";": "semicolons", "\t": "tabs"}
DECIMAL_COMMA = re.compile(r"[<>~]?-?\d+,\d+")
LOCAL_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})")
POWER_OF_TEN = re.compile(r"-?\d(?:[.,]\d+)?E[+-]\d+")
TIME_OF_DAY = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
# Two or three letters that stand for one, as å does for Ã¥: bytes of UTF-8 read in the Windows code.
LEADS = "[ÂÃâÅÄÎÏ]"
FOLLOWS = "[\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]{1,2}"
MISREAD = re.compile(LEADS + FOLLOWS)
FEW = 3
INTERVAL = ("value", "low", "high")


def separator(header: str) -> str:
    """What stands between the cells of a table, by its first line: a comma, unless there are more of
    the others.
    """
    return max((",", *SEPARATORS), key=header.count)


def misread_letters(text: str) -> str | None:
    """The first letters of a text that are one letter read as several, such as Ã¥; None where there are
    none.
    """
    if text.isascii():
        return None  # at once, for most cells
    for found in MISREAD.findall(text):
        for letters in (found, found[:2]):
            try:
                letters.encode("cp1252").decode("utf-8")
            except UnicodeError:
                continue
            return str(letters)
    return None


def changed_text(cell: str) -> tuple[str, str] | None:
    """What is allowed in place of a text that a spreadsheet program changed, and the next step; None
    where it shows no trace of one. Numbers and dates with a pattern of their own are told by that.
    """
    if cell[:1].isdigit():
        if LOCAL_DATE.fullmatch(cell):
            return "a date as 2026-01-31", "retype the date, or bring the file back from git"
        if TIME_OF_DAY.fullmatch(cell):
            return (
                "a ratio as 2:1; this is a time of day",
                "retype it, or bring the file back from git",
            )
    if letters := misread_letters(cell):
        meant = letters.encode("cp1252").decode("utf-8")
        return f"text in UTF-8, where {letters} is {meant}", "bring the file back from git"
    return None


def explained(cell: object) -> bool:
    """Whether what a spreadsheet program does explains why a cell is refused."""
    text = str(cell)
    patterns = (DECIMAL_COMMA, LOCAL_DATE, POWER_OF_TEN, TIME_OF_DAY)
    return any(p.fullmatch(text) for p in patterns) or misread_letters(text) is not None


def spreadsheet_traces(text: str, at_fault: bool = True) -> str | None:
    """What a spreadsheet program changed in a table, in words; None when it shows no trace of one.

    at_fault: whether the table is refused for another reason. If not, only line ends or a mark at the
    beginning as Excel writes them, together with lost zeros, are a trace.
    """
    saved = text.startswith("\ufeff") or "\r\n" in text
    if not at_fault and not saved:
        return None
    text = text.removeprefix("\ufeff")
    between = separator(text.partition("\n")[0])
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=between))
    except csv.Error:
        return None
    cells = [cell.strip() for row in rows[1:] for cell in row]
    found = []
    if between in SEPARATORS:
        found.append(f"{SEPARATORS[between]} between the cells")
    for pattern, named in (
        (DECIMAL_COMMA, "decimal comma{s} such as {cell}"),
        (LOCAL_DATE, "date{s} such as {cell}"),
        (POWER_OF_TEN, "number{s} such as {cell}"),
        (TIME_OF_DAY, "time{s} of day such as {cell}"),
        (None, "text{s} with misread letters such as {cell}"),
    ):
        hits = (
            [cell for cell in cells if pattern.fullmatch(cell)]
            if pattern
            else list(filter(None, map(misread_letters, cells)))
        )
        # one or two may have been typed by hand: the cell's own message says more
        if len(hits) >= FEW or hits and found:
            s = "s" * (len(hits) != 1)
            found.append(f"{len(hits)} {named.format(s=s, cell=hits[0])}")
    if not (found or saved):
        return None
    if zeros := lost_zeros(rows):
        number, typed = zeros[0]
        rows_told = "one row" if len(zeros) == 1 else f"{len(zeros)} rows"
        found.append(f"probably lost zeros in {rows_told} (row {number}: {typed})")
    return ", ".join(found) or None


def lost_zeros(rows: list[list[str]]) -> list[tuple[int, str]]:
    """(row, number) of numbers with fewer decimals than both ends of their interval, or ends with
    fewer than the number and the other end, as when 0.80 has become 0.8.

    rows: the table with its header.
    """
    if not rows or not set(INTERVAL) <= set(rows[0]):
        return []
    places = [rows[0].index(name) for name in INTERVAL]
    found = []
    for number, row in enumerate(rows[1:], 2):
        if len(row) < len(rows[0]):
            continue
        three = [row[place].strip() for place in places]
        if not all(re.fullmatch(r"[<>~]?-?\d+(?:[.,]\d+)?", cell) for cell in three):
            continue
        counts = [len(re.split("[.,]", cell + ".")[1]) for cell in three]
        if sorted(counts)[0] < sorted(counts)[1]:
            found.append((number, three[counts.index(min(counts))]))
    return found
