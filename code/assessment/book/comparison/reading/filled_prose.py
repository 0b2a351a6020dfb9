"""A page's sentences as a reader has them: facts and computed texts filled in, marks taken away."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path

from assessment.book.comparison.reading.book_states import BookState
from assessment.book.page_contents import CELL
from assessment.book.page_prose import (
    DIRECTIVE,
    HEADER,
    NAMING,
    OPTION,
    SHOWN_OPTION,
    captions,
)
from assessment.evidence import DataError, FactSet, load_facts
from assessment.presentation import numbers

ROLE = re.compile(r"\{([\w:-]+)\}`([^`]*)`")
TARGET = re.compile(r"^(.*?)\s*<[^>]*>$", re.DOTALL)
COMMENT = re.compile(r"^(?:%.*|\([\w-]+\)=\s*|[:`]{3,}\w*\s*|\+\+\+.*)$", re.MULTILINE)
TAG = re.compile(r"</?[a-zA-Z][^>]*>|<!--.*?-->", re.DOTALL)
LINK = re.compile(r"!?\[([^\]]*)\]\(([^)]*)\)")
HEADING = re.compile(r"^#+\s+", re.MULTILINE)
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ“])")
# So alike are two wordings of one sentence at least.
ALIKE = 0.5
Change = tuple[str, str]  # before, after; '' where there is none


def facts_of(state: BookState) -> FactSet | None:
    """The facts of a state, derived ones computed; None where today's rules refuse its data."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in state.files.items():
            if path.startswith(("data/", "references/")):
                place = Path(folder, path)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text, encoding="utf-8")
        try:
            return load_facts(Path(folder, "data"), Path(folder, "references", "references.bib"))
        except (DataError, LookupError, OSError):
            return None


def fact_words(facts: FactSet | None, text: str) -> str:
    """What ``{fact}`id|style` `` shows; the name where there is no such fact, or no facts."""
    name, _bar, style = (part.strip() for part in text.partition("|"))
    if facts is None or name not in facts:
        return f"‹{name}›"
    fact = facts[name]
    if style == "interval":
        return numbers.fact_interval(fact) if fact.printed_low else f"‹{text}›"
    return numbers.fact_text(fact, style or "full")


def sentences(text: str, glued: dict[str, str], facts: FactSet | None) -> list[str]:
    """Every sentence of a page in order: headings, body, captions and titles. ``glued``: what its
    cells gave, by key.
    """

    def role(found: re.Match) -> str:
        name, inside = found[1], found[2]
        if name == "fact":
            return fact_words(facts, inside)
        if name == "glue:text":
            return glued.get(inside, f"‹{inside}›")
        if name.startswith("cite"):
            return f"({inside})"
        named = TARGET.match(inside)
        return named[1] if named else inside.rpartition("/")[2] if name == "doc" else inside

    body = CELL.sub(
        lambda cell: _one_line(said for _line, said in captions(cell.group())), HEADER.sub("", text)
    )
    body = DIRECTIVE.sub(lambda m: "" if m[1] in NAMING else m[2], body)
    body = SHOWN_OPTION.sub(lambda m: m[1], body)
    body = COMMENT.sub("", OPTION.sub("", body))
    body = HEADING.sub("", LINK.sub(r"\1 (\2)", TAG.sub("", body)))
    body = ROLE.sub(role, body.replace("**", ""))
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in body.split("\n"))
    return [one for line in lines if line for one in SENTENCE.split(line)]


def _one_line(texts: Iterable[str]) -> str:
    return "\n" + "\n".join(" ".join(text.split()) for text in texts) + "\n"


def changed_sentences(before: list[str], after: list[str]) -> list[Change]:
    """(before, after) of every sentence that reads differently, in the order of the page."""
    found: list[Change] = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what != "equal":
            found += _paired(before[a:b], after[c:d])
    return found


def _paired(old: list[str], new: list[str]) -> list[Change]:
    """Sentences of one stretch: each with the first that is alike, in order."""
    found: list[Change] = []
    start = 0
    for sentence in new:
        later = range(start, len(old))
        place = next((n for n in later if _likeness(old[n], sentence) >= ALIKE), None)
        if place is None:
            found.append(("", sentence))
            continue
        found += [(gone, "") for gone in old[start:place]] + [(old[place], sentence)]
        start = place + 1
    return found + [(gone, "") for gone in old[start:]]


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(" "), other.split(" "), autojunk=False).ratio()


def title_of(text: str) -> str:
    """A page's title without what it says in the official language."""
    found = re.search(r"^# (.+)$", HEADER.sub("", CELL.sub("", text)), re.MULTILINE)
    parts = found[1].split("·") if found else []
    own = [part for part in parts if not re.fullmatch(r"\s*\{\w\w\}`[^`]*`\s*", part)] or parts
    return ROLE.sub(lambda m: m[2], "·".join(own)).strip()
