"""Every drug against every other: the league table."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from assessment.case.trial.trial_register import network_as_used
from assessment.pages.comparisons.indirect.indirect_words import (
    ABBREVIATIONS,
    NETWORKS,
    PANELS,
    ratio_text,
)
from assessment.pages.pico import pico_words
from assessment.presentation import colour_grammar, numbers, theme
from assessment.presentation.language import _
from assessment.presentation.show import Figure
from assessment.survival import Ratio


@dataclass(frozen=True)
class Cell:
    """The hazard ratio of the drug in the ``row`` over that in the ``column``."""

    panel: str
    row: str
    column: str
    ratio: Ratio

    @property
    def clear(self) -> bool:
        """Whether the interval excludes one."""
        return self.ratio.low > 1 or self.ratio.high < 1

    def in_words(self) -> str:
        return _("{drug} against {other}").format(drug=self.row, other=self.column)


def _order(panel: str) -> list[str]:
    """The drugs of a network, in the order of every table."""
    present = network_as_used(NETWORKS[panel]).treatments
    return [drug for drug in ABBREVIATIONS if drug in present]


def _cells() -> list[Cell]:
    cells = []
    for panel, name in NETWORKS.items():
        part, order = network_as_used(name), _order(panel)
        for i, drug in enumerate(order):
            cells += [Cell(panel, drug, other, part.ratio(drug, other)) for other in order[i + 1 :]]
    return cells


def _panel(panel: str, cells: list[Cell], width: int) -> alt.LayerChart | alt.FacetChart:
    wide = width > 500
    order = _order(panel)
    names = {t: pico_words.SHORT.get(t, t) if wide else ABBREVIATIONS[t] for t in order}
    data = pd.DataFrame(
        [
            {
                "row": names[c.row],
                "column": names[c.column],
                "estimate": numbers.number(c.ratio.estimate, 2),
                "interval": numbers.interval(c.ratio.low, c.ratio.high, 2),
                "clear": c.clear,
                "tip": f"{c.in_words()}: {ratio_text(c.ratio)}",
            }
            for c in cells
            if c.panel == panel
        ]
    )
    rows, columns = [names[t] for t in order[:-1]], [names[t] for t in order[1:]]
    column_axis = alt.Axis(
        orient="top",
        labelAngle=0,
        domain=False,
        ticks=False,
        labelFontWeight=600,
        labelLimit=130,
    )
    row_axis = alt.Axis(labelFontWeight=600, labelLimit=130)
    base = alt.Chart(data).encode(
        x=alt.X("column:N", sort=columns, title=None, axis=column_axis),
        y=alt.Y("row:N", sort=rows, title=None, axis=row_axis),
    )
    ink = alt.condition("datum.clear", alt.value(theme.BACKGROUND), alt.value(theme.INK))
    fill = alt.condition("datum.clear", alt.value(colour_grammar.RAMP[1]), alt.value(theme.WASH))
    tooltip = alt.Tooltip("tip:N", title=" ")
    boxes = base.mark_rect(stroke=theme.BACKGROUND, strokeWidth=2).encode(
        color=fill, tooltip=tooltip
    )
    estimates = base.mark_text(dy=-8, fontWeight=600).encode(text="estimate:N", color=ink)
    intervals = base.mark_text(dy=9, fontSize=12).encode(text="interval:N", color=ink)
    room = 128 if wide else 44
    title = alt.Title(PANELS[panel], offset=8)
    return alt.layer(boxes, estimates, intervals).properties(
        width=width - room, height=alt.Step(44), title=title
    )


def league() -> Figure:
    """League table of each network: row against column, hazard ratio with interval; publication
    division.
    """
    cells = _cells()
    table = pd.DataFrame(
        [
            {
                _("Network"): PANELS[c.panel],
                _("Drug"): c.row,
                _("Against"): c.column,
                _("Hazard ratio"): ratio_text(c.ratio),
            }
            for c in cells
        ]
    )

    def draw(width: int) -> alt.VConcatChart:
        charts = [_panel(p, cells, width - 8) for p in NETWORKS]
        return alt.vconcat(*charts, spacing=20).resolve_scale(x="independent", y="independent")

    return Figure(
        draw,
        _alternative(cells),
        table,
        "league-table",
        note=_(
            "Below one favours the row. Dark: the interval excludes one. Publication; independent"
            " review except SANET-p; the spread between the two trials of everolimus outside the"
            " pancreas is counted. Weak paths to 177Lu-dotatate and chemotherapy are left to their"
            " own table. CAB cabozantinib, EVE everolimus, SUN sunitinib, SUR surufatinib, EDO"
            " 177Lu-edotreotide, PBO placebo."
        ),
    )


def _alternative(cells: list[Cell]) -> str:
    exceptions = "; ".join(
        f"{c.in_words()} {ratio_text(c.ratio)}" for c in cells if c.clear and c.column != "placebo"
    )
    if not exceptions:
        return _(
            "Two league tables of hazard ratios for progression, drug in the row against drug in"
            " the column. Every drug beats placebo; among the drugs no interval excludes 1."
        )
    return _(
        "Two league tables of hazard ratios for progression, drug in the row against drug in the"
        " column. Every drug beats placebo; among the drugs no interval excludes 1, except"
        " {exceptions}."
    ).format(exceptions=exceptions)
