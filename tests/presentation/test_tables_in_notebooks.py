"""A table in a live notebook reads as on the site: rounded, with its caption, facts named."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pandas as pd

from assessment.evidence import load_facts
from assessment.pages import mechanism
from assessment.presentation import show


def cells(table: show.Table) -> list[list[str]]:
    root = ElementTree.fromstring(table._repr_mimebundle_()["text/html"])
    return [["".join(cell.itertext()) for cell in row] for row in root.iter("tr")]


def test_numbers_are_rounded_as_on_the_site():
    table = mechanism.regimen_table()
    bundle = table._repr_mimebundle_()
    content = bundle[show.TABLE_MIME]
    shown = [[c["text"] if isinstance(c, dict) else c for c in row] for row in content["rows"]]
    assert cells(table) == [content["columns"], *shown]
    for text in (bundle["text/html"], bundle["text/plain"]):
        assert ".000000" not in text and "98.754622" not in text and "98.8" in text


def test_what_html_would_read_as_marks_stays_text():
    fact = load_facts()["cabinet.os.epnet.hazard_ratio"]
    frame = pd.DataFrame(
        {"a < b": ["x & y", "<i>"], "Ratio": [show.ref(fact), ""], "n": [1, 2], "x": [0.25, np.nan]}
    )
    table = show.Table(frame, caption="Less < more", decimals=2)
    html = table._repr_mimebundle_()["text/html"]
    root = ElementTree.fromstring(html)
    assert root.findtext("caption") == "Less < more"
    assert cells(table) == [
        ["a < b", "Ratio", "n", "x"],
        ["x & y", "0.86 (0.56–1.31)", "1", "0.25"],
        ["<i>", "", "2", ""],
    ]
    assert f'title="{fact.id}"' in html
    first, *others = root.find("tbody/tr")
    assert first.tag == "th" and {c.tag for c in others} == {"td"}
    assert ["right" in c.get("style") for c in others] == [False, True, True]


def test_a_table_behind_a_figure_keeps_the_digits_that_tell_its_rows_apart():
    frame = pd.DataFrame(
        {
            "benefit": [-0.591, -0.618, -0.637],  # rounded to a tenth these were all alike
            "worth": [0.0006, 0.0042, 4.815],
            "price": [0.0, 35.0, 105.0],
            "years": [0.5, 1.0, 10.0],
            "none": [0.0, np.nan, 0.0],
        }
    )
    rows = show.table_content(frame, None)["rows"]
    assert rows == [
        ["−0.591", "0.0006", "0", "0.5", "0"],
        ["−0.618", "0.0042", "35", "1.0", ""],
        ["−0.637", "4.8150", "105", "10.0", "0"],
    ]
