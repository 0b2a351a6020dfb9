"""Sentences that say in words what the data say in numbers: when the data stop saying so, the sentence
is named here and must be written anew.
"""

from __future__ import annotations

import re

import pytest

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence import ROOT, load_facts
from assessment.pages.economics.shared.model_answers import (
    class_value,
    price_answer,
    stated_value,
)

FACTS = load_facts()
SUMMARY, FRONT, PLAIN = (
    "chapters/decision-summary.md",
    "index.md",
    "chapters/plain-language.md",
)


def in_all(measure: str) -> list:
    """The fact of every cohort, ``{}`` standing for its id."""
    return [FACTS[measure.format(cohort)] for cohort in COHORTS]


def severe(arm: str) -> list[float]:
    return [f.number for f in in_all(f"cabinet.safety.grade3plus.{{}}.{arm}.rate")]


CLAIMS = [
    (SUMMARY, "delays the growth", lambda: all(f.high < 1 for f in in_all("cabinet.pfs.{}.hazard_ratio"))),
    (
        SUMMARY,
        "not been shown to lengthen life",
        lambda: all(f.low < 1 < f.high for f in in_all("cabinet.os.{}.hazard_ratio")),
    ),
    (SUMMARY, "most patients have a severe adverse event", lambda: min(severe("cabozantinib")) > 50),
    (
        SUMMARY,
        "the price that would be enough lies near zero at the value proposed",
        lambda: all(price_answer(c, class_value(c)).startswith("about zero") for c in COHORTS),
    ),
    (
        SUMMARY,
        "no price is enough at the stated one",
        lambda: all(price_answer(c, stated_value()).startswith("no price") for c in COHORTS),
    ),
    (
        PLAIN,
        "few saw their tumour become clearly smaller",
        lambda: max(f.number for f in in_all("cabinet.response.{}.cabozantinib.rate")) < 25,
    ),
    (
        PLAIN,
        "to more people with cabozantinib than with placebo",
        lambda: all(a > b for a, b in zip(severe("cabozantinib"), severe("placebo"))),
    ),
    (
        PLAIN,
        "Most people needed a lower dose",
        lambda: min(f.number for f in in_all("cabinet.exposure.{}.cabozantinib.dose_reduction")) > 50,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("page", "words", "holds"), CLAIMS, ids=[words for _, words, _ in CLAIMS])
def test_what_a_page_says_in_words_holds_in_the_data(page, words, holds):
    text = re.sub(r"\s+", " ", (ROOT / page).read_text(encoding="utf-8"))
    assert words in text, f"{page} says it no more: take the claim out of this list"
    assert holds(), f"{page}: '{words}' does not hold in data/ any more: write the sentence anew"


def test_the_front_page_gives_the_summary_s_answer():
    answer = re.compile(r"Cabozantinib delays the growth.*?is not known\.", re.DOTALL)
    front, summary = (
        answer.search((ROOT / page).read_text(encoding="utf-8"))[0] for page in (FRONT, SUMMARY)
    )
    assert front == summary


def test_two_in_three_were_given_the_drug():
    """The sentence beside the number of patients (pages/decision_summary/trial_rows.py)."""
    given = sum(f.number for f in in_all("cabinet.n.{}.cabozantinib"))
    assert given / FACTS["cabinet.n.all"].number == pytest.approx(2 / 3, abs=0.02)
