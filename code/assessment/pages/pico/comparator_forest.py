"""Hazard ratios and control arms of the comparators' trials, as pictures."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.pages.pico.comparator_trials import control_median, trials
from assessment.pages.pico.pico_words import NETWORKS, SHORT, WORDS
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, ref


def _rows_chart(
    data: pd.DataFrame, width: int, x: alt.X, title: str, rule: float | None
) -> alt.LayerChart:
    """Rows of point and interval, the name above on the left and the value on the right."""
    y = alt.Y("order:O", axis=None)
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(
            domain=["cabozantinib", "placebo", "linked", "apart"],
            range=[theme.BLUE, theme.ORANGE, theme.INK, theme.GREY],
        ),
        legend=None,
    )
    shape = alt.Shape(
        "kind:N",
        scale=alt.Scale(
            domain=["cabozantinib", "placebo", "linked", "apart"],
            range=["circle", "square", "circle", "diamond"],
        ),
        legend=None,
    )
    base = alt.Chart(data).encode(y=y)
    seen = base.transform_filter("isValid(datum.value)")
    layers = (
        []
        if rule is None
        else [alt.Chart().mark_rule(strokeDash=[2, 3], color=theme.MUTED).encode(x=alt.datum(rule))]
    )
    layers += [
        seen.transform_filter("isValid(datum.low)")
        .mark_rule(strokeWidth=2, clip=True)
        .encode(x=alt.X("low:Q"), x2="high:Q", color=colour),
        seen.mark_point(filled=True, size=85, opacity=1).encode(
            x=x,
            color=colour,
            shape=shape,
            tooltip=[alt.Tooltip("name:N", title="Trial"), alt.Tooltip("label:N", title=title)],
        ),
        base.mark_text(align="left", dy=-17, fontWeight=600).encode(x=alt.value(0), text="name:N"),
        base.mark_text(align="right").encode(x=alt.value(width), text="label:N"),
    ]
    return alt.layer(*layers).properties(width=width, height=alt.Step(38))


def _side_by_side(panel, width: int) -> alt.TopLevelMixin:
    """One panel per network, beside each other on a page and below each other on a phone;
    ``panel(network, width)`` draws one.
    """
    narrow = width < 500
    charts = [
        panel(n, width - 20 if narrow else width // 2 - 26).properties(
            title=alt.TitleParams(t, offset=14)
        )
        for n, t in NETWORKS.items()
    ]
    return (alt.vconcat if narrow else alt.hconcat)(*charts, spacing=26)


def forest() -> Figure:
    """Hazard ratio for progression or death, each trial against its own control."""
    frame = trials()
    data = pd.DataFrame(
        [
            {
                "network": r.network,
                "name": (
                    f"{r.trial}: {SHORT.get(r.treatment, r.treatment)}"
                    + ("" if r.linked else f" v {SHORT.get(r.control, r.control)}")
                ),
                "order": i,
                "value": r.fact.value,
                "low": r.fact.low,
                "high": r.fact.high,
                "kind": (
                    "cabozantinib"
                    if r.treatment == "cabozantinib"
                    else "linked"
                    if r.linked
                    else "apart"
                ),
                "label": (
                    numbers.fact_text(r.fact) if r.fact.value is not None else WORDS["no_result"]
                ),
            }
            for i, r in enumerate(frame.itertuples())
        ]
    )
    table = pd.DataFrame(
        [
            {
                "Network": r.network,
                "Trial": r.trial,
                "Treatment against control": f"{r.treatment} against {r.control}",
                "Hazard ratio": ref(r.fact),
                "Judged by": r.fact.assessor or "",
                "Linked": "yes" if r.linked else "no",
            }
            for r in frame.itertuples()
        ]
    )

    def draw(width: int) -> alt.TopLevelMixin:
        x = alt.X(
            "value:Q",
            title="Hazard ratio, log scale",
            scale=alt.Scale(type="log", domain=[0.1, 4], nice=False),
            axis=alt.Axis(values=[0.125, 0.25, 0.5, 1], format="~g"),
        )
        return _side_by_side(
            lambda n, w: _rows_chart(data[data["network"] == n], w, x, "Hazard ratio", 1), width
        )

    return Figure(
        draw,
        "Forest of hazard ratios for progression or death, each trial against its own control: in"
        " the pancreas cabozantinib 0.23, everolimus 0.34, sunitinib 0.32, surufatinib 0.49 against"
        " placebo; outside it cabozantinib 0.38, everolimus 0.48, surufatinib 0.66. Trials with"
        " another control stand in grey.",
        table,
        "comparator-hazard-ratios",
        note=(
            "Below one favours the drug named first. Blue: cabozantinib; black: placebo control;"
            " grey diamonds: another control, named. SANET-p and E2211 were judged by"
            " investigators."
        ),
    )


def controls() -> Figure:
    """What happened to the control arms: a check of whether the trials' patients were alike."""
    found = [(r, m) for r in trials().itertuples() if (m := control_median(r))]
    data = pd.DataFrame(
        [
            {
                "network": r.network,
                "name": f"{r.trial}: {SHORT.get(r.control, r.control)}",
                "order": i,
                "value": m.value,
                "low": m.low,
                "high": m.high,
                "kind": "placebo" if r.control == "placebo" else "apart",
                "label": (
                    numbers.fact_text(m, "bare")
                    + (f" ({numbers.fact_interval(m)})" if m.printed_low else "")
                ),
            }
            for i, (r, m) in enumerate(found)
        ]
    )
    table = pd.DataFrame(
        [
            {
                "Network": r.network,
                "Trial": r.trial,
                "Control": r.control,
                "Median PFS": ref(m),
                "Judged by": m.assessor or "",
                "Earlier treatment": r.line,
            }
            for r, m in found
        ]
    )

    def draw(width: int) -> alt.TopLevelMixin:
        x = alt.X(
            "value:Q",
            title="Control arm, median PFS (months)",
            scale=alt.Scale(domain=[0, 24], nice=False),
            axis=alt.Axis(values=[0, 4, 8, 12, 16]),
        )
        return _side_by_side(
            lambda n, w: _rows_chart(data[data["network"] == n], w, x, "Median", None), width
        )

    return Figure(
        draw,
        "Median progression-free survival in the control arms. Placebo arms: 3.7 to 5.8 months in"
        " the pancreas, 3.6 to 5.4 outside it. Other controls last longer: octreotide 8.5,"
        " temozolomide 14.4, everolimus 14.7 months.",
        table,
        "control-arms",
        note=(
            "Orange squares: placebo; grey diamonds: an active or other control. The same judge as"
            " for the hazard ratio."
        ),
    )
