"""What a page says in words, and the statistics typed in it where a fact or a computation belongs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import yaml

# A code cell with its options.
CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
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
LITERAL = re.compile(r"``(?!`).+?``")  # shown as it is typed, as a role in a guide
# Lines that readers do not see.
COMMENT = re.compile(r"^%[^\n]*$", re.MULTILINE)
# Blocks of code that are shown and not run, and the numbers of a list.
SHOWN_CODE = re.compile(r"^(```+)\w*[ \t]*\n.*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
LIST_NUMBER = re.compile(r"^[ \t]*\d+[.)](?=[ \t])", re.MULTILINE)
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


def captions(text: str) -> Iterator[tuple[int, str]]:
    """The captions and text alternatives that cells carry in their options, each with the line, from
    1, on which its cell begins.
    """
    for found in CELL.finditer(text):
        shown = cell_options(found[1]).get("mystnb") or {}
        for part in (shown.get("figure") or {}, shown.get("image") or {}):
            for name in ("caption", "alt"):
                if part.get(name):
                    yield text.count("\n", 0, found.start()) + 1, str(part[name])


def page_body(text: str) -> str:
    """What stands in a page outside its cells, each word on the line it has in the page: body, titles
    of admonitions, text alternatives, footnotes; without front matter, code, comments, roles,
    addresses, formulas.
    """
    body = CELL.sub(_blank, HEADER.sub(_blank, text))
    body = COMMENT.sub("", LIST_NUMBER.sub("", SHOWN_CODE.sub(_blank, body)))
    body = DIRECTIVE.sub(lambda m: "" if m[1] in NAMING else m[2], body)
    body = SHOWN_OPTION.sub(lambda m: m[1], body)
    body = OPTION.sub("", body)
    body = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", body)
    return _without_syntax(body)


def page_prose(text: str) -> str:
    """All that a page says: its body, then the captions and text alternatives of its cells."""
    return "\n".join([page_body(text), *(_without_syntax(said) for _, said in captions(text))])


def typed_numbers_by_line(text: str, allowed: Iterable[str] = ()) -> Iterator[tuple[int, str]]:
    """(line, numeral) of every statistic typed in a page, lines counted from 1."""
    allowed = list(allowed)
    body = without_allowed(page_body(text), allowed)
    for found in NUMERAL.finditer(body):
        yield body.count("\n", 0, found.start()) + 1, found.group().strip(" .,\n")
    lines = text.split("\n")
    for first, said in captions(text):
        for typed in typed_numbers(_without_syntax(said), allowed):
            number, after = typed.strip(" .,\n"), range(first, len(lines) + 1)
            yield next((n for n in after if number in lines[n - 1]), first), number


def _without_syntax(text: str) -> str:
    return ROLE.sub(_blank, NOT_TEXT.sub(_blank, text))


def _blank(found: re.Match) -> str:
    """Nothing in place of what was found, on as many lines."""
    return " " + "\n" * found.group().count("\n")


def without_allowed(text: str, allowed: Iterable[str]) -> str:
    """``text`` without what the ``allowed`` patterns match, on as many lines."""
    for pattern in allowed:
        text = re.sub(pattern, _blank, text)
    return text


def typed_numbers(text: str, allowed: Iterable[str] = ()) -> list[str]:
    """Numerals in ``text`` that stand for a statistic: those that are no part of a name (VEGFR2) and
    match none of the ``allowed`` patterns.
    """
    return [found.group() for found in NUMERAL.finditer(without_allowed(text, allowed))]
