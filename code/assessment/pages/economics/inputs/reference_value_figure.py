"""Figure of reference values by severity class."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.evidence import load_facts, load_population_table
from assessment.pages.economics.inputs.input_register import WORDS
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, ref


def ladder() -> Figure:
    """Reference values by severity class: the stated opportunity cost, and the steps of the
    proposal above it.
    """
    facts = load_facts()
    rows = [
        {
            "class": k,
            "fact": facts[f"norway.reference.class{k}.value"],
            "weight": facts[f"norway.reference.class{k}.weight"],
        }
        for k in load_population_table("severity-classes")["class"]
    ]
    data = pd.DataFrame(
        [
            {
                "class": int(r["class"]),
                "value": r["fact"].number,
                "text": numbers.number(r["fact"].number),
                "kind": WORDS["policy"] if r["weight"].number == 1 else WORDS["proposal"],
            }
            for r in rows
        ]
    )

    def draw(width: int):
        wide = width > 500
        axis = alt.Axis(title=f"{WORDS['class']}, by absolute shortfall", labelAngle=0)
        y = alt.Y(
            "value:Q",
            title=None,
            axis=None,
            scale=alt.Scale(domain=[0, data["value"].max() * 1.12]),
        )
        x = alt.X("class:O", axis=axis, scale=alt.Scale(paddingInner=0.15))
        bars = alt.Chart(data).encode(
            x=x,
            y=y,
            tooltip=[
                alt.Tooltip("class:O", title="Class"),
                alt.Tooltip("text:N", title=WORDS["reference"]),
                alt.Tooltip("kind:N", title="Standing"),
            ],
        )
        solid = bars.transform_filter(f"datum.kind == '{WORDS['policy']}'").mark_bar(
            color=theme.BLUE
        )
        hollow = bars.transform_filter(f"datum.kind == '{WORDS['proposal']}'").mark_bar(
            fill=theme.WASH, stroke=theme.MUTED, strokeDash=[5, 3], strokeWidth=1.4
        )
        value = bars.mark_text(dy=-9, fontSize=13 if wide else 12, fontWeight=600).encode(
            text="text:N"
        )
        line = alt.Chart(data.head(1)).mark_rule(color=theme.BLUE, strokeWidth=1.6).encode(y=y)
        return alt.layer(solid, hollow, line, value).properties(
            width=width - 12, height=230, title=alt.Title(WORDS["reference"], subtitle=WORDS["key"])
        )

    table = pd.DataFrame(
        [
            {
                "Class": int(r["class"]),
                "Weight": ref(r["weight"], "bare"),
                "Reference value": ref(r["fact"]),
                "Standing": WORDS["policy"] if r["weight"].number == 1 else WORDS["proposal"],
            }
            for r in rows
        ]
    )
    return Figure(
        draw,
        "Bars of reference values in NOK per QALY by severity class: "
        + "; ".join(
            f"class {r['class']} {r['text']} ({r['kind']})" for r in data.to_dict("records")
        )
        + ".",
        table,
        "reference-values",
        ("meldst38", "magnussen2015"),
    )
