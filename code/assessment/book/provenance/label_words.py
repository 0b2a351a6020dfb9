"""What downloaded files say of themselves, in words."""

from __future__ import annotations

from assessment.presentation.language import _

NO_ADDRESS = _("no address set")
VERSION = _("{title}, version {version}")
LICENCE = _("{name}, {address}")
COMPUTED_HERE = _("computed for this book, without a document of its own")
MORE_SOURCES = _("{n} more documents, listed in {file}")

README = {
    "version": _("Version"),
    "address": _("Address"),
    "licence": _("Licence"),
    "archive": _("What is in this archive"),
    "tables": _(
        "`data/` holds every table of the book as CSV (UTF-8, comma, full stop as decimal mark)."
        " `data/datapackage.json` is a Frictionless data package: it names each table, its fields,"
        " their types and what they may hold. Beside each table stands the same in the words of the"
        " W3C (CSV on the Web), in a file that ends in `-metadata.json`."
    ),
    "references": _(
        "`references/references.bib` lists the documents that the tables name as sources."
    ),
    "provenance": _(
        "`provenance.json` lists the numbers that the pages show: page, place, text, and the fact or"
        " the function behind it with all that the function read. `provenance.schema.json` describes"
        " its fields."
    ),
    "reuse": _(
        "Quotations and figures printed by others stay theirs; each row names its source. Independent"
        " work, not medical advice."
    ),
    "rows": _("{rows} rows, {fields} fields"),
}
