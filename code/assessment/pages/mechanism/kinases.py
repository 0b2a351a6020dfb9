"""What the chapter on the mechanism of action shows: its kinases, and its numbers in prose."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.evidence import load_facts
from assessment.presentation import colour_grammar, numbers, theme
from assessment.presentation.language import _
from assessment.presentation.show import Figure, ref

KINASES = {
    "vegfr2": "VEGFR2",
    "met": "MET",
    "kit": "KIT",
    "ret": "RET",
    "axl": "AXL",
    "flt3": "FLT3",
    "tie2": "TIE2",
    "ron": "RON",
}
WORDS = {
    "kinase": _("Kinase"),
    "ic50": _("IC50, nM"),
    "fold": _("Times VEGFR2"),
    "fold_short": _("× VEGFR2"),
    "ic50_axis": _("Concentration that halves activity (IC50, nM, log scale)"),
    "ic50_axis_short": _("IC50, nM (log scale)"),
    "stronger": _("← blocked at lower concentrations"),
}


def kinase_table() -> pd.DataFrame:
    """A row per kinase, strongest first: name, fact, ic50 with low and high in nM (equal where no
    spread is printed), fold over the strongest.
    """
    rows = [
        {
            "kinase": label,
            "fact": fact,
            "ic50": fact.number,
            "low": fact.number if fact.low is None else fact.low,
            "high": fact.number if fact.high is None else fact.high,
        }
        for name, label in KINASES.items()
        for fact in [load_facts()[f"pharmacology.ic50.{name}"]]
    ]
    frame = pd.DataFrame(rows).sort_values("ic50", ignore_index=True)
    return frame.assign(fold=frame["ic50"] / frame["ic50"].iloc[0])


def kinase_profile() -> Figure:
    """Dot plot on a log scale with the printed spread, and the fold over VEGFR2 in figures."""
    frame = kinase_table()
    frame["value_text"] = [
        numbers.fact_text(f, "bare") + (f" {numbers.fact_interval(f)}" if f.interval else "")
        for f in frame["fact"]
    ]
    frame["fold_text"] = ["1"] + [numbers.number(v) for v in frame["fold"].iloc[1:]]
    data = frame.drop(columns="fact")

    def draw(width: int) -> alt.TopLevelMixin:
        small = width < 500
        plot = width - 60 - (170 if small else 220)
        columns = [plot + (92 if small else 115), plot + (162 if small else 212)]
        base = alt.Chart(data)
        y = alt.Y("kinase:N", sort=None, axis=alt.Axis(title=None, labelFontWeight=600))
        scale = alt.Scale(type="log", domain=[0.01, 300], nice=False)
        axis = alt.Axis(
            title=WORDS["ic50_axis_short" if small else "ic50_axis"],
            values=[0.01, 1, 100] if small else [0.01, 0.1, 1, 10, 100],
            titleAnchor="start",
            titleX=0,
        )
        rules = base.mark_rule(strokeWidth=2, color=colour_grammar.MAIN).encode(
            x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q", y=y
        )
        tip = [
            alt.Tooltip("kinase:N", title=WORDS["kinase"]),
            alt.Tooltip("value_text:N", title=WORDS["ic50"]),
            alt.Tooltip("fold_text:N", title=WORDS["fold"]),
        ]
        points = base.mark_point(size=90, color=colour_grammar.MAIN, opacity=1).encode(
            x=alt.X("ic50:Q", scale=scale), y=y, tooltip=tip
        )
        texts = [
            base.mark_text(align="right", fontSize=13).encode(
                x=alt.value(x), y=y, text=f"{field}:N"
            )
            for x, field in zip(columns, ("value_text", "fold_text"))
        ]
        one = alt.Chart(pd.DataFrame([{"one": 1}]))
        heads = [
            one.mark_text(
                align="right", fontSize=12, fontWeight=600, color=theme.MUTED, text=WORDS[name]
            ).encode(x=alt.value(x), y=alt.value(-12))
            for x, name in zip(columns, ("ic50", "fold_short" if small else "fold"))
        ]
        hint = (
            []
            if small
            else [
                one.mark_text(
                    align="left", fontSize=12, color=theme.MUTED, text=WORDS["stronger"]
                ).encode(x=alt.value(0), y=alt.value(-12))
            ]
        )
        return alt.layer(rules, points, *texts, *heads, *hint).properties(
            width=plot, height=30 * len(data)
        )

    second = frame.iloc[1]
    text = _(
        "Dot plot on a log scale of the concentration that halves the activity of {count} purified"
        " kinases. VEGFR2 is lowest at {lowest} nM; {second} follows at {value} nM, {times} times as"
        " much, and RON is last at {last} nM."
    ).format(
        count=len(frame),
        lowest=frame["value_text"].iloc[0],
        second=second["kinase"],
        value=second["value_text"],
        times=second["fold_text"],
        last=frame["value_text"].iloc[-1],
    )
    table = pd.DataFrame(
        {
            WORDS["kinase"]: frame["kinase"],
            "IC50": [ref(f) for f in frame["fact"]],
            WORDS["fold"]: frame["fold_text"],
        }
    )
    return Figure(draw, text, table, "kinase-profile", sources=("yakes2011",))
