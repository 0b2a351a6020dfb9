"""A workbook whose address changes: found by its link on a page, read by its column heads.

Form: a page with a link to an .xlsx file, whose first sheet has a row of heads. Decisions: columns ID-nr,
Virkestoff, Handelsenavn, Bruksområde, Metodetype, Fagområde, Dato siste beslutning, beslutning kort and
hele, as a third-party reader of the file names them. Prices: the layout could not be read; its row of
data/watch names the columns expected, and another head stops the reading.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from assessment.living.adapters.watched_source import Record, WatchedSource, kept_text
from assessment.living.asking import source_fault
from assessment.living.asking.answer_reading import PAGE, WORKBOOK, page_of, rows_of
from assessment.living.asking.polite_client import PoliteClient
from assessment.living.asking.source_fault import SourceFault

HEAD_WITHIN = 15  # rows; titles may stand above the heads
FEWEST = 10


def read(source: WatchedSource, ask: list[str], client: PoliteClient) -> list[Record]:
    """A record for each row that matches ``column~pattern``; ``records_at``: the pattern of the link."""
    page = page_of(client.get(source.address, PAGE))
    links = [str(a["href"]) for a in page.find_all("a", href=re.compile(source.records_at))]
    if not links:
        raise _other_form(source, f"no link like '{source.records_at}' on {source.address}")
    address = urljoin(source.address, links[0])
    rows = rows_of(client.get(address, WORKBOOK), client.manners.largest_unpacked_bytes)
    column, _, pattern = source.match.partition("~")
    needed = {source.key, column, *(field.found_at for field in source.compared())}
    at = next((n for n, row in enumerate(rows[:HEAD_WITHIN]) if needed <= set(row)), None)
    if at is None:
        raise _other_form(source, f"no row of heads with {', '.join(sorted(needed))} in {address}")
    body = [dict(zip(rows[at], row)) for row in rows[at + 1 :] if any(row)]
    if len(body) < FEWEST:
        raise SourceFault(source_fault.DAMAGED, f"{source.id}: {len(body)} rows, too few for all.")
    found = [row for row in body if re.search(pattern, row.get(column, ""), re.IGNORECASE)]
    return [
        Record(
            kept_text(row[source.key]),
            {field.name: kept_text(row.get(field.found_at)) for field in source.compared()},
        )
        for row in found
    ]


def _other_form(source: WatchedSource, why: str) -> SourceFault:
    return SourceFault(source_fault.OTHER_FORM, f"{source.id}: {why}: correct data/watch.")
