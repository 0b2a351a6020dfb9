"""What moves exposure: food, liver, other drugs."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.evidence import load_facts
from assessment.pages.mechanism.exposure_facts import (
    WORDS,
    doses_mg,
)
from assessment.presentation import colour_grammar, numbers, theme
from assessment.presentation.language import _
from assessment.presentation.show import Figure, ref

MOVERS = {
    "food.high_fat": _("High-fat meal"),
    "interaction.ketoconazole": _("Ketoconazole"),
    "interaction.rifampicin": _("Rifampicin"),
    "impairment.hepatic": _("Liver impairment, mild or moderate"),
    "impairment.renal": _("Kidney impairment, mild or moderate"),
}


def movers_table() -> pd.DataFrame:
    """What changes exposure, lowest first: label, low and high in percent change, whether it is a
    step of dose, and the fact (none for steps).
    """
    rows = []
    for name, label in MOVERS.items():
        fact = load_facts()[f"pharmacology.{name}"]
        low, high = (fact.number, fact.number) if fact.value is not None else (fact.low, fact.high)
        rows.append({"label": label, "low": low, "high": high, "step": False, "fact": fact})
    full, first, second = doses_mg()
    for old, new in ((full, first), (full, second), (first, full)):
        change = 100 * (new / old - 1)
        rows.append(
            {
                "label": _("{old:g} mg → {new:g} mg").format(old=old, new=new),
                "low": change,
                "high": change,
                "step": True,
                "fact": None,
            }
        )
    return pd.DataFrame(rows).sort_values("low", ignore_index=True)


def exposure_movers() -> Figure:
    """Range bars on a log scale of the ratio, where halving and doubling are equally long."""
    frame = movers_table()

    def signed(v: float) -> str:
        return ("+" if v > 0 else "") + numbers.number(v)

    frame["text"] = [
        f"{signed(a)} %"
        if round(a) == round(b)
        else _("{low} to {high} %").format(low=signed(a), high=signed(b))
        for a, b in zip(frame["low"], frame["high"])
    ]
    frame["from"], frame["to"], frame["middle"] = (
        1 + frame["low"] / 100,
        1 + frame["high"] / 100,
        np.sqrt((1 + frame["low"] / 100) * (1 + frame["high"] / 100)),
    )
    data = frame.drop(columns="fact")

    def draw(width: int) -> alt.TopLevelMixin:
        small = width < 500
        room = 12 if small else 205
        plot, step = width - room - 85, 44 if small else 30
        base = alt.Chart(data)
        label_axis = None if small else alt.Axis(title=None, labelLimit=240)
        y = alt.Y("label:N", sort=None, axis=label_axis)
        axis = alt.Axis(
            title=WORDS["change_short" if small else "change"],
            values=[0.25, 0.5, 1, 2],
            grid=not small,
            labelExpr=(
                "datum.value == 1 ? '0' : (datum.value > 1 ? '+' : '−') + abs(round(100 *"
                " (datum.value - 1))) + ' %'"
            ),
        )
        scale = alt.Scale(type="log", domain=[0.2, 2.1], nice=False)
        down = 8 if small else 0
        # on a phone in pieces, which stop where the names stand
        pieces = base.mark_tick(thickness=1, size=22, color=theme.MUTED, yOffset=down)
        whole = alt.Chart(pd.DataFrame([{"from": 1}])).mark_rule(color=theme.MUTED)
        none = (
            pieces.encode(x=alt.datum(1, scale=scale), y=y)
            if small
            else whole.encode(x=alt.X("from:Q", scale=scale))
        )
        look = alt.condition(
            "datum.step", alt.value(colour_grammar.SECOND), alt.value(colour_grammar.MAIN)
        )
        shape = alt.condition("datum.step", alt.value("square"), alt.value("circle"))
        bars = base.mark_rule(strokeWidth=8, opacity=0.45, yOffset=down).encode(
            x=alt.X("from:Q", scale=scale, axis=axis), x2="to:Q", y=y, color=look
        )
        points = base.mark_point(size=80, opacity=1, yOffset=down).encode(
            x=alt.X("middle:Q", scale=scale),
            y=y,
            color=look,
            shape=shape,
            tooltip=[
                alt.Tooltip("label:N", title=_("What")),
                alt.Tooltip("text:N", title=WORDS["change_short"]),
            ],
        )
        values = base.mark_text(
            align="left", dx=10, yOffset=down, fontSize=12 if small else 13
        ).encode(x=alt.X("to:Q", scale=scale), y=y, text="text:N")
        names = (
            [
                base.mark_text(align="left", fontSize=13, yOffset=-10).encode(
                    x=alt.value(0), y=y, text="label:N"
                )
            ]
            if small
            else []
        )
        return alt.layer(none, bars, points, values, *names).properties(
            width=plot, height=step * len(data)
        )

    text = _(
        "Range plot of how much exposure changes, on a scale where halving and doubling are equally"
        " long. {changes}."
    ).format(changes="; ".join(f"{r.label}: {r.text}" for r in frame.itertuples()))
    table = pd.DataFrame(
        {
            _("What"): frame["label"],
            WORDS["change_short"]: [
                ref(f) if f else t for f, t in zip(frame["fact"], frame["text"])
            ],
        }
    )
    return Figure(
        draw,
        text,
        table,
        "exposure-movers",
        sources=("lacy2017",),
        note=_(
            "Squares: steps of dose, in proportion to the dose. Circles: published changes of"
            " exposure over time (AUC)."
        ),
    )
