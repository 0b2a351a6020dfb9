"""Derived facts: arithmetic on other facts, so that nothing derived is ever typed."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable

_OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class FormulaError(ValueError):
    """A formula that is not plain arithmetic on numbers and fact ids, or that has no value."""


def ids_in(formula: str) -> list[str]:
    """The fact ids a formula uses, in order of first use."""
    used: dict[str, None] = {}
    evaluate(formula, lambda fact_id: used.setdefault(fact_id) or 1.0)
    return list(used)


def evaluate(formula: str, value_of: Callable[[str], float]) -> float:
    """Value of ``formula`` (+ - * / brackets, numbers, fact ids), asking ``value_of`` for each id.

    Raises FormulaError when it is anything else or divides by zero.
    """
    try:
        tree = ast.parse(formula, mode="eval").body
        number = float(_value(tree, value_of))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as fault:
        if isinstance(fault, FormulaError):
            raise
        raise FormulaError(f"not readable as arithmetic ({fault})") from None
    except (ZeroDivisionError, OverflowError):
        raise FormulaError("divides by zero or overflows") from None
    if not math.isfinite(number):
        raise FormulaError("has no finite value")
    return number


def _value(node: ast.AST, value_of) -> float:
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        return _OPERATIONS[type(node.op)](_value(node.left, value_of), _value(node.right, value_of))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand, value_of)
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value  # type: ignore[return-value]  # bool and complex are refused above
    if isinstance(node, (ast.Attribute, ast.Name)):
        return value_of(_dotted(node))
    raise FormulaError(f"'{ast.unparse(node)}' is not arithmetic on numbers and fact ids")


def _dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    raise FormulaError(f"'{ast.unparse(node)}' is not a fact id")
