"""The quiet label over a chart."""

from __future__ import annotations

import altair as alt

from assessment.presentation import theme


def chart_label(text: str | list[str], offset: int = 8) -> alt.Title:
    """A title in the type of a subtitle; a list is one line each."""
    return alt.Title(text, fontSize=13, fontWeight=400, color=theme.MUTED, offset=offset)
