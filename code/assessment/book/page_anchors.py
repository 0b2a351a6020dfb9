"""Places of pages that can be linked to, and links of the reporting checklists that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from docutils.nodes import make_id

from assessment.book.page_contents import page_files
from assessment.book.page_prose import CELL, HEADER, SHOWN_CODE, cell_options
from assessment.evidence import ROOT, load_register, resources
from assessment.presentation.frame_rows import frame_rows

CHECKLISTS = "reporting-items"
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
LABEL = re.compile(r"^\(([\w-]+)\)=$", re.MULTILINE)
ROLE = re.compile(r"\{[\w:-]+\}`([^`]*)`")


def anchors_of(text: str) -> set[str]:
    """The ids that Sphinx gives a page's headings, labels and named figures."""
    body = SHOWN_CODE.sub("", CELL.sub("", HEADER.sub("", text)))
    # quotation marks are curled before an id is made, and drop out of it
    headings = (ROLE.sub(r"\1", found).replace("'", "") for found in HEADING.findall(body))
    shown = (cell_options(cell).get("mystnb") or {} for cell in CELL.findall(text))
    figures = ((part.get("figure") or {}).get("name") for part in shown)
    named = (*headings, *LABEL.findall(body), *(name for name in figures if name))
    return {make_id(name) for name in named}


def missing_places(root: Path = ROOT) -> Iterator[str]:
    """A sentence for each place that a reporting checklist names and no page has."""
    if CHECKLISTS not in {resource["name"] for resource in resources()}:
        return  # a book may have none
    pages = page_files(root)
    found = {page: anchors_of(path.read_text(encoding="utf-8")) for page, path in pages.items()}
    for item in frame_rows(load_register(CHECKLISTS)):
        for place in (item.where or "").split():
            page, _hash, anchor = place.partition("#")
            if page not in pages:
                yield (
                    f"data/reporting_items.csv, {item.id}: there is no page '{page}'. Next step:"
                    " correct where."
                )
            elif anchor and anchor not in found[page]:
                yield (
                    f"data/reporting_items.csv, {item.id}: the page '{page}' has no place"
                    f" '{anchor}'. Next step: name a heading, a label or a figure of it."
                )
