"""How much crossover there would have to be for the printed result to hide an effect."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.trial.crossover_dilution import SETS, dilution, dilutions
from assessment.case.trial.trial import COHORTS, load_trial
from assessment.evidence import load_facts
from assessment.pages.comparisons.crossover import crossover_words
from assessment.pages.comparisons.crossover.crossover_words import UNDILUTED, dilution_name, percent
from assessment.presentation import colour_grammar, numbers, theme
from assessment.presentation.language import _
from assessment.presentation.show import Figure, Table, ref

ALL, HALF = "100\u00a0%", "50\u00a0%"


def _line_rows() -> list[dict]:
    """Undiluted hazard ratio by the share crossing over, with all and half of the effect."""
    shares = np.linspace(0, 0.98, 50)
    return [
        {
            "panel": dilution_name(d),
            "carry": name,
            "share": 100 * share,
            "ratio": float(ratio),
        }
        for d in dilutions()
        for carry, name in ((0.5, HALF), (1.0, ALL))
        for share, ratio in zip(shares, d.undiluted(shares, carry_over=carry))
        if np.isfinite(ratio)
    ]


def _printed_rows() -> list[dict]:
    """The undiluted ratio at the printed share of each cohort and set."""
    return [
        {
            "panel": dilution_name(d),
            "share": 100 * d.share,
            "ratio": float(d.undiluted()),
            "text": f"{numbers.fact_text(d.crossed, 'value')}: {numbers.number(d.undiluted(), 2)}",
        }
        for d in dilutions()
    ]


def _lines(rows: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    colours = alt.Scale(range=colour_grammar.ramp(2), domain=[ALL, HALF])
    dashes = alt.Scale(range=[[1, 0], [6, 3]], domain=[ALL, HALF])
    tooltip = [
        alt.Tooltip("share:Q", title=_("Crossing (%)"), format=".0f"),
        alt.Tooltip("carry:N", title=_("Effect received")),
        alt.Tooltip("ratio:Q", title=UNDILUTED, format=".2f"),
    ]
    return (
        alt.Chart(rows)
        .mark_line(clip=True, strokeWidth=2.4)
        .encode(
            x=x,
            y=y,
            color=alt.Color("carry:N", scale=colours, legend=None),
            strokeDash=alt.StrokeDash("carry:N", scale=dashes, legend=None),
            tooltip=tooltip,
        )
    )


def tipping() -> Figure:
    """Undiluted hazard ratio against the share crossing over, at crossing on progression, for half
    and all of the effect.
    """
    target = load_facts()["dilution.shown.target"].number
    lines, printed = pd.DataFrame(_line_rows()), pd.DataFrame(_printed_rows())

    def panel(name: str, first: bool, wide: bool, each: int) -> alt.LayerChart | alt.FacetChart:
        x = alt.X(
            "share:Q",
            title=_("Crossing over, %") if wide else _("Placebo patients crossing over, %"),
            scale=alt.Scale(domain=[0, 100]),
            axis=alt.Axis(values=[0, 25, 50, 75, 100]),
        )
        y = alt.Y(
            "ratio:Q",
            title=UNDILUTED if first or not wide else None,
            scale=alt.Scale(domain=[0.5, 1.15], nice=False),
            axis=alt.Axis(values=[0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1], format=".1f", grid=True),
        )
        mark = alt.Chart(printed[printed["panel"] == name])
        dot = mark.mark_point(filled=True, size=95, opacity=1, color=theme.INK, shape="square")
        label = mark.mark_text(align="center", dx=-4, dy=20, fontWeight=600, color=theme.INK)
        rule = alt.Chart(pd.DataFrame({"ratio": [target]})).mark_rule(
            color=theme.MUTED, strokeDash=[2, 3]
        )
        tooltip = [alt.Tooltip("text:N", title=_("At the printed share"))]
        return alt.layer(
            rule.encode(y=y),
            _lines(lines[lines["panel"] == name], x, y),
            dot.encode(x=x, y=y, tooltip=tooltip),
            label.encode(x=x, y=y, text="text:N"),
        ).properties(width=each, height=230 if wide else 190, title=name)

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        each = (width - 3 * 50) // 3 if wide else width - 62
        names = dict.fromkeys(lines["panel"])
        charts = [panel(name, i == 0, wide, each) for i, name in enumerate(names)]
        return alt.hconcat(*charts, spacing=16) if wide else alt.vconcat(*charts, spacing=18)

    shown = "; ".join(f"{name} {text}" for name, text in zip(printed["panel"], printed["text"]))
    return Figure(
        draw,
        _(
            "Lines of the undiluted hazard ratio for death against the share crossing over, full"
            " and half of the effect. At the printed share: {ratios}."
        ).format(ratios=shown),
        _tipping_table(target),
        "crossover-tipping",
        ("chan2025", "fda2025net"),
        note=_(
            "◆ Dilution model, not an adjustment. Solid: all of the effect after crossing; dashed:"
            " half. Crossing at the printed median time to progression on placebo. Squares: printed"
            " share. Dotted: the example asked for."
        ),
    )


def _tipping_table(target: float) -> pd.DataFrame:
    asked = numbers.number(target, 1)
    needed = _("Share needed for {ratio}").format(ratio=asked)
    shown = _("Printed, if {ratio} were true").format(ratio=asked)
    return pd.DataFrame(
        [
            {
                _("Cohort and set"): dilution_name(d),
                _("Crossed over, printed"): ref(d.crossed),
                _("Undiluted at that share"): numbers.number(d.undiluted(), 2),
                needed: percent(d.needed_share(target)),
                shown: numbers.number(d.shown(target), 2),
            }
            for d in dilutions()
        ]
    )


def limits() -> Table:
    """Every cohort and set: printed, undiluted with its interval, and how far the assumed follow-up
    matters.
    """
    rows = [_limits_row(cohort, name) for cohort in COHORTS for name in SETS]
    caption = _("All of the effect after crossing, at the median time to progression")
    return Table(pd.DataFrame(rows), caption=caption)


def _limits_row(cohort: str, analysis_set: str) -> dict:
    view = load_trial(analysis_set)
    printed, crossed = view.os(cohort).hazard_ratio, view.crossover(cohort)
    d = dilution(cohort, analysis_set)
    undiluted, at_other_follow_up = "–", "–"
    if d is not None:
        tested = load_facts()["dilution.followup.tested"]
        low, high = d.undiluted(observed=np.array([d.observed.low, d.observed.high]))
        interval = numbers.interval(low, high, 2)
        undiluted = f"{numbers.number(d.undiluted(), 2)} ({interval})"
        moved = d.undiluted(horizon=tested.low), d.undiluted(horizon=tested.high)
        at_other_follow_up = numbers.interval(min(moved), max(moved), 2)
    return {
        _("Cohort and set"): f"{COHORTS[cohort]}, {crossover_words.SETS[analysis_set]}",
        _("Printed"): ref(printed) if printed else "–",
        _("Crossed over"): ref(crossed),
        _("Dilution taken out"): undiluted,
        _("Follow-up tested"): at_other_follow_up,
    }
