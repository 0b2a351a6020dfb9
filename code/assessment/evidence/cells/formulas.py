"""Arithmetic written in data: facts derived from other facts, cost items from inputs of a model, so
that nothing derived is ever typed.

A formula is read once into a tree: a number, a name, or (operation, part, …). Trees hold nothing
but tuples, text and numbers, so they can be sent to a browser as they are.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any, TypeAlias

import numpy as np

Tree: TypeAlias = float | str | tuple

_SYMBOLS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_CHOICES = {"max": (max, np.maximum), "min": (min, np.minimum)}
OPERATIONS = (*_ARITHMETIC, "negative", *_CHOICES)


# Python would read these otherwise than a person: what stands behind # is nothing to it, 0x10 is 16,
# 1_000 is 1000, 1e400 is infinite.
ODD_MARK = re.compile(r"#.*|\\|[^\x20-\x7e]")
ODD_NUMBER = re.compile(r"(?<![\w.])(?!\d+(?:\.\d+)?(?![\w.]))\.?\d[\w.]*")


class FormulaError(ValueError):
    """A formula that is not plain arithmetic on numbers and names, or that has no value."""


def ids_in(formula: str) -> list[str]:
    """The names a formula uses, in order of first use."""
    return names_in(parse(formula))


def evaluate(formula: str, value_of: Callable[[str], float]) -> float:
    """Value of ``formula`` (+ - * / brackets, max, min, numbers, names), asking ``value_of`` for
    each name.

    Raises FormulaError when it is anything else or divides by zero.
    """
    try:
        number = float(value(parse(formula), value_of))
    except (ZeroDivisionError, OverflowError):
        raise FormulaError("divides by zero or overflows") from None
    except RecursionError as fault:
        raise FormulaError(f"not readable as arithmetic ({fault})") from None
    if not math.isfinite(number):
        raise FormulaError("has no finite value")
    return number


def parse(formula: str) -> Tree:
    """The tree of ``formula``. Raises FormulaError when it is not arithmetic on numbers and names."""
    odd = ODD_MARK.search(formula) or ODD_NUMBER.search(formula)
    if odd:
        raise FormulaError(
            f"not readable as arithmetic: '{odd.group()}' is neither a name nor a plain number"
        )
    try:
        return _tree(ast.parse(formula, mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as fault:
        if isinstance(fault, FormulaError):
            raise
        raise FormulaError(f"not readable as arithmetic ({fault})") from None


def value(tree: Tree, value_of: Callable[[str], Any]) -> Any:
    """Value of a tree, asking ``value_of`` for each name: a number, or an array where a name stands
    for one.
    """
    if isinstance(tree, str):
        return value_of(tree)
    if not isinstance(tree, tuple):
        return tree
    operation, *parts = tree
    values = [value(part, value_of) for part in parts]
    if operation == "negative":
        return -values[0]
    if operation in _ARITHMETIC:
        return _ARITHMETIC[operation](*values)
    plain, elementwise = _CHOICES[operation]
    return reduce(elementwise if any(np.ndim(v) for v in values) else plain, values)


def names_in(tree: Tree) -> list[str]:
    """The names in a tree, in order of first use."""
    if isinstance(tree, str):
        return [tree]
    if not isinstance(tree, tuple):
        return []
    return list(dict.fromkeys(name for part in tree[1:] for name in names_in(part)))


def with_names(tree: Tree, given: Mapping[str, str | float]) -> Tree:
    """The tree with the names in ``given`` replaced by other names or by numbers."""
    if isinstance(tree, str):
        return given.get(tree, tree)
    if not isinstance(tree, tuple):
        return tree
    return (tree[0], *(with_names(part, given) for part in tree[1:]))


def _tree(node: ast.AST) -> Tree:
    if isinstance(node, ast.BinOp) and type(node.op) in _SYMBOLS:
        return (_SYMBOLS[type(node.op)], _tree(node.left), _tree(node.right))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return ("negative", _tree(node.operand))
    if isinstance(node, ast.Call) and _is_choice(node):
        return (ast.unparse(node.func), *(_tree(part) for part in node.args))
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        return _number(node.value)
    if isinstance(node, (ast.Attribute, ast.Name)):
        return _dotted(node)
    raise FormulaError(f"'{ast.unparse(node)}' is not arithmetic on numbers and names")


def _number(found: int | float) -> float:
    if isinstance(found, bool):
        raise FormulaError(f"'{found}' is not arithmetic on numbers and names")
    return found


def _is_choice(node: ast.Call) -> bool:
    """Whether a call is the largest or smallest of two or more parts."""
    named = isinstance(node.func, ast.Name) and node.func.id in _CHOICES
    return named and len(node.args) >= 2 and not node.keywords


def _dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    raise FormulaError(f"'{ast.unparse(node)}' is not a name")
