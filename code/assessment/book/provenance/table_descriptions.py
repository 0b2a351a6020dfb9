"""A description beside every CSV file, in the vocabulary of the W3C for tables on the web (CSVW):
columns with their types and units, source, licence, version and address.

Source: Metadata Vocabulary for Tabular Data, W3C Recommendation of 17 December 2015.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assessment.book.provenance import label_words
from assessment.book.site.citation import Work
from assessment.book.site.structured_data import CC_BY
from assessment.evidence import Source, descriptor, load_facts, load_sources
from assessment.presentation.language import LANGUAGE

ENDING = "-metadata.json"
CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": LANGUAGE}]
# What a heading of a column may end in, or be, that says the unit of its numbers.
UNIT = re.compile(
    r"(?:(?:[Mm]illion|[Tt]housand) )?(?:NOK|SEK|DKK|EUR|GBP|USD|CAD)(?: per (?:QALY|patient)| a pack)?$"
    r"|%(?: of [a-z]+)?$|mg$|per \d+ [a-z ]+$|of \d+$"
    r"|(?i:months?|years?|days?|weeks?|QALYs?|life years)$"
)
# Types of the descriptor of data/ in the words of XML Schema.
TYPES = {"year": "gYear", "any": "string", "string": "string"}


def licence() -> str:
    """The licence of data and figures, by name and address, as the descriptor has it."""
    said = descriptor()["licenses"][0]
    return label_words.LICENCE.format(name=said["title"], address=said["path"])


def named_source(source: Source) -> str:
    """A document in one line, with its address where it has one."""
    return f"{source.short}: {source.title.rstrip('.')}." + (f" {source.url}" if source.url else "")


def figure_description(content: Mapping, title: str, place: str) -> dict:
    """The numbers of a figure: ``content`` as presentation.show makes it; ``place``: page and
    anchor below the site.
    """
    table = content["table"]
    cells = [cell["fact"] for row in table["rows"] for cell in row if isinstance(cell, dict)]
    keys = _documents(content["sources"], cells) or _documents((), content["origin"]["facts"])
    sources = load_sources()
    return {
        "@context": CONTEXT,
        "url": f"{content['name']}.csv",
        "dc:title": title or content["name"].replace("-", " "),
        "dc:description": content["alt"],
        "dc:source": [named_source(sources[key]) for key in keys] or [label_words.COMPUTED_HERE],
        "dc:license": {"@id": CC_BY},
        "schema:isPartOf": place,
        "tableSchema": {"columns": columns(table["columns"], table["raw"])},
    }


def _documents(given: Iterable[str], facts: Iterable[str]) -> list[str]:
    """Keys of the documents given and of those in which these facts stand, each once."""
    known = load_facts()
    cited = (known[fact].source for fact in facts)
    return list(dict.fromkeys([*given, *(key for key in cited if key)]))


def columns(titles: Sequence[str], rows: Sequence[Sequence]) -> list[dict]:
    """Columns by their headings, with the type that all their values have."""
    described, names = [], set()
    for place, title in enumerate(titles):
        name = base = re.sub(r"\W+", "_", title).strip("_").lower() or f"column_{place + 1}"
        while name in names:
            name = f"{base}_{place + 1}"
        names.add(name)
        column = {
            "name": name,
            "titles": title,
            "datatype": _datatype([row[place] for row in rows]),
        }
        if column["datatype"] != "string" and (unit := unit_of(title)):
            column["schema:unitText"] = unit
        described.append(column)
    return described


def _datatype(values: Sequence) -> str:
    given = [value for value in values if value is not None]
    if given and all(isinstance(v, int) and not isinstance(v, bool) for v in given):
        return "integer"
    numbers = given and all(isinstance(v, int | float) and not isinstance(v, bool) for v in given)
    return "number" if numbers else "string"


def unit_of(heading: str) -> str:
    """The unit that a heading such as "Net, million NOK" ends in; "" where it names none."""
    for part in (heading.rpartition(", ")[2], heading):
        if UNIT.match(part):
            return part
    return ""


def data_description(resource: Mapping, package: Mapping) -> dict:
    """A table of data/ in these words: ``resource`` and ``package`` as the descriptor has them."""
    file = resource["path"].rpartition("/")[2]
    schema = resource["schema"]
    key = schema.get("primaryKey")
    described: dict = {"columns": [_field(field) for field in schema["fields"]]}
    if key:
        described["primaryKey"] = key
    return {
        "@context": CONTEXT,
        "url": file,
        "dc:title": resource["title"],
        "dc:description": resource["description"],
        "dc:source": [f"{package['title']}. {package['description']}"],
        "dc:license": {"@id": package["licenses"][0]["path"]},
        "tableSchema": described,
    }


def _field(field: Mapping) -> dict:
    rules = field.get("constraints", {})
    datatype: dict = {"base": TYPES.get(field["type"], field["type"])}
    if "pattern" in rules:
        datatype["format"] = rules["pattern"]
    datatype |= {name: rules[name] for name in ("minimum", "maximum") if name in rules}
    column = {
        "name": field["name"],
        "titles": field["name"],
        "dc:description": field["description"],
        "datatype": datatype if len(datatype) > 1 else datatype["base"],
    }
    return column | ({"required": True} if rules.get("required") else {})


def with_version(description: Mapping, work: Work) -> dict:
    """The description with who made it, which version it is and where it is published."""
    place = description.get("schema:isPartOf", "")
    address = f"{work.address.rstrip('/')}/{place}" if work.address else label_words.NO_ADDRESS
    said: dict = {
        "dc:creator": list(work.authors),
        "dc:publisher": work.title,
        "schema:version": work.commit,
        "schema:url": address,
    }
    if work.day:
        said["dc:modified"] = {"@value": work.day.isoformat(), "@type": "date"}
    schema = {"tableSchema": description["tableSchema"]}
    return {k: v for k, v in description.items() if k != "tableSchema"} | said | schema
