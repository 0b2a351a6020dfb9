"""One file with all medicines of a regulator, of which the rows of this drug are compared.

Form: ``medicines-output-medicines_json-report_en.json`` of the EMA: a list, or ``data`` in an object, with
``name_of_medicine``, ``medicine_status``, ``therapeutic_indication``, ``european_commission_decision_date``
(days as dd/mm/yyyy); a byte order mark stands before it. Read in code of several clients that read the
file; the file itself was not in reach.
"""

from __future__ import annotations

from assessment.living.adapters import json_records
from assessment.living.adapters.watched_source import Record, WatchedSource
from assessment.living.asking import source_fault
from assessment.living.asking.answer_reading import JSON, json_of
from assessment.living.asking.polite_client import PoliteClient
from assessment.living.asking.source_fault import SourceFault

FEWEST = 500  # rows; a list of all medicines has some thousands


def read(source: WatchedSource, ask: list[str], client: PoliteClient) -> list[Record]:
    """A record for each row that matches. SourceFault where the list is so short that it cannot be
    whole.
    """
    answer = json_of(client.get(source.address, JSON, conditional=True))
    rows = answer if isinstance(answer, list) else json_records.listed(source, answer)
    if len(rows) < FEWEST:
        raise SourceFault(source_fault.DAMAGED, f"{source.id}: {len(rows)} rows, too few for all.")
    return [
        json_records.record_of(source, row) for row in rows if json_records.matches(source, row)
    ]
