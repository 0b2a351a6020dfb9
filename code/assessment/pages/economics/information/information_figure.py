"""Figure of what more knowledge would be worth, by the price of a pack."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.model import decision_runs
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.inputs.model_inputs import COHORTS, input_fact
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.information.information_table import information_table
from assessment.pages.economics.information.worth_of_knowledge import (
    KIND_NAMES,
    KINDS,
    group_values,
    prices_asked,
    value_per_patient,
    values_of_a_qaly,
)
from assessment.pages.economics.shared.reference_lines import POLICY
from assessment.pages.economics.shared.result_wording import assumption_lines
from assessment.presentation import colour_grammar, numbers, theme
from assessment.presentation.chart_label import chart_label
from assessment.presentation.language import _
from assessment.presentation.money_format import format_nok
from assessment.presentation.show import Figure
from assessment.survival.distributions.special_functions import Z_975

THOUSAND = 1e3
KIND_COLOURS = dict(zip(("all", "trial", "registry"), colour_grammar.ramp(3)))
AT_CLASS = _("the class's value (a proposal)")
SHORT_VALUE = _("Thousand NOK per patient")
PACK = _("Price of a pack, thousand NOK")


def information_figure() -> Figure:
    """Value of all knowledge and of two studies by price of a pack, and of groups of inputs where the
    decision turns.
    """
    curves = {cohort: _value_by_price(cohort) for cohort in COHORTS}
    bars = {cohort: _group_bars(cohort) for cohort in COHORTS}
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
            "Lines of the value of knowledge per patient against the price of a pack, at the stated"
            " opportunity cost and at the class's value, and bars of the value of knowing groups of"
            " inputs where the decision turns. {finding}."
        ).format(finding="; ".join(_finding(cohort) for cohort in COHORTS)),
        information_table(),
        "economics-information",
        ("meldst38", "magnussen2015"),
        note=_(
            "◆ Patients, years the decision stands, study sizes: assumptions. Lines peak where the"
            " decision turns; dotted: the assumed price. Rules on bars: 95 % of Monte Carlo error."
            " Costs of the studies, and patients treated before they report, are not taken off."
        ),
    )


def _value_by_price(cohort: str) -> pd.DataFrame:
    """Value of each kind of knowledge by price, both in thousand NOK."""
    found = decision_runs.information(cohort)
    values = {"all": found.everything, **found.studies}
    named = dict(zip(values_of_a_qaly(cohort), (POLICY, AT_CLASS)))
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "price": found.prices_nok / THOUSAND,
                    "value": values[kind][threshold] / THOUSAND,
                    "kind": KIND_NAMES[kind],
                    "qaly": named[threshold],
                }
            )
            for kind in KINDS
            for threshold in named
        ]
    )


def _group_bars(cohort: str) -> pd.DataFrame:
    """Groups where the decision turns at the class's value, in thousand NOK, with their Monte Carlo
    limits, none below zero.
    """
    own = values_of_a_qaly(cohort)[1]
    turns, _assumed = prices_asked(cohort, own)
    groups = group_values(cohort)
    groups = groups[(groups["threshold"] == own) & (groups["price"] == turns)]
    reach = Z_975 * groups["standard_error"]
    shown = groups.assign(
        value=groups["evppi"] / THOUSAND,
        low=(groups["evppi"] - reach).clip(lower=0) / THOUSAND,
        high=(groups["evppi"] + reach) / THOUSAND,
    )
    shown.attrs = {"price": turns, "value": own}
    return shown


def _curve_panel(
    cohort: str, data: pd.DataFrame, highest: float, wide: bool
) -> alt.LayerChart | alt.FacetChart:
    """Value by price of one cohort; dashed at the stated opportunity cost."""
    names = [KIND_NAMES[kind] for kind in KINDS]
    # where there is little room the two legends stand above and below
    legend = alt.Legend(title=None, columns=1, labelLimit=240)
    other = legend if wide else alt.Legend(title=None, columns=1, labelLimit=240, orient="bottom")
    legend = legend if wide else alt.Legend(title=None, columns=1, labelLimit=240, orient="top")
    x = alt.X("price:Q", title=PACK, axis=alt.Axis(grid=False, tickCount=6))
    y = alt.Y(
        "value:Q",
        title=SHORT_VALUE if cohort == COHORTS[0] or not wide else None,
        scale=alt.Scale(domain=[0, highest]),
        axis=alt.Axis(tickCount=5),
    )
    colours = alt.Scale(domain=names, range=[KIND_COLOURS[kind] for kind in KINDS])
    dashes = alt.Scale(domain=[AT_CLASS, POLICY], range=[[1, 0], [6, 3]])
    tips = [
        alt.Tooltip("kind:N", title=_("Knowing")),
        alt.Tooltip("qaly:N", title=_("Value of a QALY")),
        alt.Tooltip("price:Q", title=PACK, format=".1f"),
        alt.Tooltip("value:Q", title=SHORT_VALUE, format=".1f"),
    ]
    lines = alt.Chart(data).mark_line()
    assumed = pd.DataFrame({"price": [input_fact(PRICE).number / THOUSAND]})
    rule = alt.Chart(assumed).mark_rule(strokeDash=[2, 3], color=theme.GREY).encode(x=x)
    return alt.layer(
        rule,
        lines.encode(
            x=x,
            y=y,
            color=alt.Color("kind:N", scale=colours, legend=legend),
            strokeDash=alt.StrokeDash("qaly:N", scale=dashes, legend=other),
            tooltip=tips,
        ),
    )


def _bar_panel(
    cohort: str, data: pd.DataFrame, highest: float, wide: bool
) -> alt.LayerChart | alt.FacetChart:
    """Value of groups of inputs of one cohort, largest on top; the last panel names the axis."""
    x = alt.X(
        "value:Q",
        title=SHORT_VALUE if cohort == COHORTS[-1] else None,
        scale=alt.Scale(domain=[0, highest]),
        axis=alt.Axis(tickCount=5 if wide else 3),
    )
    y = alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=165))
    tips = [
        alt.Tooltip("label:N", title=_("Knowing")),
        alt.Tooltip("value:Q", title=SHORT_VALUE, format=".1f"),
    ]
    base = alt.Chart(data).encode(y=y)
    bars = base.mark_bar(height=14, color=theme.COHORT_COLOURS[cohort]).encode(x=x, tooltip=tips)
    ranges = base.mark_rule(strokeWidth=1.6).encode(x="low:Q", x2="high:Q")
    heading = (
        _("at {value} NOK per QALY").format(value=numbers.number(data.attrs["value"])),
        _("and {price} NOK a pack").format(
            price=numbers.number(100 * round(data.attrs["price"] / 100))
        ),
    )
    title = f"{NAMES[cohort]}: {' '.join(heading)}" if wide else [NAMES[cohort], *heading]
    return alt.layer(bars, ranges).properties(
        height=alt.Step(23), title=alt.Title(title, fontSize=13)
    )


def _finding(cohort: str) -> str:
    own = values_of_a_qaly(cohort)[1]
    turns, assumed = prices_asked(cohort, own)
    values = value_per_patient(cohort)
    everything = values[(values["threshold"] == own) & (values["kind"] == "all")]
    at = everything.set_index("price")["value"]
    return _(
        "{cohort}: at the class's value knowing everything is worth {most} a patient at {turns} a"
        " pack and {least} at the assumed price; the largest group there is {label}"
    ).format(
        cohort=NAMES[cohort],
        most=format_nok(float(at[turns])),
        turns=format_nok(turns),
        least=format_nok(float(at[assumed])),
        label=_group_bars(cohort)["label"].iloc[0].lower(),
    )
