"""Retractions, corrections and other notices about documents that the book cites.

Form: REST interface of Crossref, ``/works`` with ``filter=updates:DOI`` (several of one filter are
joined by or), ``select`` and ``rows``; ``message.total-results`` and ``message.items``, each a notice
whose ``update-to`` lists the ``DOI`` it is about and its ``type``. The notice points at the work, not the
work at its notice. Read in Crossref's rest-api-doc ("updates: metadata for records that represent
editorial updates to the DOI") and in its API's sample answer for 10.5555/12345678.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from assessment.living.adapters import json_records
from assessment.living.adapters.watched_source import Record, WatchedSource
from assessment.living.asking.answer_reading import JSON, json_of
from assessment.living.asking.polite_client import PoliteClient

TOGETHER, ROWS = 20, 500


def read(source: WatchedSource, ask: list[str], client: PoliteClient) -> list[Record]:
    """A record for each notice; its fields say about which document and of what type."""
    records: dict[str, Record] = {}
    for first in range(0, len(ask), TOGETHER):
        some = ask[first : first + TOGETHER]
        asked = {
            "filter": ",".join(f"updates:{doi}" for doi in some),
            "select": "DOI,title,update-to",
            "rows": str(ROWS),
        }
        answer = json_of(client.get(f"{source.address}?{urlencode(asked, quote_via=quote)}", JSON))
        count = json_records.whole_number(source, answer, "message.total-results")
        found = [json_records.record_of(source, n) for n in json_records.listed(source, answer)]
        for record in json_records.all_there(source, found, count):
            records[record.item] = record
    return list(records.values())
