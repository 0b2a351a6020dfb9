"""An index of literature searched page by page with a cursor.

Form: RESTful service of Europe PMC, ``/search`` with ``query``, ``format=json``, ``resultType=core``,
``synonym=true`` (as on its site), ``pageSize`` and ``cursorMark``; an answer holds ``hitCount``,
``nextCursorMark`` and ``resultList.result``. Read in the manual of the R package europepmc 0.4.3.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from assessment.living.adapters import json_records
from assessment.living.adapters.watched_source import Record, WatchedSource
from assessment.living.asking import source_fault
from assessment.living.asking.answer_reading import JSON, json_of
from assessment.living.asking.polite_client import PoliteClient
from assessment.living.asking.source_fault import SourceFault

PAGE, MOST_PAGES = 500, 10


def read(source: WatchedSource, ask: list[str], client: PoliteClient) -> list[Record]:
    """A record for each entry that the question finds."""
    records: list[Record] = []
    cursor = "*"
    for _page in range(MOST_PAGES):
        asked = {
            "query": ask[0],
            "format": "json",
            "resultType": "core",
            "synonym": "true",
            "pageSize": str(PAGE),
            "cursorMark": cursor,
        }
        answer = json_of(client.get(f"{source.address}?{urlencode(asked, quote_via=quote)}", JSON))
        count = json_records.whole_number(source, answer, "hitCount")
        some = json_records.listed(source, answer)
        records += [json_records.record_of(source, entry) for entry in some]
        before, cursor = cursor, json_records.at(answer, "nextCursorMark")
        if len(records) >= count or not some or cursor in (before, json_records.MISSING):
            return json_records.all_there(source, records, count)
    raise SourceFault(source_fault.TOO_LARGE, f"{source.id}: more than {MOST_PAGES} pages.")
