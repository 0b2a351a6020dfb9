"""What provenance.json holds, as a JSON Schema beside it and as a table on the data page."""

from __future__ import annotations

import json
from html import escape

from assessment.presentation import words
from assessment.presentation.language import _

DRAFT = "https://json-schema.org/draft/2020-12/schema"
KINDS = ("fact", "computed", "cell", "register")
Field = tuple[str | list[str], str]  # type in JSON, meaning
# Fields of the file, and of what stands in it once for each fact, origin and number.
TOP: dict[str, Field] = {
    "title": ("string", _("Title of the book.")),
    "version": ("string", _("Commit from which the pages were made.")),
    "date": (["string", "null"], _("Day of that commit; null where it is not known.")),
    "address": ("string", _("Where the site is published, or that no address is set.")),
    "license": ("string", _("Address of the licence.")),
}
FACT: dict[str, Field] = {
    "label": ("string", _("The fact in words.")),
    "value": ("string", _("The value as its source prints it.")),
    "unit": ("string", _("Unit, as the table of units names it.")),
    "status": ("string", _("How well the value is known: the statuses of the tables of facts.")),
    "source": ("string", _("Key of the document in the register of documents.")),
    "locator": ("string", _("Place in the document.")),
    "formula": ("string", _("Of a derived fact: how it follows from other facts.")),
    "checked": ("string", _("Day on which the source was last read.")),
}
ORIGIN: dict[str, Field] = {
    "function": ("string", _("The function that computed the number, by module and name.")),
    "facts": ("array", _("Ids of the facts that the function read.")),
    "model_inputs": ("array", _("Inputs of the economic model among them, by their ids.")),
    "tables": ("array", _("Tables of data that the function read.")),
    "rests_on": ("object", _("How many of these facts have which status.")),
}
NUMBER: dict[str, Field] = {
    "page": ("string", _("Page below the address of the site.")),
    "anchor": ("string", _("The nearest place on the page that an address can name.")),
    "text": ("string", _("The number as the page shows it.")),
    "kind": (
        "string",
        _(
            "fact: shown as its source prints it. computed: in a sentence. cell: in a table, also"
            " the one behind a figure. register: in the fact's own row."
        ),
    ),
    "fact": ("string", _("Id of the fact shown.")),
    "origin": ("string", _("Key of the entry in origins that computed it.")),
    "function": ("string", _("The function named there.")),
    "where": ("string", _("Of a cell: headings of row and column.")),
    "status": ("string", _("Status of the fact; derived where the number is computed.")),
}
PARTS = {"facts": FACT, "origins": ORIGIN, "numbers": NUMBER}
NEEDED = {
    "facts": ("label", "unit", "status", "checked"),
    "origins": tuple(ORIGIN),
    "numbers": ("page", "anchor", "text", "kind", "status"),
}


def typed(fields: dict[str, Field]) -> dict[str, dict]:
    """Fields as a JSON Schema has them."""
    return {name: {"type": kind, "description": says} for name, (kind, says) in fields.items()}


def schema() -> dict:
    """The JSON Schema (draft 2020-12) of provenance.json."""

    def entry(part: str) -> dict:
        fields = typed(PARTS[part])
        if part == "numbers":
            fields["kind"]["enum"] = list(KINDS)
        return {
            "type": "object",
            "properties": fields,
            "required": list(NEEDED[part]),
            "additionalProperties": False,
        }

    top = typed(TOP)
    parts = {
        "facts": {"type": "object", "additionalProperties": entry("facts")},
        "origins": {"type": "object", "additionalProperties": entry("origins")},
        "numbers": {"type": "array", "items": entry("numbers")},
    }
    return {
        "$schema": DRAFT,
        "title": "provenance.json",
        "type": "object",
        "properties": {"$schema": {"type": "string"}, **top, **parts},
        "required": ["$schema", *top, *parts],
        "additionalProperties": False,
    }


def schema_text() -> str:
    """The schema as a file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def fields_table() -> str:
    """The fields as a table for the data page."""
    w = words.DATA_PAGE
    named = [("", TOP), *((f"{part} · ", PARTS[part]) for part in PARTS)]
    rows = "".join(
        f'<tr><th scope="row"><code>{escape(before + name)}</code></th>'
        f"<td>{escape(' / '.join(kind) if isinstance(kind, list) else kind)}</td>"
        f"<td>{escape(says)}</td></tr>"
        for before, fields in named
        for name, (kind, says) in fields.items()
    )
    head = "".join(f'<th scope="col">{w[k]}</th>' for k in ("field", "type", "meaning"))
    return (
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="provenance.json:'
        f' {w["fields"]}"><table class="data"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
