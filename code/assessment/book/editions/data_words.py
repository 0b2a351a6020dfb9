"""Words of the data that translated pages show: they are messages too, with the English cell as the key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from assessment.evidence import ROOT, load_facts, load_register

NAMED = re.compile(r"\{fact\}`([\w.]+)")


def translated_pages(root: Path = ROOT) -> set[str]:
    """Pages that some edition holds, as _toc.yml names them."""
    found = (root / "locale").glob("*/edition.yml")
    return {page for f in found for page in yaml.safe_load(f.read_text(encoding="utf-8"))["pages"]}


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
    for page in sorted(translated_pages(root)):
        for fact_id in NAMED.findall((root / f"{page}.md").read_text(encoding="utf-8")):
            fact = facts[fact_id]
            if isinstance(fact.value, str):
                yield fact.file, fact.value
