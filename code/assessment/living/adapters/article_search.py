"""A search for articles in two steps: the ids that it finds, then what is said of each.

Form: E-utilities of the NCBI, ``esearch.fcgi`` and ``esummary.fcgi`` with ``db=pubmed`` and
``retmode=json``: ``esearchresult.count`` and ``.idlist``, then ``result`` by id with ``title``,
``pubtype`` and ``pubdate``. Read in "Entrez Programming Utilities Help", NBK25499 and NBK25500, and in
a client's reference of them.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from assessment.living.adapters import json_records
from assessment.living.adapters.watched_source import Record, WatchedSource
from assessment.living.asking import source_fault
from assessment.living.asking.answer_reading import JSON, json_of
from assessment.living.asking.polite_client import PoliteClient
from assessment.living.asking.source_fault import SourceFault

MOST, TOGETHER = 2000, 100
TOOL = "living-assessment-watch"


def read(source: WatchedSource, ask: list[str], client: PoliteClient) -> list[Record]:
    """A record for each article that the question finds. SourceFault where there are more than MOST:
    then the question is too wide to be watched.
    """
    common = {"db": "pubmed", "retmode": "json", "tool": TOOL}
    query = urlencode(common | {"term": ask[0], "retmax": str(MOST)}, quote_via=quote)
    found = json_of(client.get(f"{source.address}/esearch.fcgi?{query}", JSON))
    count = json_records.whole_number(source, found, "esearchresult.count")
    ids = json_records.at(found, "esearchresult.idlist")
    if not isinstance(ids, list):
        raise SourceFault(source_fault.OTHER_FORM, f"{source.id}: no 'esearchresult.idlist'.")
    if count > MOST:
        raise SourceFault(source_fault.TOO_LARGE, f"{source.id}: {count} articles; narrow it.")
    records: list[Record] = []
    for first in range(0, len(ids), TOGETHER):
        some = ids[first : first + TOGETHER]
        query = urlencode(common | {"id": ",".join(some)}, quote_via=quote)
        said = json_of(client.get(f"{source.address}/esummary.fcgi?{query}", JSON))
        entries = [json_records.at(said, f"result.{one}") for one in some]
        records += [json_records.record_of(source, entry) for entry in entries]
    return json_records.all_there(source, records, count)
