"""Sections that wait for facts: found in a page's text, left out with a sentence, and shown when the
facts are known.
"""

import pytest

from assessment.book.chapters import waiting_sections
from assessment.book.page_contents import page_files
from assessment.case.definition import load_case
from assessment.case.model.inputs.unknown_inputs import input_facts

PAGE = """---
title: x
---

# Title

Before.

## First

% needs: no.such.fact

```{code-cell} ipython3
# a comment, no heading
raise RuntimeError
```

### Inner

% needs: another.missing.fact

Inner text.

(label)=
## Second

After.

## Third

% needs: norway.reference.opportunity_cost.value, table:events

Stays.
"""


def test_a_section_whose_facts_are_missing_is_left_out():
    text = waiting_sections.without_waiting(PAGE)
    assert "RuntimeError" not in text and "Inner text." not in text
    assert "`no.such.fact`, which has no row in `data/facts/` yet" in text
    for kept in ("Before.", "## First", "(label)=\n## Second", "After.", "Stays."):
        assert kept in text
    assert "### Inner" not in text and "another.missing.fact" not in text


def test_a_page_without_needs_is_untouched():
    for path in page_files().values():
        text = path.read_text(encoding="utf-8")
        assert waiting_sections.without_waiting(text) == text


def test_an_unknown_fact_counts_as_missing_and_is_named_with_its_row():
    page = "# T\n\n% needs: norway.case.order.status\n\nText.\n"
    text = waiting_sections.without_waiting(page)
    assert "Text." not in text
    assert "`norway.case.order.status`, still unknown in `data/facts/norway.csv`, row" in text


def test_places_are_filled_from_the_case():
    case = load_case()
    found = waiting_sections.expanded("{trial}.os.{cohort}.{control}.median")
    prefix, control = case.base_set.fact_prefix, case.control.id
    assert found == [f"{prefix}.os.{cohort.id}.{control}.median" for cohort in case.cohorts]
    assert waiting_sections.expanded("{inputs}") == list(input_facts())
    assert waiting_sections.missing(("{inputs}",)) == ()
    with pytest.raises(ValueError, match="Places are: trial, cohort, treated, control"):
        waiting_sections.expanded("{drug}.dose")


def test_an_empty_or_unknown_table_is_missing():
    assert waiting_sections.missing(("table:events", "table:no-such")) == ("table:no-such",)


def test_only_some_are_named_on_the_page():
    needs = ", ".join(f"no.fact.n{i}" for i in range(9))
    text = waiting_sections.without_waiting(f"# T\n\n% needs: {needs}\n\nText.\n")
    assert text.count("which has no row") == waiting_sections.NAMED
    assert f"and {9 - waiting_sections.NAMED} more, which `make check` lists" in text
