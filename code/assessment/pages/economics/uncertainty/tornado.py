"""One-way analysis: the net benefit with one input at a time at the ends of its range."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.analyses.probabilistic import CURVES
from assessment.case.model.inputs.model_inputs import COHORTS, model_inputs
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.shared.result_wording import leans, under
from assessment.pages.economics.uncertainty.uncertainty_words import SOURCES, WORDS
from assessment.presentation import numbers, theme, words
from assessment.presentation.money_format import MILLION
from assessment.presentation.show import Figure

BARS = 8


def _named(cohort: str, parameter: str) -> tuple[str, str, str]:
    """Label, mark of its status and unit of an input or of the curves' effect."""
    if parameter in CURVES.values():
        return WORDS["curves"][parameter], words.STATUS_MARKS["derived"], "years"
    given = model_inputs(cohort)[parameter]
    return (
        given.label.removesuffix(f", {NAMES[cohort]}"),
        words.STATUS_MARKS[given.status],
        given.fact.unit,
    )


def _ends(low: float, high: float, unit: str) -> str:
    low, high = (100 * low, 100 * high) if unit == "percent" else (low, high)
    decimals = 0 if max(abs(low), abs(high)) >= 10 else 1 if max(abs(low), abs(high)) >= 3 else 2
    joint = f"{numbers.number(low, decimals)} to {numbers.number(high, decimals)}"
    return numbers.with_unit(joint, unit)


def tornado_bars(cohort: str) -> pd.DataFrame:
    """The widest bars of a cohort's tornado, million NOK, with label and range in words."""
    frame = runs.tornado(cohort)
    base, rows = frame.attrs["base"], []
    for place, r in enumerate(frame.head(BARS).itertuples()):
        label, mark, unit = _named(cohort, r.parameter)
        values = f"{mark} {_ends(r.low_value, r.high_value, unit)}"
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
            for end, value in zip(WORDS["ends"], (r.at_low, r.at_high))
        ]
    return pd.DataFrame(rows)


def tornado_figure() -> Figure:
    """Net monetary benefit with one input at a time at the ends of its range, at each cohort's own
    reference value.
    """
    frames = {c: tornado_bars(c) for c in COHORTS}
    edges = np.concatenate([f[["from", "to"]].to_numpy().ravel() for f in frames.values()])
    domain = [float(edges.min()) - 0.1, max(float(edges.max()), 0.0) + 0.1]

    def draw(width: int):
        wide = width > 500
        plot, step = width - (252 if wide else 14), 36 if wide else 56

        def panel(cohort: str):
            data, last = frames[cohort], cohort == COHORTS[-1]
            x = alt.X(
                "from:Q",
                title=(WORDS["nmb"] if wide else WORDS["nmb_short"]) if last else None,
                scale=alt.Scale(domain=domain, nice=False),
                axis=alt.Axis(tickCount=5, format=".1f"),
            )
            axis = (
                alt.Axis(
                    labelExpr="split(slice(datum.label, 2), '|')",
                    labelLimit=270,
                    labelLineHeight=15,
                )
                if wide
                else None
            )
            names = (
                alt.Chart(data)
                .encode(y=alt.Y("key:N", title=None, sort=None, axis=axis))
                .transform_calculate(key="datum.place + ' ' + datum.both")
            )
            colour = alt.Color(
                "end:N",
                scale=alt.Scale(domain=list(WORDS["ends"]), range=[theme.SKY, theme.GOLD]),
                legend=alt.Legend(title=None),
            )
            bars = names.mark_bar(height=16, yOffset=0 if wide else 14).encode(
                x=x,
                x2="to:Q",
                color=colour,
                tooltip=[
                    alt.Tooltip("label:N", title="Input"),
                    alt.Tooltip("range:N", title="Range"),
                    alt.Tooltip("end:N", title="At its"),
                    alt.Tooltip("to:Q", title="Million NOK", format=".3f"),
                ],
            )
            rules = alt.Chart(
                pd.DataFrame({"at": [float(data["from"].iloc[0]), 0.0], "kind": ["base", "zero"]})
            )
            layers = [
                bars,
                rules.transform_filter("datum.kind == 'base'")
                .mark_rule(color=theme.INK)
                .encode(x="at:Q"),
                rules.transform_filter("datum.kind == 'zero'")
                .mark_rule(color=theme.MUTED, strokeDash=[2, 3])
                .encode(x="at:Q"),
            ]
            if not wide:
                layers.append(
                    names.transform_filter(f"datum.end == '{WORDS['ends'][0]}'")
                    .mark_text(
                        align="left",
                        baseline="top",
                        dy=-24,
                        fontSize=12,
                        lineHeight=15,
                        lineBreak="|",
                    )
                    .encode(x=alt.value(0), text="both:N")
                )
            heading = (
                f"{NAMES[cohort]}"
                f" {WORDS['at'].format(value=numbers.number(runs.severity(cohort).reference_nok_per_qaly))}"
            )
            return alt.layer(*layers).properties(
                width=plot, height=alt.Step(step), title=alt.Title(heading, fontSize=13)
            )

        return alt.vconcat(*(panel(c) for c in COHORTS), spacing=14, title=under(leans(not wide)))

    both = pd.concat(frames.values())
    table = (
        both.pivot_table(
            index=["cohort", "place", "label", "range"], columns="end", values="to", sort=False
        )
        .reset_index()
        .drop(columns="place")
        .round(3)
    )
    table = table.rename(
        columns={
            "cohort": "Cohort",
            "label": "Input",
            "range": "Range",
            **{e: f"Million NOK at the {e}" for e in WORDS["ends"]},
        }
    )
    said = "; ".join(
        f"{NAMES[c]}, base {numbers.number(f['from'].iloc[0], 2)}: widest"
        f" {f['label'].iloc[0].lower()}, {numbers.number(f['to'].iloc[0], 2)} to"
        f" {numbers.number(f['to'].iloc[1], 2)}"
        for c, f in frames.items()
    )
    return Figure(
        draw,
        "Tornado of net monetary benefit per patient in million NOK, one input at a time at the"
        " ends of its range, at the reference value of the cohort's severity class and an assumed"
        f" price. {said}.",
        table,
        "economics-tornado",
        SOURCES,
        note=(
            "Solid line: base case. Dotted: worth the price to its right. △ effect of the"
            " calibrated curves at the ends of its middle 95 %."
        ),
    )
