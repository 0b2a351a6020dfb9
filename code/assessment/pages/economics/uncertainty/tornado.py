"""One-way analysis: the net benefit with one input at a time at the ends of its range."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.analyses.probabilistic import CURVES
from assessment.case.model.inputs.model_inputs import COHORTS, model_inputs
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.shared.reference_lines import REFERENCE_SOURCES
from assessment.pages.economics.shared.result_wording import assumption_lines
from assessment.presentation import colour_grammar, numbers, theme, words
from assessment.presentation.chart_label import chart_label
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.money_format import MILLION
from assessment.presentation.show import Figure

BARS = 8
CURVE_NAMES = {
    "years_gained_of_life": _("Years of life gained (curves)"),
    "years_gained_progression_free": _("Years without progression gained (curves)"),
}
LOW_END, HIGH_END = _("low end"), _("high end")
COLUMNS = {
    "cohort": _("Cohort"),
    "label": _("Input"),
    "range": _("Range"),
    LOW_END: _("Million NOK at the low end"),
    HIGH_END: _("Million NOK at the high end"),
}


def _named(cohort: str, parameter: str) -> tuple[str, str, str]:
    """Label, mark of its status and unit of an input or of the curves' effect."""
    if parameter in CURVES.values():
        return CURVE_NAMES[parameter], words.STATUS_MARKS["derived"], "years"
    given = model_inputs(cohort)[parameter]
    label = given.label.removesuffix(f", {NAMES[cohort]}")
    return label, words.STATUS_MARKS[given.status], given.fact.unit


def _range_text(low: float, high: float, unit: str) -> str:
    if unit == "percent":
        low, high = 100 * low, 100 * high
    largest = max(abs(low), abs(high))
    decimals = 0 if largest >= 10 else 1 if largest >= 3 else 2
    text = _("{low} to {high}").format(
        low=numbers.number(low, decimals), high=numbers.number(high, decimals)
    )
    return numbers.with_unit(text, unit)


def tornado_bars(cohort: str) -> pd.DataFrame:
    """The widest bars of a cohort's tornado, widest first: two rows for each input, one to each
    end, from the base case ``from`` to the value ``to`` in million NOK, with label and range in
    words.
    """
    one_way = runs.tornado(cohort)
    base, rows = one_way.attrs["base"], []
    for place, result in enumerate(frame_rows(one_way.head(BARS))):
        label, mark, unit = _named(cohort, result.parameter)
        values = f"{mark} {_range_text(result.low_value, result.high_value, unit)}"
        rows += [
            {
                "cohort": NAMES[cohort],
                "place": place,
                "label": label,
                "range": values,
                "both": f"{label}|{values}",
                "end": end,
                "from": base / MILLION,
                "to": value / MILLION,
            }
            for end, value in ((LOW_END, result.at_low), (HIGH_END, result.at_high))
        ]
    return pd.DataFrame(rows)


def tornado_figure() -> Figure:
    """Net monetary benefit with one input at a time at the ends of its range, at each cohort's own
    reference value.
    """
    frames = {c: tornado_bars(c) for c in COHORTS}
    edges = np.concatenate([f[["from", "to"]].to_numpy().ravel() for f in frames.values()])
    domain = [float(edges.min()) - 0.1, max(float(edges.max()), 0.0) + 0.1]

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        panels = [
            _panel(cohort, data, domain, width, last=cohort == COHORTS[-1])
            for cohort, data in frames.items()
        ]
        return alt.vconcat(*panels, spacing=14, title=chart_label(assumption_lines(wide)))

    finding = "; ".join(
        _("{cohort}, base {base}: widest {label}, {low} to {high}").format(
            cohort=NAMES[cohort],
            base=numbers.number(bars["from"].iloc[0], 2),
            label=bars["label"].iloc[0].lower(),
            low=numbers.number(bars["to"].iloc[0], 2),
            high=numbers.number(bars["to"].iloc[1], 2),
        )
        for cohort, bars in frames.items()
    )
    return Figure(
        draw,
        _(
            "Tornado of net monetary benefit per patient in million NOK, one input at a time at the"
            " ends of its range, at the reference value of the cohort's severity class and an"
            " assumed price. {finding}."
        ).format(finding=finding),
        _table(frames),
        "economics-tornado",
        REFERENCE_SOURCES,
        note=_(
            "Solid line: base case. Dotted: worth the price to its right. △ effect of the"
            " calibrated curves at the ends of its middle 95 %."
        ),
    )


def _panel(
    cohort: str, data: pd.DataFrame, domain: list[float], width: int, last: bool
) -> alt.LayerChart | alt.FacetChart:
    """The bars of one cohort; the last panel names the axis."""
    wide = width > 500
    net_benefit = (
        _("Net monetary benefit per patient, million NOK")
        if wide
        else _("Net benefit, million NOK")
    )
    x = alt.X(
        "from:Q",
        title=net_benefit if last else None,
        scale=alt.Scale(domain=domain, nice=False),
        axis=alt.Axis(tickCount=5, format=".1f"),
    )
    names_beside = alt.Axis(
        labelExpr="split(slice(datum.label, 2), '|')", labelLimit=270, labelLineHeight=15
    )
    rows = (
        alt.Chart(data)
        .encode(y=alt.Y("key:N", title=None, sort=None, axis=names_beside if wide else None))
        .transform_calculate(key="datum.place + ' ' + datum.both")
    )
    colour = alt.Color(
        "end:N",
        scale=alt.Scale(domain=[LOW_END, HIGH_END], range=colour_grammar.ramp(2)[::-1]),
        legend=alt.Legend(title=None),
    )
    tips = [
        alt.Tooltip("label:N", title=_("Input")),
        alt.Tooltip("range:N", title=_("Range")),
        alt.Tooltip("end:N", title=_("At its")),
        alt.Tooltip("to:Q", title=_("Million NOK"), format=".3f"),
    ]
    bars = rows.mark_bar(height=16, yOffset=0 if wide else 14).encode(
        x=x, x2="to:Q", color=colour, tooltip=tips
    )
    layers = [bars, *_rules(float(data["from"].iloc[0]))]
    if not wide:
        names_above = rows.transform_filter(f"datum.end == '{LOW_END}'").mark_text(
            align="left", baseline="top", dy=-24, fontSize=12, lineHeight=15, lineBreak="|"
        )
        layers.append(names_above.encode(x=alt.value(0), text="both:N"))
    heading = _("{cohort} at {value} NOK per QALY").format(
        cohort=NAMES[cohort], value=numbers.number(runs.severity(cohort).reference_nok_per_qaly)
    )
    return alt.layer(*layers).properties(
        width=width - (252 if wide else 14),
        height=alt.Step(36 if wide else 56),
        title=alt.Title(heading, fontSize=13),
    )


def _rules(base: float) -> list[alt.Chart]:
    """Upright lines at the base case, solid, and at no net benefit, dotted."""
    rules = alt.Chart(pd.DataFrame({"at": [base, 0.0], "kind": ["base", "zero"]}))
    return [
        rules.transform_filter("datum.kind == 'base'").mark_rule(color=theme.INK).encode(x="at:Q"),
        rules.transform_filter("datum.kind == 'zero'")
        .mark_rule(color=theme.MUTED, strokeDash=[2, 3])
        .encode(x="at:Q"),
    ]


def _table(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    index = ["cohort", "place", "label", "range"]
    ends = pd.concat(frames.values()).pivot_table(
        index=index, columns="end", values="to", sort=False
    )
    return ends.reset_index().drop(columns="place").round(3).rename(columns=COLUMNS)
