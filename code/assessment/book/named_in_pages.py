"""Facts and documents that a page names and that are not there: told with their line and the nearest
names, before a build finds them.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

from assessment.book.chapters.waiting_sections import without_waiting
from assessment.book.page_prose import COMMENT, LITERAL, SHOWN_CODE
from assessment.evidence import ROOT, load_facts, load_sources
from assessment.evidence.paths import DATA, REFERENCES

NAMED = re.compile(r"\{(fact|cite:\w+)\}`([^`]+)`")


def names_in_page(text: str) -> Iterator[tuple[int, str, str]]:
    """(line from 1, role, name) of each fact and document that a page's text names."""
    for pattern in (SHOWN_CODE, COMMENT, LITERAL):
        text = pattern.sub(lambda m: "\n" * m[0].count("\n"), text)
    for number, line in enumerate(text.splitlines(), 1):
        for role, given in NAMED.findall(line):
            for name in [given.partition("|")[0]] if role == "fact" else given.split(","):
                yield number, role, name.strip()


def unknown_names(root: Path = ROOT) -> Iterator[str]:
    """A sentence for each fact and document that a page names and nobody has written down. Names in
    sections that wait for facts are not asked for. Raises DataError when the data are at fault.
    """
    data, references = (root / path.relative_to(ROOT) for path in (DATA, REFERENCES))
    facts, sources = load_facts(data, references), load_sources(references)
    for path in (root / "index.md", *sorted((root / "chapters").glob("*.md"))):
        text = path.read_text(encoding="utf-8")
        unknown = [
            (line, role, name)
            for line, role, name in names_in_page(text)
            if name not in (facts if role == "fact" else sources)
        ]
        shown = {name for _, _, name in names_in_page(without_waiting(text))} if unknown else set()
        for line, role, name in unknown:
            if name not in shown:
                continue
            place = f"{path.relative_to(root).as_posix()}, line {line}: there is no"
            if role == "fact":
                nearest = facts.nearest(name).rstrip(".")
                yield (
                    f"{place} fact '{name}' in data/facts/. {nearest}. Next step: correct the name,"
                    " or add the fact."
                )
            else:
                near = ", ".join(difflib.get_close_matches(name, sources, n=3, cutoff=0.4))
                yield (
                    f"{place} document '{name}' in references/references.bib. Nearest keys:"
                    f" {near or 'none is close'}. Next step: correct the key, or add the document."
                )
