"""Formulas of data as spreadsheets write them."""

import pytest

from assessment.evidence.cells.formulas import parse
from assessment.workbook.engine.cell_formulas import cell_name, formula_of, number_text, words_of


@pytest.mark.parametrize(
    ("written", "formula"),
    [
        ("a + b * c", "a+(b*c)"),
        ("(a + b) / 2", "(a+b)/2"),
        ("max(1 - a - b, 0)", "MAX(((1-a)-b),0)"),
        ("-a * 0.5", "(-a)*0.5"),
    ],
)
def test_arithmetic_keeps_its_meaning(written, formula):
    assert formula_of(parse(written), lambda name: name) == formula


def test_numbers_keep_all_their_digits():
    assert float(number_text(1 / 3)) == 1 / 3
    assert number_text(52.0) == "52"


@pytest.mark.parametrize("bad", ["A1", "abc123", "r", ""])
def test_a_name_that_reads_as_a_cell_is_refused(bad):
    with pytest.raises(ValueError, match="Choose a longer name"):
        cell_name(bad)


def test_words_in_texts_and_sheets_are_no_names():
    assert words_of("IF(price=\"no\",'Trace a b'!$B$2,cost_1)") >= {"price", "cost_1"}
    assert "Trace" not in words_of("'Trace a b'!$B$2")
