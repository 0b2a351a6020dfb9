"""What a page says in words, and the statistics typed in it where a fact or a computation belongs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import yaml

from assessment.book.page_contents import CELL

ROLE = re.compile(r"\{[\w:-]+\}`[^`]*`")
HEADER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
OPTION_BLOCK = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
OPTION_LINES = re.compile(r"\A(?::[^\n]*\n)+")
# The line that opens a directive: its name, and what stands behind it.
DIRECTIVE = re.compile(r"^(?:```+|:::+)\{([\w:-]+)\}[ \t]*(.*)$", re.MULTILINE)
# Directives whose argument is no text for readers but a name or a class.
NAMING = {"div", "figure", "image", "code-cell", "raw", "bibliography", "math"}
# Options of directives that readers see.
SHOWN_OPTION = re.compile(r"^:(?:alt|caption|title|header|footer):[ \t]*(.*)$", re.MULTILINE)
OPTION = re.compile(r"^:[\w-]+:.*$", re.MULTILINE)
NOT_TEXT = re.compile(r"\]\([^)]*\)|<[^>]+>|\$\$.*?\$\$|\$[^$\n]+\$", re.DOTALL)
NUMERAL = re.compile(r"(?<![\w-])[+−-]?\d[\d.,\u202f]*\s?%?(?![\w])")


def cell_options(cell: str) -> dict:
    """The options of a code cell, in either of the two forms that MyST has."""
    if block := OPTION_BLOCK.match(cell):
        return yaml.safe_load(block[1]) or {}
    if lines := OPTION_LINES.match(cell):
        text = "\n".join(line.removeprefix(":") for line in lines[0].splitlines())
        return yaml.safe_load(text) or {}
    return {}


def captions(text: str) -> Iterator[str]:
    """The captions and text alternatives that cells carry in their options."""
    for cell in CELL.findall(text):
        shown = cell_options(cell).get("mystnb") or {}
        for part in (shown.get("figure") or {}, shown.get("image") or {}):
            yield from (str(part[name]) for name in ("caption", "alt") if part.get(name))


def page_prose(text: str) -> str:
    """What a page says: body, captions, titles of admonitions, text alternatives, footnotes; without
    front matter, code, roles, addresses, formulas.
    """
    body = HEADER.sub("", text)
    said = "\n".join(captions(body))
    body = CELL.sub("", body)
    body = DIRECTIVE.sub(lambda m: "" if m[1] in NAMING else m[2], body)
    body = SHOWN_OPTION.sub(lambda m: m[1], body)
    body = OPTION.sub("", body)
    body = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", body)
    return ROLE.sub(" ", NOT_TEXT.sub(" ", body + "\n" + said))


def typed_numbers(text: str, allowed: Iterable[str] = ()) -> list[str]:
    """Numerals in ``text`` that stand for a statistic: those that are no part of a name (VEGFR2) and
    match none of the ``allowed`` patterns.
    """
    for pattern in allowed:
        text = re.sub(pattern, " ", text)
    return [found.group() for found in NUMERAL.finditer(text)]
