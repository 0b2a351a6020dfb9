"""Words in a chart that nothing crosses: the quiet label above, names on lines, a column of values."""

from __future__ import annotations

import altair as alt

from assessment.presentation import theme

HALO = 5  # pixels of the page's colour around a word


def chart_label(text: str | list[str], offset: int = 8) -> alt.Title:
    """A title in the type of a subtitle; a list is one line each."""
    return alt.Title(text, fontSize=13, fontWeight=400, color=theme.MUTED, offset=offset)


def haloed(words: alt.Chart, **mark) -> alt.LayerChart | alt.FacetChart:
    """Words that lie on lines, in the page's colour around them: ``words`` is a chart with place and
    ``text`` encoded, ``mark`` as of ``mark_text``. Put it above the lines.
    """
    around = {"stroke": theme.BACKGROUND, "strokeWidth": HALO, "strokeJoin": "round"}
    return alt.layer(words.mark_text(**mark | around), words.mark_text(**mark))


def value_column(
    rows: alt.Chart, field: str, width: int, **mark
) -> alt.LayerChart | alt.FacetChart:
    """The values of rows as a column at the right end of a chart ``width`` pixels wide: ``rows`` is a
    chart with its rows encoded as y, ``field`` holds the text.
    """
    placed = rows.encode(x=alt.value(width), text=f"{field}:N")
    return haloed(placed, **{"align": "right"} | mark)
