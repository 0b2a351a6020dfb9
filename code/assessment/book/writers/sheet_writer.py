"""A part of a sheet of the workbook as a table that looks like a spreadsheet: letters of columns, numbers
of rows, cells that may be changed, and the formula of one cell.
"""

from __future__ import annotations

import re
from html import escape

from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.workbook.exchange.sheet_part import Cell, SheetPart

UNKNOWN = "=…"  # a formula whose result is not stored
DECIMALS = re.compile(r"0\.(0+)")
GENERAL_DIGITS = 6


def sheet_html(part: SheetPart, caption: str) -> str:
    """The part with the formula above it, and its caption below; where a formula has no stored result, the
    caption says so.
    """
    letters = list(next(iter(part.rows.values())))
    head = "".join(f'<th scope="col">{letter}</th>' for letter in letters)
    lines, before = [], 0
    for row, cells in part.rows.items():
        gap = ' class="gap"' if before and row > before + 1 else ""
        lines.append(f'<tr{gap}><th scope="row">{row}</th>{_cells(part, row, cells)}</tr>')
        before = row
    sheet = escape(_("Sheet {sheet}").format(sheet=part.sheet), quote=True)
    row_words = escape(_("Row"))
    corner = f'<th scope="col" class="corner"><span class="visually-hidden">{row_words}</span></th>'
    table = (
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{sheet}">'
        f'<table class="spreadsheet"><caption class="visually-hidden">{sheet}</caption>'
        f"<thead><tr>{corner}{head}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )
    told = f'<p class="sheet-caption"><b>{sheet}</b>: {escape(caption)}{_note(part)}</p>'
    return f'<div class="workbook-sheet">{_bar(part)}{table}{told}</div>'


def _bar(part: SheetPart) -> str:
    if not part.chosen:
        return ""
    words = escape(_("Formula of cell {cell}").format(cell=part.chosen), quote=True)
    return (
        f'<p class="formula-bar"><span class="cell-name">{part.chosen}</span>'
        f'<code aria-label="{words}">{escape(part.formula)}</code></p>'
    )


def _note(part: SheetPart) -> str:
    """What the sign for a result that is not stored means, where it stands."""
    cells = [cell for row in part.rows.values() for cell in row.values()]
    if not any(_is_unknown(cell) for cell in cells):
        return ""
    words = _("{sign} is a formula that only your program computes.").format(sign=UNKNOWN)
    return f" {escape(words)}"


def _cells(part: SheetPart, row: int, cells: dict[str, Cell]) -> str:
    """The cells of a row; a text without an entry beside it runs on into the empty cells, as it does in
    a spreadsheet.
    """
    made, listed = [], list(cells.items())
    while listed:
        letter, cell = listed.pop(0)
        span = 1
        if isinstance(cell.value, str) and not cell.look:
            while listed and listed[0][1].value is None and not listed[0][1].formula:
                if listed[0][1].look:
                    break
                listed.pop(0)
                span += 1
        names = [
            *([cell.look] if cell.look else []),
            *(["number"] if isinstance(cell.value, (int, float)) else []),
            *(["strong"] if cell.bold else []),
            *(["chosen"] if f"{letter}{row}" == part.chosen else []),
        ]
        kind = f' class="{" ".join(names)}"' if names else ""
        wide = f' colspan="{span}"' if span > 1 else ""
        made.append(f"<td{kind}{wide}>{escape(_shown(cell))}</td>")
    return "".join(made)


def _is_unknown(cell: Cell) -> bool:
    return bool(cell.formula) and cell.value is None


def _shown(cell: Cell) -> str:
    """The value as the cell's format shows it."""
    if _is_unknown(cell):
        return UNKNOWN
    if cell.value is None or isinstance(cell.value, str):
        return cell.value or ""
    value = float(cell.value)
    if "E" in cell.number_format:
        return f"{value:.1E}".replace("-", "−")
    places = DECIMALS.search(cell.number_format)
    if places:
        return numbers.number(value, len(places[1]))
    if cell.number_format == "General":
        return _general(value)
    return numbers.number(value)


def _general(value: float) -> str:
    """A number without a format of its own: as many digits as a narrow cell has room for."""
    text = f"{value:.{GENERAL_DIGITS}g}"
    if "e" in text:
        return numbers.number(value) if abs(value) >= 1 else text.replace("-", "−")
    return numbers.number(value, len(text.partition(".")[2]))
