"""What the code says to readers: titles, labels, columns, notes, text alternatives, sentences.

A statistic may hide in any string, translated or not, so every string of a file is looked at that
could be language; what syntax shows to be something else is left out.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

TRANSLATORS = ("_", "ngettext", "pgettext")
# Arguments that only readers see: whatever they hold is language, even a lone number.
SHOWN = {"title", "alt", "caption", "note", "text", "subtitle", "label", "header"}
# Arguments and calls whose strings are written for Vega, a parser or whoever builds the book.
NOT_SHOWN = {"format", "labelExpr", "titleExpr", "color", "filter", "calculate", "pattern"}
SILENT = {"compile", "search", "match", "fullmatch", "sub", "findall", "split", "warn"}
# Formulas of Vega, attributes of a tag, rules of a style sheet.
NO_LANGUAGE = re.compile(r"datum[.\[]|[<>=]=|[\w-]+=\"|^[a-z-]+:(?:\d| ?#)")
TAG = re.compile(r"<[^<>]*>")
# A named place of a message, as in "{share} of draws".
PLACE = re.compile(r"\{[^{}]*\}")
# Language: a space and a word of two letters, or a share of something.
SPACE = re.compile(r"\S[ \u00a0\u202f]\S")
WORD = re.compile(r"[^\W\d_]{2}")
SHARE = re.compile(r"\d[ \u00a0\u202f]%")


class _Reader(ast.NodeVisitor):
    """Gathers (line, text) of the strings that readers may see; places are left blank."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []
        self.shown = False

    def _take(self, node: ast.expr, text: str) -> None:
        text = PLACE.sub(" ", TAG.sub(" ", text))
        language = (SPACE.search(text.strip()) and WORD.search(text)) or SHARE.search(text)
        if (self.shown or language) and not NO_LANGUAGE.search(text):
            self.found.append((node.lineno, text))

    def _visit(self, node: ast.AST, shown: bool) -> None:
        before, self.shown = self.shown, shown
        self.visit(node)
        self.shown = before

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._take(node, node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        parts = (part.value if isinstance(part, ast.Constant) else " " for part in node.values)
        self._take(node, "".join(map(str, parts)))
        for part in node.values:
            if isinstance(part, ast.FormattedValue):  # its format is no text
                self._visit(part.value, False)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # docstrings
            self.visit(node.value)

    def visit_Raise(self, node: ast.Raise) -> None:
        """Faults are read by whoever builds the book."""

    def visit_Assert(self, node: ast.Assert) -> None:
        """So are broken promises."""

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self._visit(node.value, False)  # what stands in the brackets is a key

    def visit_Call(self, node: ast.Call) -> None:
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if isinstance(node.func, ast.Attribute):
            self._visit(node.func.value, self.shown and isinstance(node.func.value, ast.Constant))
        for argument in node.args if name not in SILENT else ():
            self._visit(argument, name in TRANSLATORS)
        for keyword in node.keywords:
            if keyword.arg not in NOT_SHOWN:
                self._visit(keyword.value, keyword.arg in SHOWN)


def code_prose(path: Path) -> list[tuple[int, str]]:
    """(line, text) of every string in a Python file that readers may see, without what is filled
    into it.
    """
    reader = _Reader()
    reader.visit(ast.parse(path.read_text(encoding="utf-8")))
    return reader.found
