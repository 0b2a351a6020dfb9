"""The decision summary: one table of findings that agrees with the chapters it sums up."""

from __future__ import annotations

import numpy as np
import pytest

from assessment.case.model import runs
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence import load_facts
from assessment.pages import decision_summary
from assessment.pages.decision_summary import certainty_notes, summary_texts
from assessment.pages.economics.base_case.base_case_tables import decision_table
from assessment.presentation.show import Ref


@pytest.fixture(scope="module")
def table():
    return decision_summary.findings().frame


def test_a_column_each_cohort_and_how_sure_it_is(table):
    assert list(table.columns)[1:] == ["Outcome", *NAMES.values(), "How sure, and why"]
    short = decision_summary.findings(short=True).frame
    assert list(short.columns) == list(table.columns)[:-1]
    assert 0 < len(short) < len(table) and set(short["Outcome"]) < set(table["Outcome"])
    assert all(cell for name in NAMES.values() for cell in table[name])


def test_numbers_of_the_trial_are_facts_that_answer_back(table):
    facts = load_facts()
    found = [cell for name in NAMES.values() for cell in table[name] if isinstance(cell, Ref)]
    assert len(found) > 15 and all(cell.fact in facts for cell in found)
    unknown = [cell for cell in found if facts[cell.fact].status == "unknown"]
    assert unknown and all(cell.text == "no score published" for cell in unknown)


def test_what_is_computed_is_as_the_economics_chapter_tells_it(table):
    told = decision_table().frame
    for name in NAMES.values():
        cells = [cell for cell in table[name] if isinstance(cell, str)]
        for label in ("QALYs gained (95 % interval)", "Added cost (95 % interval)"):
            row = told[told.iloc[:, 0] == label]
            assert row[name].item() in cells
        prices = told[told.iloc[:, 0].str.startswith("Price of a pack that is enough")]
        assert set(prices[name]) <= set(cells)


def test_certainty_comes_with_its_reason():
    assert certainty_notes.note(certainty_notes.SURVIVAL).startswith("Very low certainty. ")
    with pytest.raises(ValueError, match="2 judgements do not make one note"):
        certainty_notes.note("Tumour response")


def test_verdict_follows_the_net_benefit(monkeypatch):
    assert "costs more than" in summary_texts.verdict()

    worth = {"epnet": 1.0, "pnet": -1.0}

    class Increment:
        def __init__(self, benefit):
            self._benefit = benefit

        def net_monetary_benefit(self, _value):
            return np.asarray(self._benefit)

    class Results:
        def __init__(self, benefit):
            self.increment = Increment(benefit)

    monkeypatch.setattr(runs, "base", lambda cohort: Results(worth[cohort]))
    monkeypatch.setattr(summary_texts, "class_value", lambda cohort: 1.0)
    assert "some patients" in summary_texts.verdict()
    worth["pnet"] = 2.0
    assert summary_texts.verdict() == (
        "At the assumed price the expected gain in health is worth its cost."
    )


def test_the_picture_says_what_the_table_says():
    figure, table = decision_summary.enough_price(), decision_summary.findings().frame
    for row in figure.table.itertuples(index=False):
        assert row[2] in set(table[row[0]]) and row[2] in figure.alt
    for width in (700, 340):
        assert figure.draw(width).to_dict()["layer"]
