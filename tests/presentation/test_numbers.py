"""How numbers are written, and that they reach prose as written."""

from __future__ import annotations

import doctest
from datetime import date

import pytest
from myst_nb.core.variables import format_plain_text

from assessment.evidence import load_facts
from assessment.presentation import numbers


def test_examples_in_docstrings():
    assert doctest.testmod(numbers).failed == 0


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.4, 2, "0.40"),
        (-0.004, 2, "0.00"),
        (-1.5, 1, "−1.5"),
        (12345, 0, "12\u202f345"),
        (9999, 0, "9999"),
        (float("inf"), 1, "not estimable"),
    ],
)
def test_number(value, decimals, text):
    assert numbers.number(value, decimals) == text


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("0.40", "0.40"),
        ("<0.001", "<\u20090.001"),
        ("~1300", "about\u00a01300"),
        ("NE", "not estimable"),
        ("275000", "275\u202f000"),
    ],
)
def test_printed_values_keep_their_form(printed, text):
    assert numbers.printed(printed) == text


def test_dates():
    assert numbers.day(date(2025, 7, 23)) == "23 July 2025"
    assert (numbers.partial_date("2025-07"), numbers.partial_date("2025")) == ("July 2025", "2025")


def test_facts_as_prose_shows_them():
    facts = load_facts()
    assert numbers.fact_text(facts["cabinet.pfs.pnet.hazard_ratio"]) == "0.23 (0.12–0.42)"
    assert (
        numbers.fact_text(facts["cabinet.pfs.epnet.cabozantinib.median"])
        == "8.4\u00a0months (7.6–12.7)"
    )
    assert numbers.fact_text(facts["cabinet.pfs.epnet.cabozantinib.median"], "bare") == "8.4"
    assert numbers.fact_text(facts["norway.patients.eligible.n"]) == "40–80"
    assert numbers.fact_text(facts["norway.age.eligible.mean"]) == "unknown"


def test_glued_text_keeps_its_zeros():
    # glue stores repr(text) and reads it back so; a bare 0.80 would come back as 0.8.
    assert format_plain_text(repr("0.80"), "") == "0.80"
