"""The reporting checklists are whole, and every place they name exists."""

from __future__ import annotations

import re

from assessment.book.page_anchors import anchors_of, missing_places
from assessment.economics.verification import VERIFICATION_TESTS
from assessment.evidence import load_register
from assessment.pages.reporting_checklists import checklist_figure, checklist_tables, texts
from assessment.presentation.frame_rows import frame_rows


def items(checklist: str):
    return list(frame_rows(checklist_tables.items(checklist)))


def test_every_place_exists_in_its_page():
    assert list(missing_places()) == []


def test_each_item_stands_once_and_in_order():
    # CHEERS 2022 has 28 items (Husereau et al. 2022, table 1).
    assert [str(item.number) for item in items("CHEERS 2022")] == [str(n) for n in range(1, 29)]
    for checklist in checklist_tables.KEYS:
        numbers = [int(item.number) for item in items(checklist)]
        assert numbers == list(range(1, len(numbers) + 1))
        parts = [item.part for item in items(checklist)]
        assert len(set(parts)) == sum(a != b for a, b in zip(parts, [None, *parts]))
    # TECH-VER has five domains (its abstract).
    assert len({item.part for item in items("TECH-VER")}) == 5


def test_an_answer_has_its_place_or_its_reason():
    for item in frame_rows(load_register("reporting-items")):
        if item.answer in ("reported", "in part"):
            assert item.where, item.id
        if item.answer != "reported":
            assert item.how, item.id


def test_each_test_of_the_battery_has_one_domain():
    named = [name for item in items("TECH-VER") for name in (item.tests or "").split()]
    assert sorted(named) == sorted(VERIFICATION_TESTS)


def test_sentences_figure_and_tables_count_alike():
    said, table = texts(), checklist_figure.summary_figure().table
    for checklist, short in checklist_tables.KEYS.items():
        row = table[table["Checklist"] == checklist].iloc[0]
        html = checklist_tables.items_table(checklist)
        assert html.count('<tr id="') == int(said[f"checklist_items.{short}"])
        assert html.count("<td>reported</td>") == row["reported"]
        assert str(row["reported"]) == said[f"checklist_reported.{short}"]


def test_places_of_a_page():
    text = """# The title

(a-label)=
## {nb}`Pris` · What's its price?

```{code-cell} ipython3
---
mystnb:
  figure:
    name: fig-one
    caption: x
---
# no heading
```
"""
    assert anchors_of(text) == {"the-title", "a-label", "pris-whats-its-price", "fig-one"}


def test_links_of_the_built_page_lead_somewhere(site):
    page = (site / "chapters" / "reporting-checklists.html").read_text(encoding="utf-8")
    links = set(re.findall(r'href="([\w./-]+\.html)(?:#([\w-]+))?"[^>]*>[^<]+: ', page))
    assert len(links) > 20
    for file, anchor in links:
        there = (site / "chapters" / file).resolve().read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in there, (file, anchor)
