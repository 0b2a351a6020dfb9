"""Two wordings as one: what stands in both, what went, what came. A number is one word, and so is a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape

SAME, OLD, NEW = "same", "old", "new"
WORD = re.compile(
    r"\d{4}-\d\d-\d\d|(?<![\w–])[−-]?\d+(?:[.,\u202f\u00a0]\d+)*|\w+|\s+|.", re.DOTALL
)
# Less alike than this, two wordings are told one after the other.
ALIKE = 0.3
MARKDOWN_MARKS = re.compile(r"([\\`*_\[\]|#~!<>])")


@dataclass(frozen=True)
class Piece:
    """``kind``: 'same', 'old' (only in the first wording) or 'new' (only in the second)."""

    kind: str
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """The pieces that make both wordings, in order."""
    if before == after:
        return [Piece(SAME, after)] if after else []
    old, new = WORD.findall(before), WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        return [piece for piece in (Piece(OLD, before), Piece(NEW, after)) if piece.text]
    found: list[list[str]] = []  # [same, old, new] by turns
    for what, a, b, c, d in matcher.get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        if what == "equal" and (come.strip() or not found):
            found.append([come, "", ""])
        elif (
            what == "equal" or found and not (found[-1][0])
        ):  # a space between two changes belongs to both
            found[-1][1] += gone
            found[-1][2] += come
        else:
            found.append(["", gone, come])
    kinds = (SAME, OLD, NEW)
    return [Piece(k, text) for turn in found for k, text in zip(kinds, turn) if text]


def html(before: str, after: str) -> str:
    """Both wordings as HTML: ``<del>`` and ``<ins>``."""
    tags = {SAME: "{}", OLD: "<del>{}</del>", NEW: "<ins>{}</ins>"}
    return "".join(tags[p.kind].format(escape(p.text)) for p in pieces(before, after))


def plain_markdown(text: str) -> str:
    """A text that Markdown shows as it is: no mark, tag, link or mention takes effect."""
    one_line = re.sub(r"[ \t\r\n]+", " ", text).replace("&", "&amp;")
    return MARKDOWN_MARKS.sub(r"\\\1", one_line).replace("@", "@\u200b")


def markdown(before: str, after: str) -> str:
    """Both wordings as Markdown. Its own marks for crossed out and bold depend on what stands beside
    them, so tags are used, which work in comments too.
    """
    tags = {SAME: "{}", OLD: "<del>{}</del>", NEW: "<ins>{}</ins>"}
    found = "".join(tags[p.kind].format(plain_markdown(p.text)) for p in pieces(before, after))
    return found.strip()
