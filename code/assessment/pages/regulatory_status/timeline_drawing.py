"""The picture of a timeline: lanes below each other, a line per event, marks on a common axis."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from assessment.pages.regulatory_status.timeline_rows import FINALITY, ROLES, SHAPES
from assessment.presentation import colour_grammar, theme
from assessment.presentation.language import _


@dataclass(frozen=True)
class TimelineData:
    """What a timeline draws, rows counted from the top and days as years with their fraction.

    ``headings``, ``lines``, ``marks`` and ``gaps`` (None where nothing is missing) have a column
    ``row``; ``rows`` is how many there are with the space between lanes.
    """

    headings: pd.DataFrame
    lines: pd.DataFrame
    marks: pd.DataFrame
    gaps: pd.DataFrame | None
    rows: float
    first_year: int
    last_year: int
    years_per_tick: int
    read_until: float


@dataclass(frozen=True)
class _Frame:
    """Sizes in pixels, and the two scales: on a phone words stand above their marks."""

    data: TimelineData
    width: int

    @property
    def narrow(self) -> bool:
        return self.width < 500

    @property
    def row_height(self) -> int:
        return 40 if self.narrow else 23

    @property
    def height(self) -> float:
        return self.row_height * (self.data.rows - 0.3)

    @property
    def left(self) -> int:
        """Where the axis begins; the words stand before it."""
        return 14 if self.narrow else 410

    @property
    def mark_offset(self) -> int:
        return 13 if self.narrow else 0

    @property
    def word_offset(self) -> int:
        return -9 if self.narrow else 0

    @property
    def y(self) -> alt.Y:
        scale = alt.Scale(domain=[-0.6, self.data.rows - 0.9], range=[0, self.height], nice=False)
        return alt.Y("row:Q", scale=scale, axis=None)

    @property
    def x_scale(self) -> alt.Scale:
        domain = [self.data.first_year, self.data.last_year]
        return alt.Scale(domain=domain, range=[self.left, self.width - 26], nice=False)

    def x(self, field: str) -> alt.X:
        """A day on the axis of years, which stands above."""
        every = self.data.years_per_tick
        step = 2 * every if self.narrow and every > 1 else every
        axis = alt.Axis(
            title=None,
            format="d",
            values=list(range(self.data.first_year, self.data.last_year + 1, step)),
            labelOverlap=False,
            labelFlush=False,
            grid=True,
            orient="top",
            domain=False,
        )
        return alt.X(field, scale=self.x_scale, axis=axis)


def draw_timeline(data: TimelineData, width: int) -> alt.TopLevelMixin:
    """The timeline for a page ``width`` pixels wide."""
    frame = _Frame(data, width)
    layers = [
        *_evidence_read_until(frame),
        *_marks(frame),
        *_question_marks(frame),
        *_words(frame),
    ]
    return alt.layer(*layers).properties(width=width - 12, height=frame.height)


def _marks(frame: _Frame) -> list[alt.Chart]:
    """A bar where the day is not known, and a mark on the day or in the middle of the bar."""
    role_colours = alt.Scale(domain=list(ROLES), range=[colour for colour, _name in ROLES.values()])
    colour = alt.Color("role:N", scale=role_colours, legend=None)
    finality_shapes = alt.Scale(
        domain=[FINALITY[finality] for finality in SHAPES], range=list(SHAPES.values())
    )
    shape = alt.Shape("finality:N", scale=finality_shapes, legend=None)
    tooltip = [
        alt.Tooltip("title:N", title=_("Event")),
        alt.Tooltip("when:N", title=_("Date")),
        alt.Tooltip("body:N", title=_("Body")),
        alt.Tooltip("finality:N", title=_("State")),
    ]
    base = alt.Chart(frame.data.marks)
    bars = (
        base.transform_filter("!datum.exact")
        .mark_rule(strokeWidth=7, opacity=0.35, yOffset=frame.mark_offset)
        .encode(x=frame.x("first:Q"), x2="last:Q", y=frame.y, color=colour)
    )
    points = base.mark_point(size=85, opacity=1, yOffset=frame.mark_offset).encode(
        x=frame.x("middle:Q"), y=frame.y, color=colour, shape=shape, tooltip=tooltip
    )
    return [bars, points]


def _question_marks(frame: _Frame) -> list[alt.Chart]:
    """A question mark where something was looked for and not found."""
    if frame.data.gaps is None:
        return []
    mark = alt.Chart(frame.data.gaps).mark_text(
        text="?",
        fontSize=17,
        fontWeight=600,
        color=colour_grammar.ATTENTION,
        yOffset=frame.mark_offset,
    )
    return [mark.encode(x=alt.X("missing:Q", scale=frame.x_scale), y=frame.y)]


def _words(frame: _Frame) -> list[alt.Chart]:
    """Names of events, their dates, and the headings of the lanes."""
    lines = alt.Chart(frame.data.lines)
    names = lines.mark_text(align="left", yOffset=frame.word_offset).encode(
        x=alt.value(0), y=frame.y, text="label:N"
    )
    dates_end = frame.width - 12 if frame.narrow else frame.left - 18
    dates = lines.mark_text(
        align="right", fontSize=12, color=theme.MUTED, yOffset=frame.word_offset
    ).encode(x=alt.value(dates_end), y=frame.y, text="when:N")
    headings = (
        alt.Chart(frame.data.headings)
        .mark_text(align="left", fontWeight=600, fontSize=14, yOffset=2)
        .encode(x=alt.value(0), y=frame.y, text="heading:N")
    )
    return [names, dates, headings]


def _evidence_read_until(frame: _Frame) -> list[alt.Chart]:
    """A line on the day until which evidence was read; a phone has no room for it."""
    if frame.narrow:
        return []
    day = alt.Chart(pd.DataFrame([{"day": frame.data.read_until}]))
    x = alt.X("day:Q", scale=frame.x_scale)
    line = day.mark_rule(strokeDash=[3, 3], color=theme.GREY).encode(x=x)
    words = day.mark_text(
        align="right",
        dx=-6,
        fontSize=12,
        color=theme.MUTED,
        text=_("evidence read until here"),
    ).encode(x=x, y=alt.value(0.62 * frame.row_height))
    return [line, words]
