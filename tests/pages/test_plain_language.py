"""The page in plain words: its picture counts what the facts say, and its marks are hidden."""

from __future__ import annotations

import re

import pytest

from assessment.evidence import ROOT, load_facts
from assessment.pages import plain_language
from assessment.pages.plain_language import people_dots

# The rates as the publication and its digest print them: cabozantinib, then placebo.
PRINTED = [("5", "0"), ("19", "0"), ("62", "27"), ("65", "23")]


def test_the_picture_counts_the_printed_rates():
    table = plain_language.hundred_people().table
    assert [(row[2].text, row[3].text) for row in table.itertuples(index=False)] == PRINTED


@pytest.mark.parametrize("count", [0, 1, 10, 62, 100])
def test_each_group_has_a_hundred_dots(count):
    rows = list(people_dots._rows_of_dots(0, 0, count, "arm"))
    dots = {
        colour: sum(
            round((row["x2"] - 0.5 - row["x"]) / people_dots.STEP) + 1
            for row in rows
            if row["arm"] == colour
        )
        for colour in ("arm", "")
    }
    assert dots == {"arm": count, "": 100 - count}


@pytest.mark.parametrize("width", [700, 340])
def test_the_picture_keeps_within_its_width_and_its_alternative_says_every_count(width):
    from assessment.book.charts.render import chart_converter

    figure = plain_language.hundred_people()
    svg = chart_converter().vegalite_to_svg(figure.draw(width).to_dict(), vl_version="6.4")
    assert float(re.search(r'width="([\d.]+)"', svg)[1]) <= width
    said = re.findall(r": (\d+) with cabozantinib, (\d+) with placebo", figure.alt)
    assert said == PRINTED


def test_tables_stand_by_cohort():
    times, doses = plain_language.times().frame, plain_language.doses().frame
    assert list(times.columns[1:]) == list(doses.columns[1:]) == ["epNET", "pNET"]
    median = load_facts()["cabinet.pfs.epnet.cabozantinib.median"]
    assert times.iloc[0, 1].fact == median.id and "8.4" in times.iloc[0, 1].text


def test_marks_are_hidden_on_the_page_and_in_print():
    page = (ROOT / "chapters" / "plain-language.md").read_text(encoding="utf-8")
    assert page.index(":::{div} quiet-marks") < page.index("## ")
    assets = ROOT / "code" / "assessment" / "book" / "assets"
    for style in ("book.css", "pdf.css"):
        assert re.search(
            r"\.quiet-marks ~ \* \S*\.status-mark", (assets / style).read_text(encoding="utf-8")
        )
