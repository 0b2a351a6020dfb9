"""provenance.json: the numbers that pages show, each with its place, its text and what it came from.

Read from the pages themselves as they are published, so that nothing shown can be missing from it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lxml import html

from assessment.book.doctree.origin_keys import ORIGINS
from assessment.book.provenance import label_words
from assessment.book.site.citation import Work
from assessment.book.site.data_archive import PROVENANCE_SCHEMA
from assessment.book.site.structured_data import CC_BY
from assessment.evidence import Fact, load_facts, load_register
from assessment.pages.registers.anchors import anchor
from assessment.presentation.numbers import fact_text

INPUTS_TABLE = "model-inputs"
SILENT = ("noscript", "sup", "script", "style")
STATUS_OF_COMPUTED = "derived"


@dataclass(frozen=True)
class ShownNumber:
    """A number as a page shows it. ``anchor``: the nearest id around it. ``kind``: fact, computed (in
    a sentence), cell (of a table or of the table behind a figure), register (a fact's own row).
    ``fact``: its id; ``origin``: the key of what computed it, "" for a fact. ``where``: row and column
    of a cell.
    """

    page: str
    anchor: str
    text: str
    kind: str
    fact: str = ""
    origin: str = ""
    where: str = ""


def shown_numbers(page: str, text: str) -> Iterator[ShownNumber]:
    """The numbers of one page in reading order."""
    for article in html.fromstring(text).iter("article"):
        for element in article.iter("span", "a", "td", "tr"):
            if found := _number(page, element):
                yield found


def _number(page: str, element) -> ShownNumber | None:
    place = page, _anchor(element)
    if element.tag == "tr":
        fact = facts_by_anchor().get(element.get("id", ""))
        cells = element.findall("td")
        return ShownNumber(*place, _said(cells[0]), "register", fact.id) if fact and cells else None
    if element.tag == "a":
        fact = facts_by_anchor().get(element.get("href", "").partition("#")[2])
        said = _said(element)
        if "fact-link" in _classes(element) or fact is None or said != fact_text(fact):
            return None
        return ShownNumber(*place, said, "fact", fact.id)
    if element.tag == "td":
        table = next(element.iterancestors("table"))
        origin, said = table.get("data-origin"), _said(element)
        marked = any("fact" in _classes(found) for found in element.iter("span"))
        if not origin or marked or not any(c.isdigit() for c in said):
            return None
        return ShownNumber(*place, said, "cell", origin=origin, where=_where(element, table))
    if fact_id := element.get("data-fact"):
        return ShownNumber(*place, _said(element), "fact", fact_id)
    if "computed" in _classes(element):
        key = element.get("data-origin", "")
        return ShownNumber(*place, _said(element), "computed", origin=key)
    return None


@lru_cache(maxsize=1)
def facts_by_anchor() -> dict[str, Fact]:
    """Every fact by the id of its own row."""
    return {anchor(fact.id): fact for fact in load_facts()}


def _said(element) -> str:
    """What a reader sees of an element: without its card, its mark and words for screen readers."""

    def parts(of) -> Iterator[str]:
        yield of.text or ""
        for child in of:
            # comments have no name
            named = isinstance(child.tag, str) and child.tag not in SILENT
            if named and "visually-hidden" not in _classes(child):
                yield from parts(child)
            yield child.tail or ""

    return " ".join("".join(parts(element)).split())


def _anchor(element) -> str:
    """The nearest id that an address can name: of the element or around it."""
    around = (element, *element.iterancestors())
    return next((found.get("id") for found in around if found.get("id")), "")


def _where(cell, table) -> str:
    """Group, row and column of a cell by their headings."""
    row = cell.getparent()
    heads, place = table.findall("thead/tr/th"), row.index(cell)
    column = _said(heads[place]) if place < len(heads) else ""
    above = (before for before in row.itersiblings(preceding=True) if "group" in _classes(before))
    group = next((_said(found[0]) for found in above), "")
    return " · ".join(part for part in (group, _said(row[0]) if place else "", column) if part)


def _classes(element) -> list[str]:
    return element.get("class", "").split()


def provenance(numbers: list[ShownNumber], origins: Mapping[str, dict], work: Work) -> dict:
    """All that provenance.json holds. ``origins``: by key, with function, facts and tables.

    Raises KeyError for a number whose fact or origin is not known."""
    used = {n.origin: origins[n.origin] for n in numbers if n.origin}
    facts = load_facts()
    ids = {n.fact for n in numbers if n.fact} | {i for o in used.values() for i in o["facts"]}
    return {
        "$schema": PROVENANCE_SCHEMA,
        "title": work.title,
        "version": work.commit,
        "date": work.day.isoformat() if work.day else None,
        "address": work.address or label_words.NO_ADDRESS,
        "license": CC_BY,
        "facts": {i: _fact(facts[i]) for i in sorted(ids)},
        "origins": {key: _origin(origin) for key, origin in sorted(used.items())},
        "numbers": [_listed(n, origins) for n in numbers],
    }


def _fact(fact: Fact) -> dict:
    said = {
        "label": fact.label,
        "value": fact.printed,
        "unit": fact.unit,
        "status": fact.status,
        "source": fact.source,
        "locator": fact.locator,
        "formula": fact.formula,
        "checked": fact.checked.isoformat(),
    }
    return {key: value for key, value in said.items() if value is not None}


def _origin(origin: Mapping) -> dict:
    """What computed a number: the inputs of the model are told where their table was read."""
    facts = load_facts()
    read = set(origin["facts"])
    inputs = (
        [row.id for row in load_register(INPUTS_TABLE).itertuples() if row.fact in read]
        if INPUTS_TABLE in origin["tables"]
        else []
    )
    statuses = Counter(facts[i].status for i in origin["facts"])
    return {
        "function": origin["function"],
        "facts": list(origin["facts"]),
        "model_inputs": inputs,
        "tables": list(origin["tables"]),
        "rests_on": dict(sorted(statuses.items())),
    }


def _listed(number: ShownNumber, origins: Mapping[str, dict]) -> dict:
    said = {key: value for key, value in vars(number).items() if value}
    if number.fact:
        return said | {"status": load_facts()[number.fact].status}
    return said | {"function": origins[number.origin]["function"], "status": STATUS_OF_COMPUTED}


def provenance_text(site: Path, work: Work) -> str:
    """The file's text for the pages of ``site``, one number a line. Takes the site's list of origins
    away, which is not published.
    """
    file = site / ORIGINS
    origins = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    file.unlink(missing_ok=True)
    numbers = [
        number
        for path in sorted(site.rglob("*.html"))
        for number in shown_numbers(
            path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")
        )
    ]
    told = provenance(numbers, origins, work)
    parts = []
    for key, value in told.items():
        text = json.dumps(value, ensure_ascii=False)
        if isinstance(value, dict):
            lines = (
                f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in value.items()
            )
            text = "{\n" + ",\n".join(lines) + "\n}"
        elif isinstance(value, list):
            text = "[\n" + ",\n".join(json.dumps(v, ensure_ascii=False) for v in value) + "\n]"
        parts.append(f"{json.dumps(key)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"
