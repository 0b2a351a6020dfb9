"""A result that moves is a reviewed change: what pages show is what was accepted in tests/expected,
or the test names what moved.
"""

import pytest

from assessment.book import expected
from assessment.book.page_contents import page_files
from assessment.pages.headline import headline_file, headline_results, result_rows

HOW = (
    "\nMeant? `make accept`, then review the difference in tests/expected and tell readers in"
    " data/changes.csv."
)


def test_headline_results_are_those_accepted():
    moved = headline_file.moved(
        headline_results.results(), headline_file.expected().get(headline_file.version(), {})
    )
    assert not moved, "Headline results have moved:\n" + "\n".join(moved) + HOW


@pytest.mark.slow
@pytest.mark.parametrize("page", page_files())
def test_texts_figures_and_tables_are_those_accepted(page):
    found, before = expected.snapshot([page]), expected.accepted(pages=[page])
    moved = expected.differences(found, before)
    assert not moved, f"{page} shows something else than was accepted:\n" + "\n".join(moved) + HOW


def test_nothing_was_accepted_for_a_page_that_is_gone():
    pages = {expected._page(name) for name in expected.accepted()} - {""}
    assert pages <= page_files().keys()


def test_a_move_is_named_with_from_to_and_per_cent():
    result = result_rows.Result("base_case.icer", "a", "publication", "NOK per QALY", 3_883_000.0)
    row = {"value": "4070000", "unit": "NOK per QALY"}
    assert headline_file.moved((result,), {result.key: row}) == [
        "base_case.icer [a, publication]: 4070000 -> 3883000 NOK per QALY (-4.59 %)"
    ]
    assert headline_file.moved((), {result.key: row}) == [
        "base_case.icer [a, publication]: gone (was 4070000 NOK per QALY)"
    ]
    assert headline_file.moved((result,), {}) == [
        "base_case.icer [a, publication]: new, 3883000 NOK per QALY"
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (4_069_700.24, "4070000"),
        (0.0866749, "0.08667"),
        (3.0, "3.000"),
        (0.0, "0"),
        (-627_712.3, "-627700"),
        (float("nan"), "nan"),
        (99_999.0, "100000"),
    ],
)
def test_four_digits(value, text):
    assert result_rows.four_digits(value) == text


def test_earlier_versions_stay_when_this_one_is_accepted(tmp_path):
    path = tmp_path / "headline.csv"
    path.write_text(
        "version,result,cohort,analysis_set,unit,value\n0.0.1,a,,,NOK,1\n"
        + f"{headline_file.version()},a,,,NOK,2\n"
    )
    text = headline_file.accepted_text((result_rows.Result("a", "", "", "NOK", 3.0),), path)
    assert text.splitlines()[1:] == ["0.0.1,a,,,NOK,1", f"{headline_file.version()},a,,,NOK,3.000"]


def test_a_changed_text_names_its_key_and_both_values():
    lines = expected.differences(
        {"texts/economics.csv": "key,text\na,4.1\nb,2\n"},
        {"texts/economics.csv": "key,text\na,3.9\nb,2\n"},
    )
    assert lines == ["texts/economics.csv, a: text: '3.9' -> '4.1'"]
