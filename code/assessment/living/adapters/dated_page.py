"""A page for people, of which only the words that matter are compared.

Form: HTML; ``records_at`` is a CSS selector of the part that is read, each field a pattern over its text
whose first group is kept. Read in: the sister case's method page ("Kort om siste status", "Status (day):
…", "Beslutning: …"), a handbook's "Sist faglig oppdatert", the guideline page's list of
changes and the project page's status. Everything else on a page may change without a finding.
"""

from __future__ import annotations

import re

from assessment.living.adapters.watched_source import Record, WatchedSource, kept_text
from assessment.living.asking import source_fault
from assessment.living.asking.answer_reading import PAGE, page_of
from assessment.living.asking.polite_client import PoliteClient
from assessment.living.asking.source_fault import SourceFault


def read(source: WatchedSource, ask: list[str], client: PoliteClient) -> list[Record]:
    """One record of the page: every match of each field's pattern, joined in their order. SourceFault
    where the part or a required field is missing: the page has another form, or is an error page.
    """
    page = page_of(client.get(source.address, PAGE))
    parts = page.select(source.records_at)
    if not parts:
        raise _other_form(source, f"no part '{source.records_at}'")
    for part in parts:
        for script in part.select("script, style, noscript"):
            script.decompose()
    text = " ".join(" ".join(part.get_text(" ").split()) for part in parts)
    values = {}
    for field in source.compared():
        found = [m.group(1) for m in re.finditer(field.found_at, text, re.IGNORECASE)]
        if field.required and not found:
            raise _other_form(source, f"nothing like '{field.found_at}'")
        values[field.name] = kept_text(list(dict.fromkeys(found)))
    return [Record(source.key, values)]


def _other_form(source: WatchedSource, why: str) -> SourceFault:
    said = f"{source.id}: {why} on {source.address}: look at the page and correct data/watch."
    return SourceFault(source_fault.OTHER_FORM, said)
