"""Figure of what more knowledge would be worth."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.information.information_table import information_table
from assessment.pages.economics.information.worth_of_knowledge import (
    KIND_NAMES,
    KINDS,
    largest_inputs,
    value_of_everything,
)
from assessment.pages.economics.shared.result_wording import assumption_lines
from assessment.presentation import numbers, theme
from assessment.presentation.chart_label import chart_label
from assessment.presentation.language import _
from assessment.presentation.money_format import MILLION, format_million_nok
from assessment.presentation.show import Figure
from assessment.survival.distributions.special_functions import Z_975

KIND_COLOURS = {"all": theme.INK, "trial": theme.BLUE, "registry": theme.ORANGE}
KIND_DASHES = {"all": [1, 0], "trial": [6, 3], "registry": [2, 3]}
SHORT_VALUE = _("Million NOK per patient")


def information_figure() -> Figure:
    """Value of all knowledge and of two studies by threshold, and of single inputs where the
    decision turns.
    """
    curves = {cohort: _value_by_threshold(cohort) for cohort in COHORTS}
    bars = {cohort: _input_values(cohort) for cohort in COHORTS}
    highest_curve = max(float(data["value"].max()) for data in curves.values())
    highest_bar = max(float(data["high"].max()) for data in bars.values())

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        # room for the names of the bars, which the lines above share
        label_width = 150 if wide else 145
        panels = [
            _curve_panel(cohort, data, highest_curve, wide).properties(
                width=(width - label_width - 58) // 2 if wide else width - label_width,
                height=200 if wide else 170,
                title=alt.Title(NAMES[cohort], fontSize=13),
            )
            for cohort, data in curves.items()
        ]
        bar_panels = [
            _bar_panel(cohort, data, highest_bar, wide).properties(width=width - label_width)
            for cohort, data in bars.items()
        ]
        upper = alt.hconcat(*panels, spacing=16) if wide else alt.vconcat(*panels, spacing=14)
        return alt.vconcat(
            upper, *bar_panels, spacing=18, title=chart_label(assumption_lines(wide))
        )

    return Figure(
        draw,
        _(
            "Lines of the value of knowledge per patient against the worth of a QALY, and bars of"
            " the value of knowing single inputs, at an assumed price. {finding}."
        ).format(finding="; ".join(_finding(cohort) for cohort in COHORTS)),
        information_table(),
        "economics-information",
        ("meldst38", "magnussen2015"),
        note=_(
            "◆ Patients, decision years, study sizes: assumptions. Dashed upright: proposal for the"
            " cohort's class. Rules on bars: 95 % of Monte Carlo error. Inputs not shown cannot be"
            " told from no value. Costs of the studies, and patients treated before they report,"
            " are not taken off."
        ),
    )


def _value_by_threshold(cohort: str) -> pd.DataFrame:
    """Value of each kind of knowledge by threshold, both in million NOK."""
    studies = runs.information(cohort).studies
    values = {"all": runs.certainty(cohort).evpi}
    values |= {kind: studies[kind].value for kind in KINDS[1:]}
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "threshold": runs.thresholds() / MILLION,
                    "value": value / MILLION,
                    "kind": KIND_NAMES[kind],
                }
            )
            for kind, value in values.items()
        ]
    )


def _input_values(cohort: str) -> pd.DataFrame:
    """``largest_inputs`` in million NOK with their Monte Carlo limits, none below zero."""
    largest = largest_inputs(cohort)
    reach = Z_975 * largest["standard_error"]
    values = largest.assign(
        value=largest["evppi"] / MILLION,
        low=(largest["evppi"] - reach).clip(lower=0) / MILLION,
        high=(largest["evppi"] + reach) / MILLION,
    )
    values.attrs = largest.attrs
    return values


def _curve_panel(
    cohort: str, data: pd.DataFrame, highest: float, wide: bool
) -> alt.LayerChart | alt.FacetChart:
    """Value by threshold of one cohort, and an upright line at its own reference value."""
    names = [KIND_NAMES[kind] for kind in KINDS]
    legend = alt.Legend(title=None, columns=0 if wide else 1, labelLimit=240)
    x = alt.X(
        "threshold:Q",
        title=_("Worth of a QALY, million NOK"),
        axis=alt.Axis(grid=False, values=[0, 1, 2, 3, 4, 5, 6]),
    )
    y = alt.Y(
        "value:Q",
        title=SHORT_VALUE if cohort == COHORTS[0] or not wide else None,
        scale=alt.Scale(domain=[0, highest]),
        axis=alt.Axis(tickCount=5),
    )
    colours = alt.Scale(domain=names, range=[KIND_COLOURS[kind] for kind in KINDS])
    dashes = alt.Scale(domain=names, range=[KIND_DASHES[kind] for kind in KINDS])
    tips = [
        alt.Tooltip("kind:N", title=_("Knowing")),
        alt.Tooltip("threshold:Q", title=_("Million NOK per QALY")),
        alt.Tooltip("value:Q", title=_("Million NOK"), format=".3f"),
    ]
    lines = (
        alt.Chart(data)
        .mark_line()
        .encode(
            x=x,
            y=y,
            color=alt.Color("kind:N", scale=colours, legend=legend),
            strokeDash=alt.StrokeDash("kind:N", scale=dashes, legend=legend),
            tooltip=tips,
        )
    )
    own = pd.DataFrame({"threshold": [runs.severity(cohort).reference_nok_per_qaly / MILLION]})
    rule = alt.Chart(own).mark_rule(strokeDash=[5, 3], strokeWidth=1).encode(x=x)
    return alt.layer(rule, lines)


def _bar_panel(
    cohort: str, data: pd.DataFrame, highest: float, wide: bool
) -> alt.LayerChart | alt.FacetChart:
    """Value of single inputs of one cohort, largest on top; the last panel names the axis."""
    value = _("Value per patient, million NOK") if wide else SHORT_VALUE
    x = alt.X(
        "value:Q",
        title=value if cohort == COHORTS[-1] else None,
        scale=alt.Scale(domain=[0, highest]),
        axis=alt.Axis(tickCount=5 if wide else 3),
    )
    y = alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=165))
    tips = [
        alt.Tooltip("label:N", title=_("Knowing")),
        alt.Tooltip("value:Q", title=_("Million NOK"), format=".3f"),
    ]
    base = alt.Chart(data).encode(y=y)
    bars = base.mark_bar(height=14, color=theme.COHORT_COLOURS[cohort]).encode(x=x, tooltip=tips)
    ranges = base.mark_rule(strokeWidth=1.6).encode(x="low:Q", x2="high:Q")
    heading = _("◆ Value of knowing at {value} NOK per QALY").format(
        value=numbers.number(1000 * round(data.attrs["threshold"] / 1000))
    )
    title = f"{NAMES[cohort]}: {heading}" if wide else [NAMES[cohort], heading]
    return alt.layer(bars, ranges).properties(
        height=alt.Step(23), title=alt.Title(title, fontSize=13)
    )


def _finding(cohort: str) -> str:
    largest = largest_inputs(cohort).iloc[0]
    return _(
        "{cohort}: knowing everything is worth {everything} a patient at the class's value; where"
        " the decision turns the largest single input is {label}, {value}"
    ).format(
        cohort=NAMES[cohort],
        everything=format_million_nok(value_of_everything(cohort), 3),
        label=largest["label"].lower(),
        value=format_million_nok(largest["evppi"], 2),
    )
