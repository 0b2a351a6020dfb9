"""Which adapter reads which kind of source."""

from __future__ import annotations

from collections.abc import Callable

from assessment.living.adapters import (
    article_search,
    dated_page,
    drug_labels,
    editorial_updates,
    linked_workbook,
    literature_index,
    medicine_register,
    medicines_list,
    trial_registry,
)
from assessment.living.adapters.watched_source import Record, WatchedSource
from assessment.living.asking.polite_client import PoliteClient

Adapter = Callable[[WatchedSource, list[str], PoliteClient], list[Record]]
ADAPTERS: dict[str, Adapter] = {
    "trial_registry": trial_registry.read,
    "article_search": article_search.read,
    "literature_index": literature_index.read,
    "editorial_updates": editorial_updates.read,
    "drug_labels": drug_labels.read,
    "medicines_list": medicines_list.read,
    "linked_workbook": linked_workbook.read,
    "medicine_register": medicine_register.read,
    "dated_page": dated_page.read,
}
