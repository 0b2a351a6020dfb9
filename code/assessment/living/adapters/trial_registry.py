"""A registry of trials: status, dates and results of trials named, or the trials that a search finds.

Form: ClinicalTrials.gov, version 2 of its interface, ``/api/v2/studies``: ``filter.ids`` or ``query.*``,
``fields``, ``pageSize``, ``pageToken``; an answer holds ``studies`` and, while there is more,
``nextPageToken``. Read in the registry's description of the interface as relayed by third-party
clients; no answer of the registry itself was in reach.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from assessment.living.adapters import json_records
from assessment.living.adapters.watched_source import Record, WatchedSource
from assessment.living.asking import source_fault
from assessment.living.asking.answer_reading import JSON, json_of
from assessment.living.asking.polite_client import PoliteClient
from assessment.living.asking.source_fault import SourceFault

REGISTERED = re.compile(r"NCT\d{8}")
PAGE = 100
MOST_PAGES = 20


def read(source: WatchedSource, ask: list[str], client: PoliteClient) -> list[Record]:
    """Records of the trials asked for; ids of other registries are passed over. A trial that the
    registry does not know is no record, so that its going is a finding.
    """
    ids = [one for one in ask if REGISTERED.fullmatch(one)]
    asked = (
        {"filter.ids": "|".join(ids)}
        if ids
        else dict(part.split("=", 1) for one in ask for part in one.split("&"))
    )
    asked |= {"pageSize": str(PAGE), "format": "json"}
    records, token = [], ""
    for _page in range(MOST_PAGES):
        query = urlencode(asked | ({"pageToken": token} if token else {}), quote_via=quote)
        answer = json_of(client.get(f"{source.address}?{query}", JSON))
        records += [json_records.record_of(source, s) for s in json_records.listed(source, answer)]
        token = answer.get("nextPageToken", "")
        if not token:
            return records
    raise SourceFault(source_fault.TOO_LARGE, f"{source.id}: more than {MOST_PAGES} pages.")
