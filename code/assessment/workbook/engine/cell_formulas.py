"""Formulas as text: arithmetic from data as a spreadsheet writes it, and names of cells."""

from __future__ import annotations

import re
from collections.abc import Callable

from assessment.evidence.cells.formulas import Tree

NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_]+")
CELL_LIKE = re.compile(r"^[A-Za-z]{1,3}[0-9]+$|^[RrCc]$")
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def cell_name(*parts: str) -> str:
    """A name for a cell from its parts, as spreadsheets allow it. ValueError where it reads as a cell."""
    name = NOT_IN_A_NAME.sub("_", "_".join(part for part in parts if part))
    if CELL_LIKE.match(name) or not WORD.fullmatch(name):
        raise ValueError(f"'{name}' cannot name a cell: it reads as a cell. Choose a longer name.")
    return name


def formula_of(tree: Tree, name_of: Callable[[str], str]) -> str:
    """The formula of a tree (see ``evidence.cells.formulas``); ``name_of``: cell that holds an input."""
    return _written(tree, name_of, outermost=True)


def _written(tree: Tree, name_of: Callable[[str], str], outermost: bool = False) -> str:
    if isinstance(tree, str):
        return name_of(tree)
    if not isinstance(tree, tuple):
        return number_text(tree)
    operation, *parts = tree
    written = [_written(part, name_of) for part in parts]
    if operation == "negative":
        return f"(-{written[0]})"
    if operation in ("max", "min"):
        return f"{operation.upper()}({','.join(written)})"
    joined = operation.join(written)
    return joined if outermost else f"({joined})"


def number_text(number: float) -> str:
    """A number as formulas write it, with all its digits."""
    number = float(number)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def quoted(text: str) -> str:
    """A text as formulas write it."""
    return '"' + text.replace('"', '""') + '"'


def words_of(formula: str) -> set[str]:
    """Every word in a formula that may be the name of a cell."""
    return set(WORD.findall(re.sub(r'"[^"]*"|\'[^\']*\'!', " ", formula)))
