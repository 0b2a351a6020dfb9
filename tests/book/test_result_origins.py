"""Numbers know where they come from: what is read is recorded, and a text keeps its nearest origin."""

from __future__ import annotations

import re

import pytest

from assessment.book.sphinx.computed_register import function_purpose
from assessment.book.writers.computed_cards import count_inputs
from assessment.evidence import (
    load_facts,
    load_population_table,
    record_reads,
)
from assessment.evidence.provenance.result_cache import cached_result
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.severity import severity_texts
from assessment.presentation import numbers


def test_a_recording_notes_what_is_read_and_nothing_else():
    facts = load_facts()
    with record_reads() as outer:
        facts["cabinet.n.pnet"]
        with record_reads() as inner:
            load_population_table("life-table")
            list(facts.select(subject="cabinet", endpoint="n", population="epNET", arm=None))
        facts.select(subject="cabinet")  # chosen, not looked at
    assert outer.facts[0] == "cabinet.n.pnet" and "cabinet.n.pnet" not in inner.facts
    assert inner.tables == outer.tables == ("life-table",) and len(outer.facts) < 10
    facts["cabinet.n.epnet"]
    assert len(outer.facts) == len(set(outer.facts)) and "norway.age.pnet.start" not in outer.facts


def test_a_remembered_result_names_its_inputs_again():
    calls = []

    @cached_result(maxsize=1)
    def double():
        calls.append(1)
        return 2 * load_facts()["cabinet.n.pnet"].number

    for _ in range(2):
        with record_reads() as reads:
            assert double() == 2 * 95  # patients with pNET as the publication divides them
        assert reads.facts == ("cabinet.n.pnet",)
    assert calls == [1]


def test_texts_keep_the_nearest_origin():
    @computed
    def part():
        return {"a": numbers.fact_text(load_facts()["cabinet.n.pnet"])}

    @computed
    def whole():
        return part() | {"b": str(load_facts()["cabinet.n.epnet"].number)}

    found = whole()
    assert found["a"].function.endswith("part") and found["a"].facts == ("cabinet.n.pnet",)
    assert found["b"].function.endswith("whole") and set(found["b"].facts) == {
        "cabinet.n.pnet",
        "cabinet.n.epnet",
    }
    assert type(f"{found['a']}!") is str
    with pytest.raises(TypeError, match="returned float"):
        computed(lambda: {"a": 1.0})()


def test_severity_names_the_ages_and_the_norwegian_tables():
    shortfall = severity_texts.texts()["econ_shortfall.pnet"]
    assert (
        shortfall.function == "assessment.pages.economics.severity.severity_texts.cohort_texts"
        and function_purpose(shortfall.function).startswith("Shortfall")
    )
    assert "norway.age.pnet.start" in shortfall.facts and "life-table" in shortfall.tables
    assert re.search(r"\d+ facts \(\d+ of them assumptions\)", count_inputs(shortfall.origin()))
