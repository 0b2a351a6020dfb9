"""The fingerprint of a drawing: the same for the same drawing, another for other words or data."""

from dataclasses import replace

import altair as alt
import pandas as pd

from assessment.book import expected
from assessment.book.page_contents import page_contents, page_files


def test_a_drawing_is_told_apart_from_the_same_with_other_data_or_words():
    figure = next(
        f for f in page_contents(page_files()["mechanism"]).figures if f.name == "kinase-profile"
    )
    first = expected.drawing(figure, 700)
    assert first == expected.drawing(figure, 700)

    def other_words(width):
        return figure.draw(width).properties(title="Another title")

    def other_data(width):
        chart = figure.draw(width)
        return alt.layer(chart, alt.Chart(pd.DataFrame({"x": [1.0]})).mark_point())

    for draw in (other_words, other_data):
        assert expected.drawing(replace(figure, draw=draw), 700) != first
