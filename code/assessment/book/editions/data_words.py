"""Words of the data that translated pages show: they are messages too, with the English cell as the key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from assessment.book.editions.edition_settings import editions
from assessment.evidence import ROOT, load_facts, load_register

NAMED = re.compile(r"\{fact\}`([\w.]+)")


def data_words(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """(file, words) of each: definitions of the glossary, judgements of certainty with their reasons,
    and facts in words that a translated page names. Official terms stand in the glossary itself.
    """
    for row in load_register("glossary").to_dict("records"):
        yield "data/glossary.csv", row["definition"]
    certainty = load_register("certainty")
    for column in ("overall", "overall_reason"):
        yield from (("data/certainty.csv", said) for said in certainty[column].unique())
    facts = load_facts()
    for page in sorted({page for edition in editions(root) for page in edition.pages}):
        for fact_id in NAMED.findall((root / f"{page}.md").read_text(encoding="utf-8")):
            fact = facts[fact_id]
            if isinstance(fact.value, str):
                yield fact.file, fact.value
