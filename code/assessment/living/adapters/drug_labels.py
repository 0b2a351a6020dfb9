"""An official label: its date in force, its version and its recent major changes.

Form: interface of the American regulator, labels: ``/drug/label.json?search=set_id:"…"``: ``results``
with ``effective_time``, ``version`` and ``recent_major_changes``. The date in ``meta.last_updated`` moves
for all labels at once and says nothing of this one, so it is not read. Read in the interface's own page
"Understanding the API results" (drug labels).
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from assessment.living.adapters import json_records
from assessment.living.adapters.watched_source import Record, WatchedSource
from assessment.living.asking.answer_reading import JSON, json_of
from assessment.living.asking.polite_client import PoliteClient


def read(source: WatchedSource, ask: list[str], client: PoliteClient) -> list[Record]:
    """A record for each label that the question finds."""
    query = urlencode({"search": ask[0], "limit": "20"}, quote_via=quote)
    answer = json_of(client.get(f"{source.address}?{query}", JSON))
    count = json_records.whole_number(source, answer, "meta.results.total")
    found = [json_records.record_of(source, e) for e in json_records.listed(source, answer)]
    return json_records.all_there(source, found, count)
