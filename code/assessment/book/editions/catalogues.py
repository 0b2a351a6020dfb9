"""Catalogues of translations: messages collected, brought up to date, compiled and checked.

Messages come from the code (Babel), from words of the data that translated pages show (module
`data_words`), and from the chapters (Sphinx's gettext builder). A sentence
that is new gets an empty place; one that has changed keeps its old translation, marked ``fuzzy``:
it is behind, and readers see the English until somebody has looked at it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from markdown_it import MarkdownIt

from assessment.book.editions.data_words import data_words
from assessment.presentation.language import DOMAIN, LOCALE

CODE = Path(__file__).parents[2]
LABEL_WORDS = 5  # a message with fewer is a label, not a sentence
# What a translation must carry over as it is: places of the code, roles of the chapters.
PLACES = re.compile(r"\{[a-z_]\w*(?::[^}]*)?\}(?!`)")
# of a role with words of its own, `words <target>`, the target alone
ROLES = re.compile(r"\{(fact|glue:text|cite:[pt]|numref|doc|ref)\}`(?:[^`<]*<)?([^`>]+)>?`")


@dataclass(frozen=True)
class Fault:
    """A translation that is missing, behind, or does not fit its English."""

    file: Path
    kind: str
    message: str

    def __str__(self) -> str:
        return f"{self.file.name}: {self.kind}: {self.message[:90]}"


def from_code(folder: Path = CODE) -> Catalog:
    """Every message of the code and of the data; comments that begin TRANSLATORS: go along."""
    found = Catalog(project="assessment", charset="utf-8")
    for name, line, message, comments, context in extract_from_dir(
        folder, comment_tags=("TRANSLATORS:",), strip_comment_tags=True
    ):
        found.add(message, locations=[(name, line)], auto_comments=comments, context=context)
    for file, words in data_words():
        found.add(words, locations=[(file, 1)])
    return found


def from_chapters(folder: Path) -> Iterator[tuple[str, Catalog]]:
    """Every chapter's messages, as Sphinx's gettext builder left them in ``folder``."""
    for path in sorted(folder.rglob("*.pot")):
        with path.open("rb") as file:
            read = read_po(file)
        found = Catalog(project="assessment", charset="utf-8")
        for message in read:
            if message.id:
                found.add(message.id, locations=[(Path(n).name, ln) for n, ln in message.locations])
        yield path.relative_to(folder).with_suffix("").as_posix(), found


def read(path: Path, language: str) -> Catalog:
    """A catalogue; an empty one where there is no file yet."""
    if not path.exists():
        return Catalog(locale=language, project="assessment", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str, domain: str, template: Catalog, locale: Path = LOCALE) -> Path:
    """Writes what ``template`` holds into the language's catalogue; keeps every translation."""
    path = locale / language / "LC_MESSAGES" / f"{domain}.po"
    catalogue = read(path, language)
    # A long message is compared in full: a changed word in it is a change, not a new message.
    catalogue.update(template, update_header_comment=False, update_creation_date=False)
    _drop_chance_likeness(catalogue)
    catalogue.fuzzy = False  # of the file's own head
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(
            file,
            catalogue,
            width=96,
            include_lineno=False,
            omit_header=False,
            ignore_obsolete=False,
        )
    return path


def _drop_chance_likeness(catalogue: Catalog) -> None:
    """Empties what was guessed for labels: two short ones that look alike are two, not one that
    changed.
    """
    for message in catalogue:
        said = message.id if isinstance(message.id, str) else " ".join(message.id)
        if message.id and message.fuzzy and len(said.split()) < LABEL_WORDS:
            forms = message.string
            message.string = ("",) * len(forms) if isinstance(forms, (tuple, list)) else ""
            message.flags.discard("fuzzy")


def compile_all(language: str, locale: Path = LOCALE) -> list[Path]:
    """Writes the .mo beside every .po of a language; what is behind is left out."""
    made = []
    for path in sorted((locale / language / "LC_MESSAGES").rglob("*.po")):
        target = path.with_suffix(".mo")
        with target.open("wb") as file:
            write_mo(file, read(path, language), use_fuzzy=False)
        made.append(target)
    return made


def faults(path: Path, language: str) -> Iterator[Fault]:
    """What is missing, behind or does not fit in one catalogue."""
    for message in read(path, language):
        if not message.id:
            continue
        said = message.id if isinstance(message.id, str) else message.id[0]
        texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
        if not (texts and all(texts)):
            yield Fault(path, "not translated", said)
        elif message.fuzzy:
            yield Fault(path, "behind", said)
        else:
            yield from (Fault(path, kind, said) for kind in misfits(message, texts))
            if path.stem != DOMAIN and not one_paragraph(texts[0]) and one_paragraph(said):
                yield Fault(path, "begins a list or heading, and would be left in English", said)


def misfits(message: Message, texts: list[str]) -> Iterator[str]:
    """How a translation departs from its English: a number left out is a number readers lose."""
    english = [message.id] if isinstance(message.id, str) else list(message.id)
    for text in texts:
        for what, pattern in (("places", PLACES), ("roles", ROLES)):
            allowed = [
                Counter(pattern.findall(ROLES.sub("", e) if what == "places" else e))
                for e in english
            ]
            there = Counter(pattern.findall(ROLES.sub("", text) if what == "places" else text))
            if there not in allowed:
                yield f"{what} differ"


def one_paragraph(text: str) -> bool:
    """Whether Markdown takes ``text`` for one paragraph; "1. mars er dagen." is a list to it."""
    blocks = MarkdownIt().parse(text)
    return [b.type for b in blocks] == ["paragraph_open", "inline", "paragraph_close"]
