"""What a reader has in place of each name in a page's text, for whoever edits the page."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from assessment.book.chapters.waiting_sections import without_waiting
from assessment.book.comparison.reading.filled_prose import title_of
from assessment.book.page_prose import CELL, cell_options
from assessment.case.definition import load_case
from assessment.evidence import ROOT, DataError, UnknownFact, load_facts, load_sources
from assessment.presentation import numbers, words
from assessment.presentation.language import _

STYLES = ("full", "value", "bare", "interval")
KNOWN, ACCEPTED, WAITING, WRONG = "known", "accepted", "waiting", "wrong"


@dataclass(frozen=True)
class Shown:
    """What stands for a name. ``state``: KNOWN, the value of now; ACCEPTED, a computed text as it was
    when results were last accepted; WAITING, not computed yet; WRONG, no such name. ``hint``: a
    sentence about it, "" for none.
    """

    text: str
    state: str = KNOWN
    hint: str = ""


def all_shown(page: str, asked: Iterable[Iterable[str]], root: Path = ROOT) -> list[Shown]:
    """What each (role, name) on a page shows; ``page`` by its name, as ``economics``.

    Facts, sources and figures are read now. Whatever is wrong with them is said in place of the value.
    """
    refused: Shown | None = None
    try:
        load_facts()
    except DataError as fault:  # said once: to read them again for each fact would take seconds
        refused = Shown(_("data cannot be read"), WRONG, str(fault.problems[0]))
    return [
        refused if refused and role == "fact" else _shown(page, role, name, root)
        for role, name in asked
    ]


def _shown(page: str, role: str, name: str, root: Path) -> Shown:
    try:
        if role == "fact":
            return _fact(name)
        if role == "by-set":
            return _fact(f"{load_case().base_set.fact_prefix}.{name}")
        if role == "glue:text":
            return _computed(page, name, root)
        if role == "numref":
            return _figure(name, root)
        if role.startswith("cite"):
            return _source(name)
        if role == "doc":
            return _title(name, root)
    except DataError as fault:
        return Shown(_("data cannot be read"), WRONG, str(fault.problems[0]))
    return Shown(name, WRONG, _("Only the site shows {{{role}}}.").format(role=role))


def _fact(name: str) -> Shown:
    fact_id, _bar, style = (part.strip() for part in name.partition("|"))
    style = style or "full"
    try:
        fact = load_facts()[fact_id]
    except UnknownFact as fault:
        return Shown(_("no such fact: {id}").format(id=fact_id), WRONG, str(fault))
    if style not in STYLES:
        allowed = _("What may stand after the line: {styles}.").format(styles=", ".join(STYLES))
        return Shown(name, WRONG, allowed)
    if style == "interval" and not fact.printed_low:
        return Shown(name, WRONG, _("This fact has no interval."))
    text = numbers.fact_interval(fact) if style == "interval" else numbers.fact_text(fact, style)
    row = _("{status}; {file}, row {row}").format(
        status=words.STATUS_NAMES[fact.status], file=fact.file, row=fact.row
    )
    return Shown(text, KNOWN, row)


def _computed(page: str, key: str, root: Path) -> Shown:
    """A glued text as it was accepted. What the chapter's own run gives is in the notebook."""
    file = root / "tests" / "expected" / "texts" / f"{page}.csv"
    if file.exists():
        with file.open(encoding="utf-8", newline="") as rows:
            accepted = {row["key"]: row["text"] for row in csv.DictReader(rows)}
        if key in accepted:
            hint = _("As last accepted. Run the chapter for what it is now.")
            return Shown(accepted[key], ACCEPTED, hint)
    return Shown(_("not computed yet: {key}").format(key=key), WAITING, _("Run the chapter."))


def _figure(label: str, root: Path) -> Shown:
    numbered = figure_numbers(root)
    if label not in numbered:
        named = _("Names of figures stand in the options of their cells.")
        return Shown(_("no such figure: {label}").format(label=label), WRONG, named)
    return Shown(_("Figure {number}").format(number=numbered[label]))


def _source(key: str) -> Shown:
    source = load_sources().get(key.strip())
    if source is None:
        where = _("Sources stand in references/references.bib.")
        return Shown(_("no such source: {key}").format(key=key), WRONG, where)
    return Shown(source.short, KNOWN, source.title)


def _title(name: str, root: Path) -> Shown:
    file = next((p for p in pages_in_order(root) if p.stem == name.rpartition("/")[2]), None)
    if file is None:
        return Shown(_("no such page: {name}").format(name=name), WRONG)
    return Shown(title_of(file.read_text(encoding="utf-8")))


def pages_in_order(root: Path = ROOT) -> list[Path]:
    """The files of the book's pages in the order of its table of contents."""
    contents = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    named = [page["file"] for part in contents["parts"] for page in part["chapters"]]
    return [root / f"{name}.md" for name in (contents["root"], *named)]


def figure_numbers(root: Path = ROOT) -> dict[str, int]:
    """The number of every figure that has a caption, by its name: counted through the whole book."""
    names = []
    for page in pages_in_order(root):
        for cell in CELL.findall(without_waiting(page.read_text(encoding="utf-8"))):
            figure = (cell_options(cell).get("mystnb") or {}).get("figure") or {}
            if figure.get("caption"):
                names.append(figure.get("name"))
    return {name: number for number, name in enumerate(names, 1) if name}
