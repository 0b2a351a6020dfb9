"""Finds words for readers that no translation can reach: strings of the code outside _().

A string is taken for readers' words when it looks like language and syntax does not say
otherwise. What looks like language: two words with a space between them, a word that begins with
a capital, or any word where only readers look (``title=``, ``alt=``, a table named WORDS).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TRANSLATORS = {"_", "ngettext", "pgettext"}
# Arguments that nobody but readers sees: one small word is enough there.
SHOWN = {"title", "alt", "caption", "note", "text", "subtitle", "label"}
# Calls whose text is for whoever keeps the book, or for a parser.
SILENT = {
    "warn",
    "warning",
    "info",
    "debug",
    "error",
    "getLogger",
    "compile",
    "match",
    "search",
    "sub",
    "findall",
    "fullmatch",
    "split",
    "rsplit",
    "partition",
    "rpartition",
    "replace",
    "startswith",
    "endswith",
    "removeprefix",
    "removesuffix",
    "strip",
    "join_path",
    "query",
    "eval",
    "get",
    "getattr",
    "setattr",
    "hasattr",
    "import_module",
    "transform_filter",
    "transform_calculate",
    "expr",
    "ExprRef",
    "groupby",
    "drop",
    "set_index",
    "sort_values",
    "strftime",
    "Path",
    "load_register",
    "load_population_table",
    "field",
    "TypeVar",
    "add_node",
    "add_config_value",
    "isin",
    "eq",
    "open",
    "encode",
    "connect",
}
MARK = "not translated:"  # a comment with the reason, on the line of the string
WORD = re.compile(r"[^\W\d_]{2,}")
TWO = re.compile(
    r"[^\W\d_]{2,}[,;:.]?[ \u00a0\u202f]\(?[^\W\d_]{2,}|[^\W\d_]{2,} \{|\} [^\W\d_]{2,}"
)
CAPITAL = re.compile(r"^[A-ZÆØÅ][a-zæøå]{2,}")
ABBREVIATION = re.compile(r"^[A-Z0-9/+× -]+$")
CODE = re.compile(
    r"^\w+(?:\.\w+)+$|datum[.\[]|^[\w ,.()]+:[QNOT]$|^\w+\(.*\)$|^https?:|^[\w.+-]+/[\w.+-]+$"
    r"|^#|^\.?[\w-]+\s*\{"
    r"|^(?:width|height|style|class|id|href|data-[\w-]+|aria-[\w-]+)=|^[a-z][\w-]*: [^;]*;?$"
    r"|Helvetica|sans-serif|^[a-z-]+(?: [a-z]+-[a-z-]+)+$"
)
TAG = re.compile(r"<!--.*?-->|<[^>]*>|<[^>]*$|^[^<]*>", re.DOTALL)


@dataclass(frozen=True)
class Words:
    """One string for readers outside _(): file, line and the text, places shown as {}."""

    file: str
    line: int
    text: str


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(v.value if isinstance(v, ast.Constant) else "{}" for v in node.values)
    return node.value


def _name(call: ast.Call) -> str:
    found = call.func
    return found.attr if isinstance(found, ast.Attribute) else getattr(found, "id", "")


def looks_like_words(text: str, shown: bool = False) -> bool:
    """Whether readers would take ``text`` for language; ``shown``: it stands where they look."""
    plain = TAG.sub(" ", text).strip() if "<" in text or ">" in text else text.strip()
    if not WORD.search(plain) or CODE.search(plain) or ABBREVIATION.match(plain):
        return False
    return bool(shown or TWO.search(plain) or CAPITAL.match(plain))


class _Finder(ast.NodeVisitor):
    def __init__(self, file: str, lines: list[str]):
        self.file, self.lines, self.found = file, lines, []
        self.shown = False

    def _take(self, node: ast.AST) -> None:
        rows = self.lines[node.lineno - 1 : node.end_lineno]
        if looks_like_words(_text(node), self.shown) and not any(MARK in row for row in rows):
            self.found.append(Words(self.file, node.lineno, _text(node)))

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._take(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self._take(node)
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                self._quietly(value.value)

    def _quietly(self, node: ast.AST) -> None:
        before, self.shown = self.shown, False
        self.visit(node)
        self.shown = before

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # docstrings
            self.visit(node.value)

    def visit_Raise(self, node: ast.Raise) -> None:
        pass

    def visit_Assert(self, node: ast.Assert) -> None:
        pass

    def visit_Compare(self, node: ast.Compare) -> None:
        pass

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.value)  # what stands in the brackets is a key

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for part in (*node.args.defaults, *filter(None, node.args.kw_defaults), *node.body):
            self.visit(part)

    def visit_Assign(self, node: ast.Assign) -> None:
        names = [t.id for t in node.targets if isinstance(t, ast.Name)]
        if "__all__" in names:
            return
        self.shown = any(n.endswith("WORDS") for n in names)
        self.visit(node.value)
        self.shown = False

    def visit_Dict(self, node: ast.Dict) -> None:
        for key in filter(None, node.keys):
            self._quietly(key)
        for value in node.values:
            self.visit(value)

    def visit_Call(self, node: ast.Call) -> None:
        name = _name(node)
        if name in TRANSLATORS:
            return
        if isinstance(node.func, ast.Attribute):
            self._quietly(node.func.value)
        if name not in SILENT:
            for argument in node.args:
                self._quietly(argument) if name else self.visit(argument)
        for keyword in node.keywords:
            before, self.shown = self.shown, keyword.arg in SHOWN
            self.visit(keyword.value)
            self.shown = before


def untranslated(path: Path, root: Path) -> Iterator[Words]:
    """Every string for readers in one file that stands outside _()."""
    source = path.read_text(encoding="utf-8")
    finder = _Finder(path.relative_to(root).as_posix(), source.splitlines())
    finder.visit(ast.parse(source))
    yield from finder.found


def hidden_places(path: Path) -> Iterator[tuple[int, str]]:
    """Messages that no catalogue can hold: _() around an f-string or a name; ``_`` reused."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = any(
        isinstance(n, ast.ImportFrom) and any(a.name == "_" for a in n.names)
        for n in ast.walk(tree)
    )
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node) in TRANSLATORS:
            texts = node.args[:2] if _name(node) != "_" else node.args[:1]
            if not all(isinstance(t, ast.Constant) and isinstance(t.value, str) for t in texts):
                yield node.lineno, "the message is not a plain string"
        stored = isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store)
        argument = isinstance(node, ast.arg) and node.arg == "_"
        if imports and (stored or argument):
            yield node.lineno, "_ is the translator here and cannot be a name of yours"
