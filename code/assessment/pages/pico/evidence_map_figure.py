"""Which outcome has what evidence in which group, as a map."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from assessment.evidence import Fact
from assessment.pages.pico.outcome_evidence import evidence_by_group
from assessment.pages.pico.pico_words import (
    GROUPS,
    IN_CELLS,
    IN_NARROW_CELLS,
    LEVELS,
    SHORT_OUTCOMES,
)
from assessment.presentation import colour_grammar, numbers, theme
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Figure, ref

# A long name takes two lines.
BROKEN_LABEL = "split(replace(datum.label, 'Health-related', 'Health-related|'), '|')"
HAS_RATIO, HAS_NONE = "datum.under !== ''", "datum.under === ''"


def evidence_map() -> Figure:
    """Which outcome has what evidence in which group."""
    data = evidence_by_group()
    order = list(dict.fromkeys(data["outcome"]))
    cells = _cells(data)

    def draw(width: int) -> alt.TopLevelMixin:
        base = _base(cells, order, narrow=width < 500)
        if width < 500:
            return _narrow(base, width)
        return _wide(base, width)

    return Figure(
        draw,
        _(
            "Grid of six outcomes by five groups of patients. Progression-free survival has a"
            " hazard ratio with interval in all five groups, overall survival in the two cohorts"
            " only; response and adverse events have numbers by arm; quality of life has words"
            " only; resource use has nothing."
        ),
        _table(data, order),
        "evidence-map",
        note=_(
            "GI: gastrointestinal; Lung: lung or thymus; G3: grade three; HR: hazard ratio with"
            " interval; arms: numbers by arm. The colour says what was printed, not whether it can"
            " be believed."
        ),
    )


def _table(data: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    cells = [ref(row.ratio) if row.ratio else row.level for row in frame_rows(data)]
    table = data.assign(cell=pd.Series(cells, dtype=object)).pivot(
        index="outcome", columns="group", values="cell"
    )
    table = table.loc[order, list(GROUPS.values())].reset_index()
    return table.rename(columns={"outcome": _("Outcome")})


def _cells(data: pd.DataFrame) -> pd.DataFrame:
    """What each cell says: the ratio with its interval under it, or the level in words; and its
    mark on a phone.
    """
    return data.assign(
        line=[_line(row.ratio, row.level) for row in frame_rows(data)],
        under=[numbers.fact_interval(row.ratio) if row.ratio else "" for row in frame_rows(data)],
        mark=data["level"].map(IN_NARROW_CELLS),
    ).drop(columns="ratio")


def _line(ratio: Fact | None, level: str) -> str:
    if ratio is None:
        return IN_CELLS[level]
    return _("HR {ratio}").format(ratio=numbers.fact_text(ratio, "bare"))


def _base(cells: pd.DataFrame, order: list[str], narrow: bool) -> alt.Chart:
    head = alt.Axis(orient="top", labelAngle=0, labelFontWeight=600, domain=False, ticks=False)
    x = alt.X("group:N", sort=list(GROUPS.values()), title=None, axis=head)
    side = (
        alt.Axis(labelExpr=_short_outcomes())
        if narrow
        else alt.Axis(labelLimit=170, labelExpr=BROKEN_LABEL)
    )
    y = alt.Y("outcome:N", sort=order, title=None, axis=side)
    return alt.Chart(cells).encode(x=x, y=y)


def _short_outcomes() -> str:
    """An expression that gives the short name of an outcome."""
    names = ", ".join(f"'{name}': '{short}'" for name, short in SHORT_OUTCOMES.items())
    return f"{{{names}}}[datum.label] || datum.label"


def _rectangles(base: alt.Chart) -> alt.Chart:
    colours = [colour_grammar.MAIN, colour_grammar.RAMP[3], theme.WASH, theme.BACKGROUND]
    colour = alt.Color("level:N", scale=alt.Scale(domain=list(LEVELS), range=colours), legend=None)
    tooltip = [
        alt.Tooltip("outcome:N", title=_("Outcome")),
        alt.Tooltip("group:N", title=_("Group")),
        alt.Tooltip("level:N", title=_("Evidence")),
        alt.Tooltip("under:N", title=_("Interval")),
    ]
    return base.mark_rect(stroke=theme.GREY, strokeWidth=0.8).encode(color=colour, tooltip=tooltip)


def _ink() -> Any:
    """Words are pale where the cell is dark."""
    dark = f"datum.level === '{LEVELS[0]}'"
    return alt.condition(dark, alt.value(theme.BACKGROUND), alt.value(theme.INK))


def _narrow(base: alt.Chart, width: int) -> alt.TopLevelMixin:
    marks = base.mark_text(fontSize=12).encode(text="mark:N", color=_ink())
    return (_rectangles(base) + marks).properties(width=width - 110, height=6 * 38)


def _wide(base: alt.Chart, width: int) -> alt.TopLevelMixin:
    with_ratio = base.transform_filter(HAS_RATIO)
    ratios = with_ratio.mark_text(dy=-8, fontWeight=600).encode(text="line:N", color=_ink())
    intervals = with_ratio.mark_text(dy=9, fontSize=12).encode(text="under:N", color=_ink())
    words = (
        base.transform_filter(HAS_NONE).mark_text(fontSize=12).encode(text="line:N", color=_ink())
    )
    return alt.layer(_rectangles(base), ratios, intervals, words).properties(
        width=width - 165, height=6 * 46
    )
