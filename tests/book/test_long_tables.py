"""Tables as pages write them: first rows, groups, cards, decimal marks that meet."""

from types import SimpleNamespace

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from assessment.book.writers import number_columns
from assessment.book.writers.table_writer import table_html
from assessment.presentation import show

SITE, PRINT = "html", "assessmentpdf"
FRAME = pd.DataFrame(
    {
        "Cohort": ["A"] * 12 + ["B"] * 12,
        "Scenario": [f"choice {n}" for n in range(24)],
        "Gain": ["0.38 (0.22–0.66)", "10.5 (9.1–12.0)", "not published"] * 8,
    }
)


def written(table: show.Table, builder: str = SITE) -> BeautifulSoup:
    content = table._repr_mimebundle_()[show.TABLE_MIME]
    visitor = SimpleNamespace(builder=SimpleNamespace(name=builder))
    return BeautifulSoup(
        table_html(visitor, content, table.caption, classes=table.classes), "html.parser"
    )


def test_a_long_table_shows_its_first_rows_and_a_switch_for_all():
    page = written(show.long_table(FRAME))
    rows = page.select("tbody tr")
    assert len(rows) == 24 and [bool(row.get("class")) for row in rows] == [False] * 8 + [True] * 16
    switch = page.select_one("input.all-rows")
    assert page.select_one(f"label[for={switch['id']}]").text == "All 24 rows"


def test_print_has_all_rows_and_no_switch():
    page = written(show.long_table(FRAME), PRINT)
    assert len(page.select("tbody tr")) == 24 and not page.select("input, label")


def test_a_table_hardly_longer_than_its_first_rows_is_shown_whole():
    assert not written(show.long_table(FRAME[:9])).select("input, .more")
    assert len(written(show.long_table(FRAME[:10])).select(".more")) == 2


def test_groups_become_headings_and_each_shows_its_first_rows():
    page = written(show.long_table(FRAME, rows=3, group="Cohort"))
    assert [th.text for th in page.select("tr.group th")] == ["A", "B"]
    assert [len(part.select("tr.more")) for part in page.select("tbody")] == [9, 9]
    assert [th.text for th in page.select("thead th")] == ["Scenario", "Gain"]
    with pytest.raises(ValueError, match="no column 'Cohrt'; there are Cohort, Scenario"):
        show.Table(FRAME, group="Cohrt")._repr_mimebundle_()


def test_long_text_becomes_cards_on_a_phone_and_numbers_do_not():
    text = FRAME.assign(Reason="a sentence that says at some length why this was so chosen")
    assert written(show.Table(text)).select("table.cards td[data-label=Reason]")
    assert not written(show.Table(FRAME)).select("table.cards, td[data-label]")
    worded = pd.DataFrame({"class": ["1"], "epNET": ["no price (none to 4800 NOK)"]})
    assert not written(show.Table(worded)).select("table.cards")
    worded["pNET"] = ["about zero (none to 95 000 NOK)"]
    assert written(show.Table(worded)).select("table.cards"), (
        "two such columns are too wide for a phone"
    )


@pytest.mark.parametrize(
    "cells, kind",
    [
        (["0.38 (0.22–0.66)", "1.01 (0.55–1.83)"], "aligned"),
        (["41\u00a0%", "8\u00a0%", "not published"], "number"),
        (["12\u202f345", "−3", "0.5"], "number"),
        (["0.18 (−0.48 to 0.96)", "605\u202f000\u00a0NOK", "27\u00a0%"], ""),
        (["0.5\u00a0months (0.1–0.9)", "11\u00a0months"], "aligned"),
        (["23 July 2025", "1 May 2024"], ""),
        (["2025-07-23", "2024-05-01"], ""),
        (["3 months or more", "2 of 5"], ""),
        (["RADIANT-3", "", "SUN-1111"], ""),
    ],
)
def test_columns_of_numbers_are_known_by_their_cells(cells, kind):
    assert number_columns.column_kind(cells) == kind


def test_decimal_marks_meet():
    cells = ["12\u202f345", "−3.5", "0.25", "none"]
    unseen = number_columns.padding(cells, "number")
    assert unseen == [("", ".25"), ("12\u202f3", "5"), ("12\u202f34", ""), ("", "")]
    places = [(b + c).partition(".") for (b, _a), c in zip(unseen, cells[:3])]
    assert len({len(whole) for whole, *_ in places}) == 1


def test_words_among_numbers_may_wrap():
    frame = pd.DataFrame(
        {"Trial": ["A", "B", "C"], "Share": ["41\u00a0%", "8\u00a0%", "not published"]}
    )
    cells = written(show.Table(frame)).select("tbody td")
    assert [cell["class"] for cell in cells] == [["number"], ["number"], ["words"]]
