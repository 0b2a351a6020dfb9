"""Words in charts keep clear of lines."""

import altair as alt
import pandas as pd

from assessment.presentation import chart_label, theme

ROWS = alt.Chart(pd.DataFrame({"name": ["a", "b"], "said": ["0.5", "1.25"]})).encode(y="name:N")


def test_words_on_lines_have_the_page_around_them():
    around, words = chart_label.haloed(ROWS.encode(text="said:N"), align="left").to_dict()["layer"]
    assert around["mark"]["stroke"] == theme.BACKGROUND and "stroke" not in words["mark"]
    assert around["encoding"] == words["encoding"] and words["mark"]["align"] == "left"


def test_values_stand_in_a_column_at_the_right_end():
    for layer in chart_label.value_column(ROWS, "said", 300, fontSize=12).to_dict()["layer"]:
        assert layer["encoding"]["x"] == {"value": 300} and layer["mark"]["align"] == "right"
        assert layer["encoding"]["text"]["field"] == "said" and layer["mark"]["fontSize"] == 12
