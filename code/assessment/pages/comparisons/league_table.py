"""Every drug against every other: the league table."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.trial.indirect_comparisons import (
    networks,
)
from assessment.pages.comparisons.indirect_words import WORDS, text
from assessment.pages.pico import pico_words
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure


def league() -> Figure:
    """League table of each network: row against column, hazard ratio with interval; publication
    division.
    """
    parts = {p: networks(n)[0] for p, n in (("epnet", "epNET"), ("pnet", "pNET"))}
    order = {
        p: [
            t
            for t in (
                "cabozantinib",
                "everolimus",
                "sunitinib",
                "surufatinib",
                "177Lu-edotreotide",
                "placebo",
            )
            if t in part.treatments
        ]
        for p, part in parts.items()
    }
    cells = [
        {"panel": p, "row": a, "column": b, "ratio": part.ratio(a, b)}
        for p, part in parts.items()
        for i, a in enumerate(order[p])
        for b in order[p][i + 1 :]
    ]

    def panel(key: str, width: int) -> alt.LayerChart:
        wide = width > 500
        names = {t: pico_words.SHORT.get(t, t) if wide else WORDS["short"][t] for t in order[key]}
        data = pd.DataFrame(
            [
                {
                    "row": names[c["row"]],
                    "column": names[c["column"]],
                    "estimate": numbers.number(c["ratio"].estimate, 2),
                    "interval": numbers.interval(c["ratio"].low, c["ratio"].high, 2),
                    "clear": c["ratio"].low > 1 or c["ratio"].high < 1,
                    "tip": f"{c['row']} against {c['column']}: {text(c['ratio'])}",
                }
                for c in cells
                if c["panel"] == key
            ]
        )
        rows, columns = [names[t] for t in order[key][:-1]], [names[t] for t in order[key][1:]]
        room = 128 if wide else 44
        base = alt.Chart(data).encode(
            x=alt.X(
                "column:N",
                sort=columns,
                title=None,
                axis=alt.Axis(
                    orient="top",
                    labelAngle=0,
                    domain=False,
                    ticks=False,
                    labelFontWeight=600,
                    labelLimit=130,
                ),
            ),
            y=alt.Y(
                "row:N", sort=rows, title=None, axis=alt.Axis(labelFontWeight=600, labelLimit=130)
            ),
        )
        ink = alt.condition("datum.clear", alt.value(theme.BACKGROUND), alt.value(theme.INK))
        fill = alt.condition("datum.clear", alt.value(theme.BLUE), alt.value(theme.WASH))
        return alt.layer(
            base.mark_rect(stroke=theme.BACKGROUND, strokeWidth=2).encode(
                color=fill, tooltip=alt.Tooltip("tip:N", title=" ")
            ),
            base.mark_text(dy=-8, fontWeight=600).encode(text="estimate:N", color=ink),
            base.mark_text(dy=9, fontSize=12).encode(text="interval:N", color=ink),
        ).properties(
            width=width - room, height=alt.Step(44), title=alt.Title(WORDS["panels"][key], offset=8)
        )

    table = pd.DataFrame(
        [
            {
                "Network": WORDS["panels"][c["panel"]],
                "Drug": c["row"],
                "Against": c["column"],
                "Hazard ratio": text(c["ratio"]),
            }
            for c in cells
        ]
    )
    return Figure(
        lambda width: alt.vconcat(*(panel(p, width - 8) for p in parts), spacing=20).resolve_scale(
            x="independent", y="independent"
        ),
        "Two league tables of hazard ratios for progression, drug in the row against drug in the"
        " column. Every drug beats placebo; among the drugs no interval excludes 1"
        + ("." if not _clear_between(cells) else f", except {_clear_between(cells)}."),
        table,
        "league-table",
        note=(
            "Below one favours the row. Dark: the interval excludes one. Publication; independent"
            " review except SANET-p. CAB cabozantinib, EVE everolimus, SUN sunitinib, SUR"
            " surufatinib, EDO 177Lu-edotreotide, PBO placebo."
        ),
    )


def _clear_between(cells: list[dict]) -> str:
    clear = [
        c for c in cells if c["column"] != "placebo" and (c["ratio"].low > 1 or c["ratio"].high < 1)
    ]
    return "; ".join(f"{c['row']} against {c['column']} {text(c['ratio'])}" for c in clear)
