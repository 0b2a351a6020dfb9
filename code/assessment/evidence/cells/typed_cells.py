"""A cell of a table as the descriptor's field wants it."""

from __future__ import annotations

import re
import unicodedata

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
WHOLE = re.compile(r"-?[0-9]+", re.ASCII)


def unseen_mark(text: str) -> str | None:
    """Code and name of the first mark in a text that readers do not see: control characters, marks
    that turn the direction of writing, marks without width; None when there is none.
    """
    if text.isascii() and text.isprintable():
        return None  # at once, for most cells
    for mark in text:
        if mark == "\ufffd" or mark != "\n" and unicodedata.category(mark)[0] == "C":
            return f"U+{ord(mark):04X} {unicodedata.name(mark, 'a control character')}"
    return None


def typed_cell(field: dict, text: str):
    """The typed value of a cell, and (allowed, next step) when it is at fault."""
    rules = field.get("constraints", {})
    if text != text.strip():
        return None, ("no space before or after the text", "remove the space")
    if text == "":
        fault = (
            ("something: the field is required", field["description"])
            if rules.get("required")
            else None
        )
        return None, fault
    if unseen := unseen_mark(text):
        return None, (
            f"text without marks that nobody sees (here {unseen})",
            "remove the mark: delete the text around it and type it again",
        )
    value: object = text
    kind = field["type"]
    if kind in ("number", "integer"):
        pattern = NUMBER if kind == "number" else WHOLE
        if not pattern.fullmatch(text):
            return None, (
                (
                    f"{'a whole' if kind == 'integer' else 'a'} number with a full stop as decimal"
                    " mark and no spaces"
                ),
                "retype the number",
            )
        if len(text) > 30:
            return None, ("a number of at most 30 characters", "retype the number")
        value = float(text) if kind == "number" else int(text)
    if "enum" in rules and text not in rules["enum"]:
        return None, (
            "one of " + ", ".join(rules["enum"]),
            "choose one of these, or add a new one to data/datapackage.json",
        )
    if "pattern" in rules and not re.fullmatch(rules["pattern"].strip("^$"), text, re.ASCII):
        return None, (f"{field['description']} (pattern {rules['pattern']})", "retype the value")
    for rule, wrong in (("minimum", lambda a, b: a < b), ("maximum", lambda a, b: a > b)):
        if rule in rules and wrong(value, rules[rule]):
            return None, (f"{rule} {rules[rule]}", "correct the value")
    return value, None
